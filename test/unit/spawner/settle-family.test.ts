import { describe, expect, it } from 'vitest';
import type { Posterior } from '#core/domain/posterior.ts';
import type { FamilyName } from '#core/domain/strategy.ts';
import type { FamilyChoice } from '#core/spawner/choose-family.ts';
import { type FamilyCandidate, preferFamily } from '#core/spawner/prefer-family.ts';
import { type Settling, SWITCH_MARGIN_R, settleFamily, switchOf } from '#core/spawner/settle-family.ts';
import { spawn } from '#core/spawner/spawn.ts';
import type { LastFamilies } from '#core/spawner/types.ts';
import * as fc from '../../support/seeded-check.ts';
import { spawnInputOf } from '../../support/spawn-inputs.ts';

type Known = { readonly mean: number; readonly refused?: boolean };

/** What memory says: an average with a narrow interval around it, or too little. */
const candidate = (family: FamilyName, known: Known | undefined): FamilyCandidate => {
  const posterior =
    known === undefined
      ? { kind: 'not-enough', n: 0 }
      : { kind: 'estimate', mean: known.mean, low: known.mean - 0.01, high: known.mean + 0.01, n: 40 };
  return {
    family,
    memory: {
      verdict: known?.refused === true ? 'refuse' : 'keep',
      factor: '1',
      posterior: posterior as unknown as Posterior,
      summary: known?.refused === true ? 'memory says no' : 'risk kept',
      uses: [],
    },
  };
};

const CHOICE = {
  kind: 'family',
  family: 'trend-following',
  others: ['dca', 'pattern-recognition', 'news-reaction'],
  forMoment: false,
} as const satisfies FamilyChoice;

type Case = {
  readonly known: Partial<Record<FamilyName, Known>>;
  readonly last?: LastFamilies | undefined;
  readonly choice?: Settling['choice'];
};

function settled({ known, last, choice = CHOICE }: Case) {
  const weigh = (family: FamilyName): FamilyCandidate => candidate(family, known[family]);
  const others = choice.others.filter((family) => known[family] !== undefined).map(weigh);
  const settling: Settling = {
    choice,
    preferred: preferFamily([weigh(choice.family), ...others]),
    regime: 'trending_up',
    last,
    weigh,
  };
  const chosen = settleFamily(settling);
  return {
    family: chosen.family,
    why: chosen.why,
    preferred: settling.preferred.family,
    switched: switchOf(settling, chosen),
  };
}
const lastUp = (family: FamilyName): LastFamilies => ({
  newest: { family, regime: 'trending_up' },
  inRegime: { trending_up: family },
});

describe('the family of a market', () => {
  it('is what the regime and memory prefer where nothing was spawned before', () => {
    expect(settled({ known: {} })).toMatchObject({ family: 'trend-following', switched: undefined });
    expect(settled({ known: { dca: { mean: 0.3 } } })).toMatchObject({ family: 'dca', switched: undefined });
  });

  it('is kept while another one is ahead by less than the margin, and the words say by how much', () => {
    const kept = settled({ known: { 'trend-following': { mean: 0.19 }, dca: { mean: 0.11 } }, last: lastUp('dca') });
    expect(kept).toMatchObject({ preferred: 'trend-following', family: 'dca', switched: undefined });
    expect(kept.why).toBe('dca is kept: trend following is ahead by 0.08 R, and 0.1 R is needed to switch');
    const left = settled({ known: { 'trend-following': { mean: 0.31 }, dca: { mean: 0.2 } }, last: lastUp('dca') });
    expect(left).toMatchObject({
      family: 'trend-following',
      switched: { from: { family: 'dca' }, to: { family: 'trend-following' }, cause: 'memory' },
    });
  });

  it('gives way at once when memory refuses it', () => {
    const { family, switched } = settled({ known: { dca: { mean: -0.05, refused: true } }, last: lastUp('dca') });
    expect(family).toBe('trend-following');
    expect(switched).toMatchObject({ cause: 'risk', why: 'memory says no' });
  });

  it('of another regime has no claim, and the change of regime is the reason', () => {
    const last: LastFamilies = {
      newest: { family: 'mean-reversion', regime: 'ranging' },
      inRegime: { ranging: 'mean-reversion', trending_up: 'dca' },
    };
    const { family, switched } = settled({ known: { dca: { mean: 0.05 } }, last });
    expect(family).toBe('dca');
    expect(switched).toEqual({
      from: { family: 'mean-reversion', regime: 'ranging' },
      to: { family: 'dca', regime: 'trending_up' },
      cause: 'regime',
      why: 'the judgement went from "ranging" to "trending up"',
    });
  });

  it('made for a moment neither waits for the margin nor stays when the moment is over', () => {
    const newsNow: Settling['choice'] = {
      ...CHOICE,
      family: 'news-reaction',
      others: ['trend-following'],
      forMoment: true,
    };
    expect(settled({ known: {}, last: lastUp('trend-following'), choice: newsNow })).toMatchObject({
      family: 'news-reaction',
      switched: { cause: 'moment' },
    });
    expect(settled({ known: { 'news-reaction': { mean: 0 } }, last: lastUp('news-reaction') })).toMatchObject({
      family: 'trend-following',
      switched: { cause: 'moment' },
    });
  });

  it('never flips on noise below half the margin, where without the rule it would', () => {
    let flipsWithout = 0;
    const noise = fc.double({ min: -SWITCH_MARGIN_R / 2.1, max: SWITCH_MARGIN_R / 2.1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, noise), { minLength: 20, maxLength: 40 }), (moments) => {
        let last: LastFamilies | undefined;
        let before: FamilyName | undefined;
        let switches = 0;
        for (const [a, b] of moments) {
          const now = settled({ known: { 'trend-following': { mean: 0.2 + a }, dca: { mean: 0.2 + b } }, last });
          if (now.switched !== undefined) switches += 1;
          if (before !== undefined && before !== now.preferred) flipsWithout += 1;
          before = now.preferred;
          last = lastUp(now.family);
        }
        expect(switches).toBe(0);
      }),
      { numRuns: 100 },
    );
    expect(flipsWithout).toBeGreaterThan(100);
  });

  it('is the spawner who says so: the family that is kept trades, and a switch is told beside the decision', () => {
    const kept = spawn(spawnInputOf({}, { last: lastUp('dca') }));
    if (kept.kind === 'no_trade') throw new Error(kept.why);
    expect(kept.spec.family).toBe('dca');
    expect(kept.switched).toBeUndefined();
    expect(kept.why).toContain('dca is kept');
    const last: LastFamilies = { newest: { family: 'mean-reversion', regime: 'ranging' }, inRegime: {} };
    const switched = spawn(spawnInputOf({}, { last }));
    if (switched.kind === 'no_trade') throw new Error(switched.why);
    expect(switched.switched).toMatchObject({ to: { family: 'trend-following' }, cause: 'regime' });
    // Where nothing changes nothing is told, and the agent is the very one of before the rule.
    const same = spawn(spawnInputOf({}, { last: lastUp('trend-following') }));
    expect(same).toEqual(spawn(spawnInputOf()));
  });
});
