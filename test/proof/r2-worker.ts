import { parentPort, workerData } from 'node:worker_threads';
import { drawScenario, shrink } from '../support/protocol/scenarios.ts';
import { type Mutant, simulate } from '../support/protocol/simulate.ts';

export type SimulationTask = {
  readonly mutant: Mutant;
  readonly crashes: number;
  readonly firstSeed: number;
  readonly step: number;
};

export type SimulationAnswer = {
  readonly crashes: number;
  readonly orders: number;
  readonly scenarios: number;
  readonly failed: number;
  /** The first scenario that failed, made as small as it gets, with what was wrong. */
  readonly example: string | undefined;
  readonly faults: readonly (readonly [string, number])[];
};

const PLANNED_CRASHES = 40;

// A crash is an exception here, thrown by the million; nobody reads their stacks.
Error.stackTraceLimit = 0;

const { mutant, crashes: wanted, firstSeed, step } = workerData as SimulationTask;
const faults = new Map<string, number>();
let crashes = 0;
let orders = 0;
let scenarios = 0;
let failed = 0;
let example: string | undefined;
for (let seed = firstSeed; crashes < wanted; seed += step) {
  const scenario = drawScenario(seed, PLANNED_CRASHES);
  const result = simulate(scenario, mutant);
  crashes += result.crashes;
  orders += result.orders;
  scenarios += 1;
  for (const [fault, count] of result.faults) faults.set(fault, (faults.get(fault) ?? 0) + count);
  if (result.violations.length === 0) continue;
  failed += 1;
  if (example !== undefined) continue;
  const smallest = shrink(scenario, mutant);
  example = `${JSON.stringify(smallest)}: ${simulate(smallest, mutant).violations.join('; ')}`;
}
const answer: SimulationAnswer = { crashes, orders, scenarios, failed, example, faults: [...faults] };
parentPort?.postMessage(answer);
