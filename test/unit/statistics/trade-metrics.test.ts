import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { activityOf, costsOf } from '#core/statistics/activity.ts';
import { Z_95 } from '#core/statistics/normal.ts';
import { losingStreak, payoffRatio, profitFactor, tradeMetrics } from '#core/statistics/trade-metrics.ts';
import type { TradeRecord } from '#core/statistics/types.ts';
import { shareOf, wilsonInterval } from '#core/statistics/wilson.ts';
import { constant, DAY, HOUR, known, NEW_YEAR_2024, recordOf } from '#test/support/equity-records.ts';
import { naiveWilson } from './naive.ts';

const trade = (netPnl: number, more: Partial<TradeRecord> = {}): TradeRecord => ({
  entryTime: NEW_YEAR_2024,
  exitTime: NEW_YEAR_2024 + HOUR,
  quantity: 1,
  entryPrice: 100,
  exitPrice: 100 + netPnl,
  fees: 0,
  netPnl,
  ...more,
});

describe('the win rate', () => {
  /** Reference: scipy.stats.binomtest(k, n).proportion_ci(method='wilson'). */
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [3, 10, 0.10779126740630102, 0.6032218525388546],
    [7, 12, 0.31951131254954973, 0.8067396863412435],
    [55, 100, 0.45244602997442135, 0.6438546202048803],
    [100, 100, 0.9630065017930143, 1],
    [1, 1000, 0.00017654637062607809, 0.0056425585979579355],
  ])('%i of %i has the interval of Wilson, as two other implementations give it', (wins, n, low, high) => {
    const interval = wilsonInterval(wins, n);
    expect(Math.abs(interval.low - low)).toBeLessThan(1e-9);
    expect(Math.abs(interval.high - high)).toBeLessThan(1e-9);
    const [otherLow, otherHigh] = naiveWilson(wins, n, Z_95);
    expect(Math.abs(interval.low - otherLow)).toBeLessThan(1e-9);
    expect(Math.abs(interval.high - otherHigh)).toBeLessThan(1e-9);
  });

  it('of nine trades is not enough data', () => {
    expect(shareOf(5, 9, 'trades')).toEqual({ notEnough: { have: 5 + 4, need: 10, of: 'trades' } });
    expect(() => shareOf(11, 10, 'trades')).toThrow('not a share');
  });
});

describe('trades', () => {
  const results = [10, -5, 20, -5, -5, 0, 8, -10, 30, -4, 6, 12, -3];
  const metrics = tradeMetrics(results.map((result) => trade(result, { riskTaken: 5 })));

  it('are counted as gains, losses and neither', () => {
    expect(metrics).toMatchObject({ count: 13, gains: 6, losses: 6 });
    expect(known(metrics.winRate).value).toBeCloseTo(6 / 13, 12);
  });

  it('give profit factor, payoff and expectancy by hand', () => {
    expect(known(metrics.profitFactor).value).toBeCloseTo(86 / 32, 12);
    expect(known(metrics.payoffRatio).value).toBeCloseTo(86 / 6 / (32 / 6), 12);
    expect(known(metrics.expectancyMoney).value).toBeCloseTo(54 / 13, 12);
    expect(known(metrics.expectancyR).value).toBeCloseTo(54 / 13 / 5, 12);
    expect(known(metrics.longestLosingStreak).value).toBe(2);
  });

  it('without a stop say nothing in multiples of risk', () => {
    const { expectancyR } = tradeMetrics(results.map((result) => trade(result)));
    expect(expectancyR).toEqual({ notEnough: { have: 0, need: 10, of: 'trades with a stop' } });
  });

  it('without losses have no profit factor, not an infinite one', () => {
    expect(profitFactor(Array.from({ length: 20 }, () => 1))).toEqual({
      notEnough: { have: 0, need: 5, of: 'losing trades' },
    });
    expect(payoffRatio([], [1, 2, 3, 4, 5])).toEqual({ notEnough: { have: 0, need: 5, of: 'winning trades' } });
  });

  it('none at all give only words', () => {
    const { winRate, profitFactor, longestLosingStreak, meanHoldingMs } = tradeMetrics([]);
    for (const figure of [winRate, profitFactor, longestLosingStreak, meanHoldingMs])
      expect(figure).toHaveProperty('notEnough');
  });

  it('a zero ends a losing streak', () => {
    expect([losingStreak([-1, -1, 0, -1]), losingStreak([]), losingStreak([-1, -1, -1, 2])]).toEqual([2, 0, 3]);
  });

  it('the intervals of profit factor and payoff cover the truth in about 95 of 100 samples', () => {
    const rng = createRng(21);
    let [factor, payoff] = [0, 0];
    // Half of the trades gain with mean 2, half lose with mean 1 (exponential): both ratios are truly 2.
    const draw = (): number => (rng.next() < 0.5 ? -2 : 1) * Math.log(1 - rng.next());
    for (let i = 0; i < 1000; i++) {
      const sample = Array.from({ length: 150 }, draw);
      const a = known(profitFactor(sample)).interval;
      const b = known(
        payoffRatio(
          sample.filter((x) => x > 0),
          sample.filter((x) => x < 0).map((x) => -x),
        ),
      ).interval;
      if (a.low <= 2 && 2 <= a.high) factor++;
      if (b.low <= 2 && 2 <= b.high) payoff++;
    }
    for (const covered of [factor, payoff]) {
      expect(covered).toBeGreaterThan(925);
      expect(covered).toBeLessThan(972);
    }
  });
});

describe('activity and costs', () => {
  const record = recordOf(constant(48, 0), HOUR);

  it('exposure is the time with any position, overlaps once, cut to the record', () => {
    const at = (from: number, to: number): TradeRecord =>
      trade(0, { entryTime: NEW_YEAR_2024 + from * HOUR, exitTime: NEW_YEAR_2024 + to * HOUR });
    expect(known(activityOf(record, [at(0, 10), at(5, 12), at(40, 60)]).exposure).value).toBeCloseTo(20 / 48, 12);
  });

  it('turnover is the money traded over the mean equity, a year from 30 days on', () => {
    const trades = [trade(0, { quantity: 5 })];
    expect(known(activityOf(record, trades).turnover).value).toBeCloseTo(1, 12);
    expect(activityOf(record, trades).yearlyTurnover).toEqual({ notEnough: { have: 2, need: 30, of: 'days' } });
    const long = recordOf(constant(73, 0), DAY);
    expect(known(activityOf(long, trades).yearlyTurnover).value).toBeCloseTo(5, 12);
  });

  it('costs add up by kind, and are compared with what was gained before them', () => {
    const costs = costsOf([trade(4, { fees: 3, slippage: 2, carry: 1 }), trade(-2, { fees: 2 })]);
    expect(costs).toMatchObject({ fees: 5, slippage: 2, carry: 1, total: 8 });
    expect(known(costs.shareOfGrossGain).value).toBeCloseTo(8 / 10, 12);
    expect(costsOf([trade(-2, { fees: 2 })]).shareOfGrossGain).toHaveProperty('undefinable');
    expect(costsOf([]).perTurnover).toHaveProperty('notEnough');
  });
});
