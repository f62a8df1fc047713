import { createRng } from '#core/kernel/rng.ts';
import { CANCEL_FAULTS, type LineFault, PLACE_FAULTS, QUERY_FAULTS } from './faulty-line.ts';
import type { Action, Mutant, Scenario } from './simulate.ts';
import { simulate } from './simulate.ts';

const KINDS = [
  'market entry',
  'limit entry',
  'limit entry',
  'exit',
  'cancel',
  'trade',
  'trade',
  'stream lost',
  'stream restored',
] as const;
const PLAN_MS = 40_000;
export const ALL_FAULTS: readonly LineFault[] = [...PLACE_FAULTS, ...QUERY_FAULTS, ...CANCEL_FAULTS];

/** A day drawn from a seed, with about `crashes` kills. */
export function drawScenario(seed: number, crashes: number): Scenario {
  const rng = createRng(seed);
  const actions: Action[] = Array.from({ length: 6 + rng.integer(16) }, () => ({
    at: rng.integer(PLAN_MS - 1_000),
    kind: KINDS[rng.integer(KINDS.length)] ?? 'trade',
    lots: 1 + rng.integer(5),
  })).sort((a, b) => a.at - b.at);
  return {
    seed,
    actions,
    crashes: Array.from({ length: crashes }, () => 1 + rng.integer(rng.next() < 0.8 ? 12 : 60)),
    faults: ALL_FAULTS.filter(() => rng.next() < 0.7),
  };
}

const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, at) => at !== index);

/** What kind of thing went wrong: its words before the first id or number. */
const kindOf = (violation: string | undefined): string => violation?.split(/:|\d/)[0] ?? '';

/** Takes away whatever is not needed for the scenario to fail in the same way, until nothing can be taken away. */
export function shrink(scenario: Scenario, mutant: Mutant): Scenario {
  const kind = kindOf(simulate(scenario, mutant).violations[0]);
  const fails = (candidate: Scenario): boolean =>
    simulate(candidate, mutant).violations.some((violation) => kindOf(violation) === kind);
  let smallest = scenario;
  for (let again = true; again; ) {
    again = false;
    const smaller: readonly Scenario[] = [
      ...smallest.crashes.map((_, i) => ({ ...smallest, crashes: without(smallest.crashes, i) })),
      ...smallest.actions.map((_, i) => ({ ...smallest, actions: without(smallest.actions, i) })),
      ...smallest.faults.map((_, i) => ({ ...smallest, faults: without(smallest.faults, i) })),
    ];
    const found = smaller.find(fails);
    if (found === undefined) continue;
    smallest = found;
    again = true;
  }
  return smallest;
}
