import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { drawFillStory, outcomeOf, shuffledMessages } from '../support/protocol/fill-stories.ts';
import { drawScenario, shrink } from '../support/protocol/scenarios.ts';
import { type Mutant, simulate } from '../support/protocol/simulate.ts';

const SCENARIOS = 500;
const CRASHES = 40;

/** Plays scenarios until one fails; its smallest form is the counterexample that a person reads. */
function firstFailure(mutant: Mutant, from: number, scenarios: number): string | undefined {
  for (let seed = from; seed < from + scenarios; seed++) {
    const scenario = drawScenario(seed, CRASHES);
    if (simulate(scenario, mutant).violations.length === 0) continue;
    const smallest = shrink(scenario, mutant);
    return `${JSON.stringify(smallest)}: ${simulate(smallest, mutant).violations.join('; ')}`;
  }
  return undefined;
}

describe('the order protocol, killed between any two steps on a line that loses what it can', () => {
  it(`loses nothing, doubles nothing, leaves nothing unresolved and nothing bare in ${SCENARIOS} scenarios`, () => {
    expect(firstFailure('none', 1, SCENARIOS)).toBeUndefined();
  });

  it('plays the same scenario to the same end', () => {
    const scenario = drawScenario(7, CRASHES);
    expect(simulate(scenario)).toEqual(simulate(scenario));
    expect(simulate(scenario).crashes).toBeGreaterThan(0);
  });

  it.each([
    ['resend on unknown', /duplicated/],
    ['first not-found means not placed', /taken for not placed/],
  ] as const)('is seen to fail with a planted bug: %s', (mutant, words) => {
    expect(firstFailure(mutant, 1, 3_000)).toMatch(words);
  });
});

describe('what a venue says about one order', () => {
  it('ends in the same books in any order of arrival, repeats included', () => {
    const rng = createRng(20_261_120);
    for (let story = 0; story < 300; story++) {
      const told = drawFillStory(rng);
      const expected = outcomeOf(told, told.messages);
      for (let i = 0; i < 10; i++) expect(outcomeOf(told, shuffledMessages(told.messages, rng))).toBe(expected);
    }
  });
});
