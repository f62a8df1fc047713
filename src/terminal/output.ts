import { ansi, type Line, printable, textOf, widthOf, wrap } from './text/line.ts';

/** Where a command writes. Standard output carries the answer and nothing else; everything beside it goes to standard error. */
export type Output = {
  readonly json: boolean;
  /** Whether the full screen may be opened: a terminal on both ends that is not asked to be plain. */
  readonly fullScreen: boolean;
  readonly lines: (lines: readonly Line[]) => void;
  readonly answer: (value: unknown) => void;
  readonly note: (text: string) => void;
};

type Stream = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };

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

const LABEL = /^\s*\S+(?: \S+)* {2,}/;

/** Where the rest of a long line goes on: under its value when it begins with a label, else a little to the right. */
function indentOf(text: string, columns: number): number {
  const label = LABEL.exec(text)?.[0].length ?? 0;
  const leading = text.length - text.trimStart().length;
  return label > 0 && label <= columns / 3 ? label : leading + 2;
}

/**
 * Breaks a line between words where the terminal would break it in the middle of one. A word longer than a row, such as a hash, is left
 * to the terminal, which copies it whole.
 */
export function brokenAt(one: Line, columns: number): readonly Line[] {
  const text = textOf(one);
  const indent = indentOf(text, columns);
  const fits = text.split(/\s+/).every((word) => indent + widthOf(word) <= columns);
  return fits ? wrap(one, columns, indent) : [one];
}

export function createOutput(options: OutputOptions): Output {
  const { json, stdout, stderr, stdin } = options;
  const colour = wantsColour(options);
  const broken = (one: Line): readonly Line[] =>
    stdout.isTTY === true && stdout.columns !== undefined && stdout.columns > 0 ? brokenAt(one, stdout.columns) : [one];
  const show = (one: Line): string => {
    const clean = one.map(({ text, tone }) => ({ text: printable(text), tone }));
    return (colour ? ansi(clean) : textOf(clean)).trimEnd();
  };
  return {
    json,
    fullScreen: colour && !json && stdin.isTTY === true,
    lines: (lines) => {
      if (!json && lines.length > 0) stdout.write(`${lines.flatMap(broken).map(show).join('\n')}\n`);
    },
    answer: (value) => {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    note: (text) => void stderr.write(`${printable(text)}\n`),
  };
}
