import { ansi, type Line, printable, textOf } from './text/line.ts';

/** Where a command writes. Standard output carries the answer and nothing else; everything beside it goes to standard error. */
export type Output = {
  readonly json: boolean;
  /** Whether the full screen may be opened: a terminal on both ends that is not asked to be plain. */
  readonly fullScreen: boolean;
  readonly lines: (lines: readonly Line[]) => void;
  readonly answer: (value: unknown) => void;
  readonly note: (text: string) => void;
};

type Stream = { readonly isTTY?: boolean; write(text: string): unknown };

export type OutputOptions = {
  readonly json: boolean;
  readonly plain: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream;
};

/** True where escape sequences are welcome; see https://no-color.org for the variable. */
const wantsColour = ({ plain, env, stdout }: OutputOptions): boolean =>
  stdout.isTTY === true && !plain && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';

export function createOutput(options: OutputOptions): Output {
  const { json, stdout, stderr, stdin } = options;
  const colour = wantsColour(options);
  const show = (one: Line): string => {
    const clean = one.map(({ text, tone }) => ({ text: printable(text), tone }));
    return (colour ? ansi(clean) : textOf(clean)).trimEnd();
  };
  return {
    json,
    fullScreen: colour && !json && stdin.isTTY === true,
    lines: (lines) => {
      if (!json && lines.length > 0) stdout.write(`${lines.map(show).join('\n')}\n`);
    },
    answer: (value) => {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    note: (text) => void stderr.write(`${printable(text)}\n`),
  };
}
