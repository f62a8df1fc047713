import type { Context, Run } from './context.ts';
import type { Call } from './program.ts';
import { engineRunners } from './runners/engine.ts';
import { learningRunners } from './runners/learning.ts';
import { tradingRunners } from './runners/trading.ts';
import type { Runners } from './runners/types.ts';

/** A command added to the registry does not compile until it is run here. */
const RUNNERS: Runners = { ...engineRunners, ...tradingRunners, ...learningRunners };

/** Runs one checked command. */
export function runCommand(call: Call, context: Context): Promise<number> {
  // A call pairs each id with its own arguments; TypeScript cannot follow the pair through a table.
  return (RUNNERS[call.id] as Run<Call['args']>)(call.args, context);
}
