import { Fault } from '#core/kernel/fault.ts';
import { splitLine } from '#shared/commands/split-line.ts';
import { failureLines, type LineEnd, type LineSink } from '../line-runner.ts';
import type { SecretPrompt } from '../secrets/ask.ts';
import { type Line, line, span } from '../text/line.ts';
import { EMPTY } from './editor.ts';
import type { Body, ConsoleState } from './state.ts';

/** Runs one command as `mt` would. `onInterrupt` is called with what Esc has to call. */
export type RunWords = (
  words: readonly string[],
  inside: {
    readonly sink: LineSink;
    readonly prompt: SecretPrompt;
    readonly onInterrupt: (listener: () => void) => () => void;
  },
) => Promise<LineEnd>;

export type LineRuns = {
  /** Runs a typed line and shows what it writes over the view. */
  readonly run: (text: string) => Promise<void>;
  /** Runs the command of a view and shows what it writes as the view. */
  readonly fill: (title: string, text: string) => Promise<void>;
  /** Interrupts the command that runs; false when none does. */
  readonly interrupt: () => boolean;
  /** The answer to a hidden question; undefined is no answer. */
  readonly answer: (secret: string | undefined) => void;
};

/** Rows kept of one command; a very long answer is better written to a file. */
const MOST_ROWS = 5_000;

type Set = (change: Partial<ConsoleState>) => void;

export function createLineRuns(runWords: RunWords, get: () => ConsoleState, set: Set): LineRuns {
  const interrupts = new Set<() => void>();
  let running = false;
  let answered: ((secret: string | undefined) => void) | undefined;

  const prompt: SecretPrompt = {
    interactive: true,
    hidden: (question) =>
      new Promise((resolve, reject) => {
        answered = (secret) => {
          answered = undefined;
          set({ mode: { kind: 'keys' } });
          if (secret === undefined) reject(new Fault('usage', 'nothing was typed', 'run the command again'));
          else resolve(secret);
        };
        set({ mode: { kind: 'secret', question, editor: EMPTY } });
      }),
    tell: (text) => set({ notice: { text, tone: 'warn' } }),
    lines: () =>
      Promise.reject(
        new Fault('usage', 'standard input is the keyboard here', 'leave out --stdin, and type what is asked for'),
      ),
  };

  const into = async (key: 'pane' | 'body', title: string, words: readonly string[]): Promise<void> => {
    let rows: readonly Line[] = [];
    let parts = 0;
    const show = (on: boolean): void => {
      const body: Body = { title, lines: rows, running: on };
      set({ [key]: body });
    };
    const add = (more: readonly Line[]): void => {
      rows = [...rows, ...more].slice(-MOST_ROWS);
      show(true);
    };
    const tell = (more: readonly Line[]): void => {
      parts += 1;
      add(more);
    };
    show(key === 'pane');
    const { failure, exitCode } = await runWords(words, {
      sink: { lines: tell, note: (text) => add([line(span(text, 'warn'))]) },
      prompt,
      onInterrupt: (listener) => {
        interrupts.add(listener);
        return () => interrupts.delete(listener);
      },
    });
    if (failure !== undefined) add(failureLines(failure).map((text) => line(span(text, 'danger'))));
    else if (exitCode !== 0) add([line(span(`It ended with exit code ${exitCode}.`, 'warn'))]);
    // Whoever hears that it has ended may begin the next one.
    if (key === 'pane') running = false;
    show(false);
    // What told its story bit by bit ends with what came of it; an answer in one piece is read from its top.
    if (key === 'pane' && parts > 1 && get().pane?.title === title) set({ scroll: MOST_ROWS });
  };

  return {
    async run(text) {
      const split = splitLine(text);
      if (split.kind === 'open')
        return set({ notice: { text: `The quote ${split.quote} is not closed.`, tone: 'warn' } });
      const words = split.words[0] === 'mt' ? split.words.slice(1) : split.words;
      if (words.length === 0) return;
      if (running) return set({ notice: { text: 'A command runs already; Esc interrupts it.', tone: 'warn' } });
      running = true;
      set({ scroll: 0, filter: '', notice: null });
      try {
        await into('pane', words.join(' '), words);
      } finally {
        running = false;
      }
    },
    async fill(title, text) {
      const split = splitLine(text);
      if (split.kind === 'words') await into('body', title, split.words);
    },
    interrupt() {
      if (!running || get().pane === null) return false;
      for (const listener of interrupts) listener();
      return interrupts.size > 0;
    },
    answer: (secret) => answered?.(secret),
  };
}
