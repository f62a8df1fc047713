import { render } from 'ink';
import { exitCodeOf, type SpawnRequest, tellFailure } from '../commands/spawn.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../failure.ts';
import type { Session } from '../session.ts';
import { wholeReport } from '../text/cycle-report.ts';
import { App } from './app.tsx';
import { createScreenModel } from './screen-model.ts';

export type FullScreenOptions = {
  readonly session: Session;
  readonly request: SpawnRequest;
  readonly startNow: boolean;
  readonly context: Context;
};

const FRAMES_PER_SECOND = 15;

/** Shows the screen until the master leaves, then prints the last cycle to the normal screen, where it stays to be scrolled back to. */
export async function runFullScreen({ session, request, startNow, context }: FullScreenOptions): Promise<number> {
  const { client, attached } = session;
  const model = createScreenModel({ client, request, attached });
  const screen = render(<App model={model} />, {
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: FRAMES_PER_SECOND,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  let quit: () => void = () => undefined;
  const interrupted = new Promise<void>((resolve) => {
    quit = resolve;
  });
  const undoInterrupt = context.onInterrupt(quit);
  // A refusal of the first press ends the screen: it is told on the normal one, with its exit code.
  const refused = new Promise<never>((_, reject) => {
    if (startNow) model.start().catch(reject);
  });
  try {
    // A frame that cannot be drawn ends the screen by itself, with its error.
    await Promise.race([model.left, interrupted, refused, screen.waitUntilExit()]);
  } finally {
    undoInterrupt();
    model.close();
    screen.unmount();
    await screen.waitUntilExit();
  }
  const last = await lastCycle(model.state().cycle, session);
  if (last === undefined) return EXIT.ok;
  context.output.lines(wholeReport(last));
  tellFailure(last, context.output);
  return last.state === 'running' ? EXIT.ok : exitCodeOf(last);
}

/** The cycle as it ended. One of our own engine is stopped first; one of a running engine goes on without us. */
async function lastCycle(
  shown: ReturnType<ReturnType<typeof createScreenModel>['state']>['cycle'],
  { client, attached }: Session,
) {
  if (shown === null) return undefined;
  if (shown.state !== 'running' || attached) return shown;
  await client.invoke('cycle.cancel', { reason: 'the master left', cycle: shown.cycle });
  return client.invoke('cycle.wait', { cycle: shown.cycle });
}
