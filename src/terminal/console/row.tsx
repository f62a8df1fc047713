import { Text } from 'ink';
import { type Line, printable, type Tone } from '../text/line.ts';

type Style = { readonly color?: string; readonly bold?: boolean; readonly dimColor?: boolean };

const STYLE: Readonly<Record<Tone, Style>> = {
  plain: {},
  strong: { bold: true },
  muted: { dimColor: true },
  up: { color: 'cyan' },
  down: { color: 'redBright' },
  warn: { color: 'yellow' },
  danger: { color: 'red', bold: true },
  sim: { color: 'magenta', bold: true },
  accent: { color: 'cyanBright' },
};

/** A line of the full screen, cut where the window ends. */
export function Row({ parts }: { readonly parts: Line }) {
  return (
    <Text wrap="truncate">
      {parts.map(({ text, tone }, index) => (
        <Text key={index} {...STYLE[tone]}>
          {printable(text)}
        </Text>
      ))}
    </Text>
  );
}
