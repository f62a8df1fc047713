import type { CycleView } from '#shared/contract/cycle.ts';
import { exitCodeOf, type SpawnRequest, tellFailure } from '../commands/follow-cycle.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../failure.ts';
import type { Session } from '../session.ts';
import { wholeReport } from '../text/cycle-report.ts';
import { runConsole } from './run-console.tsx';

/**
 * `mt spawn` on a terminal: the console on the run that was pressed. When the master leaves, the newest run is printed to the normal screen,
 * where it stays to be scrolled back to. A refusal of the press ends the screen and is told there, with its exit code.
 */
export async function spawnInConsole(context: Context, session: Session, request: SpawnRequest): Promise<number> {
  let shown: CycleView | null = null;
  await runConsole(context, session, { stdin: process.stdin, stdout: process.stdout }, async (model) => {
    await model.begin(request);
    // From here on what is shown is the run of this press, or one that the master spawned after it.
    shown = model.state().cycle;
    model.subscribe(() => {
      shown = model.state().cycle;
    });
  });
  const last = await lastCycle(shown, session);
  if (last === undefined) return EXIT.ok;
  context.output.lines(wholeReport(last));
  tellFailure(last, context.output);
  return last.state === 'running' ? EXIT.ok : exitCodeOf(last);
}

/** The cycle as it ended. One of our own engine is stopped first; one of a running engine goes on without us. */
async function lastCycle(shown: CycleView | null, { client, attached }: Session): Promise<CycleView | undefined> {
  if (shown === null) return undefined;
  if (shown.state !== 'running' || attached) return shown;
  await client.invoke('cycle.cancel', { reason: 'the master left', cycle: shown.cycle });
  return client.invoke('cycle.wait', { cycle: shown.cycle });
}
