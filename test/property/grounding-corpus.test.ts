import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { factsToShow } from '#core/analyst/analyst-prompt.ts';
import { assess } from '#core/analyst/assess.ts';
import { readingOf } from '#core/analyst/fact-readings.ts';
import { sentenceOf } from '#core/analyst/fact-sentences.ts';
import { numberProblem } from '#core/analyst/number-grounding.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { buildContext } from '#core/context/build-context.ts';
import { FACT_CATALOGUE, type FactName } from '#core/context/fact-catalogue.ts';
import type { Fact, MarketContext } from '#core/context/types.ts';
import { createRng } from '#core/kernel/rng.ts';
import { fabricatedRationales, honestRationales } from '../support/rationales.ts';
import { scriptedInference } from '../support/scripted-inference.ts';
import * as fc from '../support/seeded-check.ts';
import { snapshotOf, walkCandles } from '../support/snapshots.ts';

const CORPUS = 500;
const prompt = { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') };
const contexts = Array.from({ length: 25 }, (_, seed) => buildContext(sha256, snapshotOf(walkCandles(400, seed + 1))));

const outcomeOf = async (context: MarketContext, answer: string) =>
  (
    await assess({
      context,
      judgeByRules,
      model: { inference: scriptedInference([answer]), prompt, deadlineMs: 100 },
      seed: 1,
      digest: sha256,
    })
  ).model;

/** An answer in the rules' own sense, with facts that speak for it; undefined where no fact does. */
function honestAnswer(context: MarketContext, at: number): Record<string, unknown> | undefined {
  const rules = judgeByRules(context);
  const shown = factsToShow(context);
  const speaks = shown.filter((fact) => readingOf(fact, context)?.supports.includes(rules.regime));
  const silent = shown.filter((fact) => !readingOf(fact, context)?.contradicts.includes(rules.regime));
  const evidence = [...new Set([speaks[at % Math.max(1, speaks.length)], silent[at % Math.max(1, silent.length)]])];
  const ids = evidence.flatMap((fact) => fact?.id ?? []);
  if (speaks.length === 0) return undefined;
  const agrees =
    (context.facts.find(({ name }) => name === 'return168')?.value ?? 0) * (rules.bias === 'long' ? 1 : -1) > 0;
  if (rules.bias !== 'none' && !agrees) return undefined;
  return { regime: rules.regime, bias: rules.bias, confidence: `0.${at % 10}`, evidence: ids };
}

const FABRICATIONS: readonly ((honest: Record<string, unknown>, context: MarketContext, n: number) => unknown)[] = [
  (honest) => ({ ...honest, evidence: ['F98'] }),
  (honest) => ({ ...honest, evidence: [...(honest['evidence'] as string[]), 'F97'] }),
  (honest) => ({ ...honest, evidence: [`${(honest['evidence'] as string[])[0]}=41.2`] }),
  (honest) => ({ ...honest, evidence: [] }),
  (honest) => ({ ...honest, evidence: [(honest['evidence'] as string[])[0], (honest['evidence'] as string[])[0]] }),
  (honest, _context, n) => ({ ...honest, confidence: n / 1000 }),
  (honest, _context, n) => ({ ...honest, confidence: `0.${n}7` }),
  (honest, _context, n) => ({ ...honest, rationale: `ADX is ${n}` }),
  (honest, _context, n) => ({ ...honest, price: 20_000 + n }),
  (honest, _context, n) => ({ ...honest, evidence: [{ id: (honest['evidence'] as string[])[0], value: n }] }),
  (honest, context) => {
    const regime = honest['regime'] as string;
    const against = context.facts.find((fact) => readingOf(fact, context)?.contradicts.includes(regime as never));
    return { ...honest, evidence: against === undefined ? ['F96'] : [against.id] };
  },
  (honest, context) => {
    const unread = context.facts.find((fact) => readingOf(fact, context) === undefined);
    return { ...honest, evidence: [unread?.id ?? 'F95'] };
  },
];

describe('the numeric grounding gate (X7)', () => {
  it(`blocks ${CORPUS} of ${CORPUS} rationales with a number that nobody measured`, () => {
    const passed = fabricatedRationales(CORPUS, 71).filter(
      ({ text, cited }) => numberProblem(text, cited) === undefined,
    );
    expect(passed.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([]);
  });

  it(`lets at least 99 % of ${CORPUS} rationales pass whose every number was measured`, () => {
    const refused = honestRationales(CORPUS, 72)
      .map(({ text, cited }) => ({ text, why: numberProblem(text, cited) }))
      .filter(({ why }) => why !== undefined);
    console.log(`valid rationales refused: ${refused.length} of ${CORPUS} ${JSON.stringify(refused.slice(0, 3))}`);
    expect(refused.length).toBeLessThanOrEqual(CORPUS / 100);
  });

  it('lets every sentence that code renders pass, whatever the value, and none beside another fact', () => {
    const names = Object.keys(FACT_CATALOGUE) as FactName[];
    const facts = fc
      .tuple(
        fc.constantFrom(...names),
        fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-1, 0, 1, 12, 24)),
      )
      .map(([name, value]): Fact => {
        const { id, label, unit } = FACT_CATALOGUE[name];
        return {
          id,
          name,
          label,
          unit,
          interval: '1h',
          value: unit === 'bars' ? Math.abs(Math.round(value)) : Number(value.toPrecision(10)),
        };
      });
    fc.assert(
      fc.property(facts, (fact) => {
        expect(numberProblem(sentenceOf(fact), [fact])).toBeUndefined();
        expect(numberProblem(`${fact.id} is 123456.7`, [fact])).toContain('123456.7');
      }),
      { numRuns: 1000 },
    );
  });

  it(`refuses ${CORPUS} of ${CORPUS} fabricated answers, each labelled, and lets the honest ones stand`, async () => {
    const rng = createRng(73);
    const tally = { refused: 0, honest: 0, stood: 0 };
    for (let at = 0; tally.refused < CORPUS || tally.honest < CORPUS; at++) {
      if (at > 20 * CORPUS) throw new Error(`only ${tally.honest} honest answers were found`);
      const context = contexts[at % contexts.length];
      const honest = context === undefined ? undefined : honestAnswer(context, Math.floor(at / contexts.length));
      if (context === undefined || honest === undefined) continue;
      if (tally.honest < CORPUS) {
        tally.honest++;
        const outcome = await outcomeOf(context, JSON.stringify(honest));
        if (outcome.kind === 'used') tally.stood++;
      }
      if (tally.refused === CORPUS) continue;
      const lie = FABRICATIONS[at % FABRICATIONS.length];
      const said = JSON.stringify(lie?.(honest, context, 10 + rng.integer(900)));
      const outcome = await outcomeOf(context, said);
      expect(['invalid', 'ungrounded'], said).toContain(outcome.kind);
      tally.refused++;
    }
    console.log(`fabricated refused ${tally.refused}/${CORPUS}, honest stood ${tally.stood}/${tally.honest}`);
    expect(tally.stood).toBeGreaterThanOrEqual(0.99 * CORPUS);
  });
});
