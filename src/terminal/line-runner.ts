import { Fault } from '#core/kernel/fault.ts';
import type { Context } from './context.ts';
import { EXIT, type Failure, failureOf } from './failure.ts';
import type { Output } from './output.ts';
import { parseCommandLine } from './program.ts';
import { runCommand } from './run-command.ts';
import { type Line, line } from './text/line.ts';

/** Where the lines of a command go that runs inside something else. */
export type LineSink = {
  readonly lines: (lines: readonly Line[]) => void;
  readonly note: (text: string) => void;
};

export type LineEnd = {
  readonly exitCode: number;
  /** What `--json` would have printed; undefined when the command failed before it had an answer. */
  readonly answer?: unknown;
  readonly failure?: Failure;
};

/** What of a context is the same for every line; the rest is made for each. */
export type LineContext = Omit<Context, 'output' | 'yes'>;

/** Runs the words of one command exactly as `mt` does, in a program that goes on. Never rejects. */
export async function runWords(
  words: readonly string[],
  context: LineContext,
  sink: LineSink,
  json: boolean,
): Promise<LineEnd> {
  let answer: unknown;
  try {
    const invocation = parseCommandLine(words, context.place.version);
    const { globals } = invocation;
    if (globals.home !== undefined || globals.batch) throw notInside('--home and --batch choose how mt starts');
    const asJson = json || globals.json;
    const output: Output = {
      json: asJson,
      fullScreen: false,
      lines: (lines) => {
        if (!asJson) sink.lines(lines);
      },
      answer: (value) => {
        answer = value;
        if (asJson) sink.lines([line(JSON.stringify(value))]);
      },
      note: sink.note,
    };
    if (invocation.kind === 'shown') {
      sink.lines(
        invocation.text
          .trimEnd()
          .split('\n')
          .map((text) => line(text)),
      );
      return { exitCode: EXIT.ok, answer: { text: invocation.text } };
    }
    if (invocation.kind === 'bare') throw notInside('mt alone opens the full screen');
    if (invocation.call.id === 'up') throw notInside('mt up starts an engine');
    const exitCode = await runCommand(invocation.call, { ...context, verbose: false, yes: globals.yes, output });
    return { exitCode, answer };
  } catch (error) {
    const failure = failureOf(error);
    return { exitCode: failure.exitCode, ...(answer === undefined ? {} : { answer }), failure };
  }
}

const notInside = (what: string): Fault =>
  new Fault('usage', `${what}, and something runs already`, 'give a command, for instance: status');

/** How a failure is told, the same everywhere. */
export const failureLines = ({ message, remedy }: Failure): readonly string[] => [
  `mt: ${message}`,
  `  Remedy: ${remedy}`,
];
