import { render } from 'ink';
import type { Context } from '../context.ts';
import { EXIT } from '../failure.ts';
import { runWords } from '../line-runner.ts';
import type { Session } from '../session.ts';
import { ConsoleApp } from './app.tsx';
import { type ConsoleModel, createConsoleModel } from './model.ts';
import type { ConsoleClock } from './watch-engine.ts';

const FRAMES_PER_SECOND = 15;

/** Where the console is drawn and listens: the terminal itself, or the two ends of a window's. */
export type ConsoleStreams = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly screenReader?: boolean;
};

export const wallClock: ConsoleClock = {
  now: Date.now,
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
};

/** Asks the terminal to put text on the clipboard (OSC 52); one that does not know it ignores it. */
const clipboardSequence = (text: string): string => `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;

/**
 * Shows the console until the master leaves or the program is interrupted. The session stays open. What `started` answers ends the screen
 * when it rejects, and is thrown.
 */
export async function runConsole(
  context: Context,
  session: Session,
  { stdin, stdout, screenReader }: ConsoleStreams,
  started?: (model: ConsoleModel) => Promise<void> | void,
): Promise<number> {
  const model = createConsoleModel({
    client: session.client,
    attached: session.attached,
    clock: wallClock,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    copy: (text) => void stdout.write(clipboardSequence(text)),
    runWords: (words, { sink, prompt, onInterrupt }) =>
      runWords(words, { ...context, prompt, onInterrupt, lent: async () => session }, sink, false),
  });
  // What was typed while the engine opened stands as an echo before the cursor, and the alternate screen keeps the cursor's column: a first
  // frame that began there would be broken over one row more than the screen has, and lose its top row.
  stdout.write('\r');
  const screen = render(<ConsoleApp model={model} />, {
    stdin,
    stdout,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: FRAMES_PER_SECOND,
    exitOnCtrlC: false,
    patchConsole: false,
    ...(screenReader === undefined ? {} : { isScreenReaderEnabled: screenReader }),
  });
  const refused = new Promise<never>((_, reject) => {
    Promise.resolve(started?.(model)).catch(reject);
  });
  const interrupted = new Promise<void>((resolve) => {
    context.onInterrupt(resolve);
  });
  try {
    await Promise.race([model.left, interrupted, refused, screen.waitUntilExit()]);
  } finally {
    model.close();
    screen.unmount();
    await screen.waitUntilExit();
  }
  return EXIT.ok;
}
