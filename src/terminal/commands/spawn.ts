import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { chosenBy } from './chosen-agent.ts';
import { followCycle, type SpawnRequest } from './follow-cycle.ts';
import { marketRequest } from './market-request.ts';
import { startChosen } from './start-chosen.ts';

export function spawnRequest(args: ArgsOf<'spawn'>, cwd: string): SpawnRequest {
  const { cash, feeBps } = args;
  const chosen = chosenBy(args);
  return {
    ...marketRequest(args, cwd),
    ...(cash === undefined ? {} : { cash }),
    ...(feeBps === undefined ? {} : { feeBps }),
    ...(chosen === undefined ? {} : { chosen }),
  };
}

/** The one button. */
export const runSpawn: Run<ArgsOf<'spawn'>> = async (args, context) => {
  const request = spawnRequest(args, context.cwd);
  return withSession(context, 'trade', async (session) => {
    const { chosen } = request;
    if (chosen !== undefined && (args.brief || !context.output.fullScreen))
      return startChosen(session, { ...request, chosen }, args.brief, context);
    const { mode } = await session.client.invoke('mode.get', {});
    // The console follows a cycle and approves nothing: where a brief is asked for, this command says what waits.
    if (!context.output.fullScreen || (mode === 'semi' && chosen === undefined))
      return followCycle(session, request, args.yes, context);
    const { spawnInConsole } = await import('../console/spawn-in-console.ts');
    return spawnInConsole(context, session, request);
  });
};
