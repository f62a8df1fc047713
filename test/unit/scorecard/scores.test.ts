import { describe, expect, it } from 'vitest';
import { REGIMES } from '#core/analyst/types.ts';
import type { Hash, InstrumentId } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { authorityOf } from '#core/scorecard/authority.ts';
import { namedForecast } from '#core/scorecard/forecast.ts';
import { brierScore, logLoss, meanScore } from '#core/scorecard/score.ts';
import { scorecardOf } from '#core/scorecard/scorecard.ts';
import { type Call, DIRECTIONS, type Direction, type Resolved } from '#core/scorecard/types.ts';
import { isKnown } from '#core/statistics/figure.ts';

const HOUR = 3_600_000;
const RULES = { kind: 'rules' } as const;
const model = (name: string) => ({ kind: 'model', name, hash: `sha256:${name}` as Hash }) as const;

type Stub = (happened: Direction, rng: Rng) => Call;
const call = (caller: Call['caller'], named: Direction | undefined, confidence: number): Call => ({
  caller,
  direction: namedForecast<Direction>(DIRECTIONS, named, confidence),
  regime: namedForecast(REGIMES, 'ranging', 0.2),
});
const STUBS: Readonly<Record<string, Stub>> = {
  oracle: (happened) => call(model('oracle'), happened, 0.8),
  'anti-oracle': (happened) => call(model('anti-oracle'), happened === 'up' ? 'down' : 'up', 0.8),
  constant: () => call(model('constant'), undefined, 0),
  random: (_, rng) => call(model('random'), DIRECTIONS[rng.integer(3)], 0.8),
};

/** Moments without dependence, in which each stub and the rules (which are right in two of five) make their calls. */
function moments(
  seed: number,
  n: number,
  stubs: readonly string[] = Object.keys(STUBS),
  horizon = 1,
): readonly Resolved[] {
  const rng = createRng(seed);
  return Array.from({ length: n }, (_, i): Resolved => {
    const happened = DIRECTIONS[rng.integer(3)] as Direction;
    const guess = rng.next() < 0.1 ? happened : (DIRECTIONS[rng.integer(3)] as Direction);
    return {
      instrumentId: 'BTC/USDT.SIM' as InstrumentId,
      interval: '1h',
      at: unixMs(i * HOUR),
      dueAt: unixMs((i + horizon) * HOUR),
      close: 100,
      atr: 0.01,
      calls: [call(RULES, guess, 0.3), ...stubs.map((name) => (STUBS[name] as Stub)(happened, rng))],
      outcome: { direction: happened, regime: 'ranging', close: 100 },
    };
  });
}

describe('scores', () => {
  it('are what their formulas give by hand', () => {
    const forecast = { up: 0.7, flat: 0.2, down: 0.1 };
    expect(brierScore(forecast, DIRECTIONS, 'up')).toBeCloseTo(0.09 + 0.04 + 0.01, 12);
    expect(brierScore(forecast, DIRECTIONS, 'down')).toBeCloseTo(0.49 + 0.04 + 0.81, 12);
    expect(logLoss(forecast, 'up')).toBeCloseTo(-Math.log(0.7), 12);
    // A certain and wrong call costs much and not without end.
    expect(logLoss({ up: 1, flat: 0, down: 0 }, 'down')).toBeCloseTo(-Math.log(1e-4), 12);
  });

  it('rank an oracle, a constant, a random and an anti-oracle analyst as theory says', () => {
    const card = scorecardOf(moments(1, 600), createRng(1));
    const direction = card.rows.filter(({ question }) => question === 'direction');
    const brier = (who: string): number => {
      const found = direction.find((row) => row.who === who && row.caller !== undefined)?.brier;
      if (found === undefined || !isKnown(found)) throw new Error(`${who} has no score`);
      return found.value;
    };
    // Exact expectations: the oracle's forecast gives what happens 0.8 + 0.2 / 3.
    expect(brier('oracle')).toBeCloseTo((0.2 - 0.2 / 3) ** 2 + 2 * (0.2 / 3) ** 2, 10);
    expect(brier('constant')).toBeCloseTo(2 / 3, 10);
    expect(brier('random')).toBeGreaterThan(brier('constant'));
    expect(brier('anti-oracle')).toBeGreaterThan(brier('random'));
    expect(['oracle', 'constant', 'random', 'anti-oracle'].map(brier)).toEqual(
      ['oracle', 'constant', 'random', 'anti-oracle'].map(brier).sort((a, b) => a - b),
    );
    const versus = (who: string, other: string) => {
      const found = direction.find((row) => row.who === who)?.versus.find((one) => one.other === other)?.difference;
      if (found === undefined || !isKnown(found) || !('interval' in found)) throw new Error('no difference');
      return found.interval;
    };
    for (const other of ['persistence', 'class prior', 'random', 'buy and hold', 'rules']) {
      expect(versus('oracle', other).high, other).toBeLessThan(0);
      expect(versus('anti-oracle', other).low, other).toBeGreaterThan(0);
    }
  });

  it('give a caller without knowledge skill over its own shuffled calls about as rarely as the interval says', () => {
    let found = 0;
    for (let seed = 0; seed < 300; seed++) {
      const row = scorecardOf(moments(seed, 60, ['random']), createRng(seed)).rows.find(
        ({ who, question, caller }) => who === 'random' && question === 'direction' && caller !== undefined,
      );
      const difference = row?.versus.find(({ other }) => other === 'random')?.difference;
      if (difference === undefined || !('interval' in difference)) throw new Error('no difference');
      if (difference.interval.low > 0 || difference.interval.high < 0) found += 1;
    }
    expect(found).toBeGreaterThan(3);
    expect(found).toBeLessThan(30);
  });

  it('are no number at all when too few calls have come due', () => {
    const few = scorecardOf(moments(3, 29), createRng(3)).rows[0];
    expect(few?.brier).toEqual({ notEnough: { have: 29, need: 30, of: 'resolved calls' } });
  });

  it('never let a baseline know what had not come due', () => {
    const all = moments(4, 120, ['constant'], 24);
    const later = all.map(
      (one, i): Resolved => (i < 100 ? one : { ...one, outcome: { ...one.outcome, direction: 'up' } }),
    );
    const of = (list: readonly Resolved[]) =>
      scorecardOf(list.slice(0, 100), createRng(4)).rows.filter(
        ({ who }) => who === 'persistence' || who === 'class prior',
      );
    expect(of(later)).toEqual(of(all));
    // The 24 newest outcomes before a call are not known to it: changing them changes no forecast of that call.
    const changed = all.map(
      (one, i): Resolved => (i >= 76 && i < 99 ? { ...one, outcome: { ...one.outcome, direction: 'up' } } : one),
    );
    const last = (list: readonly Resolved[]) =>
      scorecardOf([...list.slice(0, 99), ...list.slice(99, 100)], createRng(4));
    expect(last(changed).rows).not.toEqual(last(all).rows);
  });
});

describe('intervals of mean scores', () => {
  const coverage = (overlap: number, n: number): number => {
    const rng = createRng(77 + overlap);
    let covered = 0;
    for (let run = 0; run < 2_000; run++) {
      const noise = Array.from({ length: n + overlap }, () => rng.normal());
      // Neighbours share what happens in common parts of their horizons: a moving sum, whose mean is known to be 0.
      const scores = Array.from({ length: n }, (_, i) => noise.slice(i, i + overlap + 1).reduce((a, b) => a + b, 0));
      const mean = meanScore(scores, overlap);
      if (!('interval' in mean)) throw new Error('no interval');
      if (mean.interval.low <= 0 && mean.interval.high >= 0) covered += 1;
    }
    return covered / 2_000;
  };

  it.each([
    [0, 200],
    [0, 40],
    [3, 400],
    [11, 600],
  ])('cover the truth in 93 to 97 of 100 simulations, overlap %i, n %i', (overlap, n) => {
    const share = coverage(overlap, n);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });

  it('cover what a forecaster really scores: Brier scores of calls with a known chance', () => {
    const rng = createRng(5);
    const chance = 0.6;
    const forecast = { up: 0.6, flat: 0.2, down: 0.2 };
    const truth =
      chance * brierScore(forecast, DIRECTIONS, 'up') + (1 - chance) * brierScore(forecast, DIRECTIONS, 'down');
    let covered = 0;
    for (let run = 0; run < 2_000; run++) {
      const scores = Array.from({ length: 150 }, () =>
        brierScore(forecast, DIRECTIONS, rng.next() < chance ? 'up' : 'down'),
      );
      const mean = meanScore(scores, 0);
      if ('interval' in mean && mean.interval.low <= truth && mean.interval.high >= truth) covered += 1;
    }
    expect(covered / 2_000).toBeGreaterThan(0.93);
    expect(covered / 2_000).toBeLessThan(0.97);
  });

  it('would be far too narrow if overlapping calls counted as independent', () => {
    const rng = createRng(6);
    let covered = 0;
    for (let run = 0; run < 500; run++) {
      const noise = Array.from({ length: 411 }, () => rng.normal());
      const scores = Array.from({ length: 400 }, (_, i) => noise.slice(i, i + 12).reduce((a, b) => a + b, 0));
      const mean = meanScore(scores, 0);
      if ('interval' in mean && mean.interval.low <= 0 && mean.interval.high >= 0) covered += 1;
    }
    expect(covered / 500).toBeLessThan(0.6);
  });
});

describe('the authority of a model', () => {
  it('follows its score: earned by an oracle, withdrawn from an anti-oracle, on trial while nobody can tell', () => {
    const all = moments(9, 300);
    expect(authorityOf(all, model('oracle').hash).level).toBe('earned');
    expect(authorityOf(all, model('anti-oracle').hash).level).toBe('withdrawn');
    expect(authorityOf(all.slice(0, 29), model('oracle').hash)).toMatchObject({ level: 'trial', n: 29 });
    expect(authorityOf(all, model('nobody').hash)).toMatchObject({ level: 'trial', n: 0 });
  });

  it('comes back when the newest calls are good again', () => {
    const bad = moments(10, 400, ['anti-oracle']);
    const good = moments(11, 900, ['oracle']).map(
      (one): Resolved => ({
        ...one,
        at: unixMs(one.at + 400 * HOUR),
        dueAt: unixMs(one.dueAt + 400 * HOUR),
        calls: one.calls.map((own) => (own.caller.kind === 'model' ? { ...own, caller: model('anti-oracle') } : own)),
      }),
    );
    expect(authorityOf(bad, model('anti-oracle').hash).level).toBe('withdrawn');
    expect(authorityOf([...bad, ...good], model('anti-oracle').hash).level).toBe('earned');
  });
});
