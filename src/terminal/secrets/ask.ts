import { Fault } from '#core/kernel/fault.ts';

/** How a command gets at what must be in no argument and no environment. */
export type SecretPrompt = {
  /** Whether somebody sits there to be asked. */
  readonly interactive: boolean;
  /** Asks on the terminal without showing what is typed. Throws Fault `usage` when nobody can be asked, or on Ctrl+C. */
  hidden(question: string): Promise<string>;
  /** Says something between two questions, where the questions are asked. */
  tell(text: string): void;
  /** The lines of standard input, for scripts. */
  lines(): Promise<readonly string[]>;
};

export type TerminalInput = {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
};

const MOST_INPUT = 65_536;
const ENTER = /^[\r\n]$/;
const [CTRL_C, CTRL_D, CTRL_U, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\u0015', '\b', '\u007f'];

const nobody = (): Fault =>
  new Fault(
    'usage',
    'a secret is needed, and there is no terminal to ask for it',
    'run the command on a terminal, or hand the secret to its standard input with --stdin',
  );

export function createSecretPrompt(input: TerminalInput, note: (text: string) => void): SecretPrompt {
  const interactive = input.isTTY === true && input.setRawMode !== undefined;
  return {
    interactive,
    hidden: (question) => (interactive ? typed(input, question, note) : Promise.reject(nobody())),
    tell: (text) => note(`${text}\n`),
    lines: () => piped(input),
  };
}

/** Reads key by key with the terminal's echo off, and switches it on again whatever happens. */
async function typed(input: TerminalInput, question: string, note: (text: string) => void): Promise<string> {
  note(`${question}: `);
  input.setRawMode?.(true);
  let text = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const canceled = (): void => reject(new Fault('usage', 'nothing was typed', 'run the command again'));
      const onData = (chunk: Buffer | string): void => {
        for (const key of chunk.toString()) {
          if (ENTER.test(key)) return done(resolve);
          if (key === CTRL_C || key === CTRL_D) return done(canceled);
          if (key === CTRL_U) text = '';
          else if (key === BACKSPACE || key === DELETE) text = Array.from(text).slice(0, -1).join('');
          else if (key >= ' ') text += key;
        }
      };
      const onEnd = (): void => done(canceled);
      const done = (settle: () => void): void => {
        input.off('data', onData);
        input.off('end', onEnd);
        settle();
      };
      input.on('data', onData);
      input.on('end', onEnd);
      input.resume();
    });
    return text;
  } finally {
    input.setRawMode?.(false);
    input.pause();
    note('\n');
  }
}

async function piped(input: TerminalInput): Promise<readonly string[]> {
  const text = await new Promise<string>((resolve, reject) => {
    let all = '';
    input.on('data', (chunk) => {
      all += chunk.toString();
      if (all.length > MOST_INPUT) {
        input.pause();
        reject(new Fault('usage', 'standard input is longer than any secret', 'hand in a line for each secret'));
      }
    });
    input.on('end', () => resolve(all));
    input.resume();
  });
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
