import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';
import { splitLine } from '#shared/commands/split-line.ts';
import type { Context } from './context.ts';
import { EXIT, failureOf } from './failure.ts';
import { type LineContext, type LineEnd, runWords } from './line-runner.ts';
import type { SecretPrompt } from './secrets/ask.ts';
import { openSession, type Session } from './session.ts';

const MOST_LINE = 65_536;

/** A command as a text, or as an object that may carry a name for its answer. */
const request = z.union([
  z.string().transform((command) => ({ command })),
  z.strictObject({
    id: z.union([z.string().max(200), z.number()]).optional(),
    command: z.union([z.string(), z.array(z.string())]),
  }),
]);
type Request = { readonly id?: string | number | undefined; readonly command: string | readonly string[] };

export type BatchStreams = {
  readonly input: NodeJS.ReadableStream;
  readonly write: (text: string) => void;
};

/**
 * One JSON line in for each command, one JSON line out, in the same order. A line that cannot be read or a command that fails is answered
 * with an error, and the next one is run. Ends with the exit code of the first command that failed.
 */
export async function runBatch(context: Context, { input, write }: BatchStreams): Promise<number> {
  const engine = lendEngine(context);
  const inside: LineContext = { ...context, prompt: NOBODY, lent: engine.lend };
  let number = 0;
  let first: number = EXIT.ok;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (text.trim() === '') continue;
      number += 1;
      const { id, end } = await answerLine(text, inside);
      if (end.failure?.exitCode === EXIT.offline) await engine.drop();
      if (first === EXIT.ok) first = end.exitCode;
      write(`${JSON.stringify(result(number, id, end))}\n`);
    }
  } finally {
    await engine.drop();
  }
  return first;
}

const result = (line: number, id: Request['id'], { exitCode, answer, failure }: LineEnd): object => ({
  line,
  ...(id === undefined ? {} : { id }),
  exitCode,
  ...(answer === undefined ? {} : { answer }),
  ...(failure === undefined ? {} : { error: { code: failure.code, message: failure.message, remedy: failure.remedy } }),
});

async function answerLine(
  text: string,
  context: LineContext,
): Promise<{ readonly id: Request['id']; readonly end: LineEnd }> {
  let id: Request['id'];
  try {
    const asked = readRequest(text);
    id = asked.id;
    const end = await runWords(wordsOf(asked.command), context, SILENT, true);
    return { id, end };
  } catch (error) {
    const failure = failureOf(error);
    return { id, end: { exitCode: failure.exitCode, failure } };
  }
}

const SILENT = { lines: () => undefined, note: () => undefined };

const FORM = 'write each line as JSON, for instance "status" or {"id": 1, "command": ["order", "ls"]}';

function readRequest(text: string): Request {
  if (text.length > MOST_LINE) throw new Fault('usage', `the line is longer than ${MOST_LINE} characters`, FORM);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault('usage', 'the line is no JSON', FORM);
  }
  const read = request.safeParse(value);
  if (!read.success) throw new Fault('usage', 'the line names no command', FORM);
  return read.data;
}

function wordsOf(command: Request['command']): readonly string[] {
  if (typeof command !== 'string') return command;
  const split = splitLine(command);
  if (split.kind === 'words') return split.words[0] === 'mt' ? split.words.slice(1) : split.words;
  throw new Fault('usage', `the quote ${split.quote} is not closed`, 'close it');
}

/** Standard input carries the commands, so no secret can come from there. */
const NOBODY: SecretPrompt = {
  interactive: false,
  hidden: () => Promise.reject(noSecrets()),
  tell: () => undefined,
  lines: () => Promise.reject(noSecrets()),
};

const noSecrets = (): Fault =>
  new Fault('usage', 'a secret is needed, and a batch has nowhere to ask for it', 'run that command by itself');

/** One engine for all lines, opened for the first that needs one and opened anew after it went away. */
function lendEngine({ home, place, verbose }: Context): {
  readonly lend: () => Promise<Session>;
  readonly drop: () => Promise<void>;
} {
  let open: Promise<Session> | undefined;
  return {
    lend: () => {
      open ??= openSession({ home, place, verbose, scope: 'trade' }).catch((error: unknown) => {
        open = undefined;
        throw error;
      });
      return open;
    },
    async drop() {
      const session = await open?.catch(() => undefined);
      open = undefined;
      await session?.close();
    },
  };
}
