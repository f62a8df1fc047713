import { Box, Text, useInput, useWindowSize } from 'ink';
import { useSyncExternalStore } from 'react';
import { type Line, printable, type Tone } from '../text/line.ts';
import type { Size } from './frame.ts';
import { type ScreenState, screenLines } from './screen-lines.ts';
import type { Key, ScreenModel } from './screen-model.ts';

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

function Row({ parts }: { readonly parts: Line }) {
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

/** One frame: as many rows as the window has. */
export function Screen({ state, size }: { readonly state: ScreenState; readonly size: Size }) {
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      {screenLines(state, size).map((parts, index) => (
        <Row key={index} parts={parts} />
      ))}
    </Box>
  );
}

type InkKey = Parameters<Parameters<typeof useInput>[0]>[1];

function keyOf(input: string, key: InkKey): Key {
  if (key.ctrl && input === 'c') return 'quit';
  if (key.escape) return 'stop';
  if (key.return || input === 's') return 'spawn';
  if (key.tab) return 'next';
  if (key.upArrow || input === 'k') return 'up';
  if (key.downArrow || input === 'j') return 'down';
  if (input === 'q') return 'quit';
  if (input === 'y') return 'yes';
  if (input === '1' || input === '2' || input === '3' || input === '4') return input;
  return 'other';
}

/** The screen of a running model: redrawn when the model or the window changes. */
export function App({ model }: { readonly model: ScreenModel }) {
  const size = useWindowSize();
  const state = useSyncExternalStore(model.subscribe, model.state);
  useInput((input, key) => model.press(keyOf(input, key)));
  return <Screen state={state} size={size} />;
}
