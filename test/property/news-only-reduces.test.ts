import { describe, expect, it } from 'vitest';
import { decide } from '#core/agent/decide.ts';
import { familyOf } from '#core/agent/family-registry.ts';
import type { AgentView, StrategyFamily, TradeIntent } from '#core/agent/types.ts';
import { newsFacts } from '#core/context/news-facts.ts';
import { compare, parseDecimal, ZERO } from '#core/domain/decimal.ts';
import { type Hash, unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import type { NewsReading } from '#core/news/types.ts';
import { newsSize } from '#core/risk/news-size.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import { type SizingInput, sizeEntry } from '#core/risk/sizing.ts';
import { spawn } from '#core/spawner/spawn.ts';
import { NOW, spawnInputOf } from '#test/support/spawn-inputs.ts';
import { envelope, instrument, orderId } from '#test/support/trading-builders.ts';
import * as fc from '../support/seeded-check.ts';

const number = fc.oneof(fc.double({ min: -2, max: 2, noNaN: true }), fc.constantFrom(Number.NaN, 1e308, -1e308));
/** Any reading at all, also ones that no reader would make. */
const reading: fc.Arbitrary<NewsReading> = fc
  .record({
    items: fc.nat(1_000),
    sources: fc.nat(50),
    sentiment: number,
    change: number,
    risk: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    event: fc.option(
      fc.record({
        tone: fc.constantFrom('good' as const, 'bad' as const),
        publishedAt: fc.constant(NOW),
        sources: fc.nat(9),
      }),
      { nil: undefined },
    ),
    fearGreed: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    silenced: fc.option(fc.constant(true as const), { nil: undefined }),
  })
  .map(({ event, fearGreed, silenced, ...rest }) => ({
    asOf: NOW,
    hash: 'a'.repeat(64) as Hash,
    ...rest,
    ...(event === undefined ? {} : { event }),
    ...(fearGreed === undefined ? {} : { fearGreed }),
    ...(silenced === undefined ? {} : { silenced }),
  }));

const spec = (() => {
  const decision = spawn(spawnInputOf());
  if (decision.kind !== 'spawn') throw new Error(decision.why);
  return decision.spec;
})();

const intent: fc.Arbitrary<TradeIntent> = fc.oneof(
  fc.record({
    kind: fc.constant('enter' as const),
    direction: fc.constantFrom('long' as const, 'short' as const),
    reason: fc.string({ maxLength: 500 }),
    decidedAt: fc.constant(NOW),
  }),
  fc.record({
    kind: fc.constantFrom('exit' as const, 'hold' as const),
    reason: fc.string({ maxLength: 500 }),
    decidedAt: fc.constant(NOW),
  }),
);

/** A family that answers the same whatever the news says. */
const saying = (answer: TradeIntent) => (): StrategyFamily => ({ ...familyOf(spec.family), decide: () => answer });

const decided = (answer: TradeIntent, holding: boolean, news?: NewsReading): TradeIntent => {
  const view: AgentView = {
    asOf: NOW,
    series: { interval: spec.interval, candles: [] },
    holding,
    barsHeld: holding ? 1 : 0,
    ...(news === undefined ? {} : { news }),
  };
  return decide(spec, view, { families: saying(answer) });
};

const amount = (least: number, most: number) => fc.integer({ min: least, max: most }).map(String);
const sizing: fc.Arbitrary<SizingInput> = fc
  .record({
    equity: amount(100, 1_000_000),
    cash: amount(1, 1_000_000),
    at: amount(1, 50_000),
    stop: fc.double({ min: 0.01, max: 500, noNaN: true }),
    reward: fc.double({ min: 1, max: 20, noNaN: true }),
    exposed: amount(0, 10_000),
  })
  .map(({ equity, cash, at, stop, reward, exposed }) => ({
    clientOrderId: orderId(1),
    equity: parseDecimal(equity),
    cash: parseDecimal(cash),
    price: price(at),
    stopDistance: stop,
    targetDistance: stop * reward,
    envelope,
    instrument,
    feeBps: parseDecimal('10'),
    halfSpreadBps: parseDecimal('5'),
    limits: DEFAULT_LIMITS,
    peakEquity: parseDecimal(equity),
    atr: parseDecimal('1'),
    grossExposure: parseDecimal(exposed),
    openRisk: ZERO,
  }));

describe('the news', () => {
  it('never makes an entry, turns one round, or keeps an exit from happening', () => {
    let vetoed = 0;
    let entered = 0;
    fc.assert(
      fc.property(intent, fc.boolean(), reading, (answer, holding, news) => {
        const without = decided(answer, holding);
        const withNews = decided(answer, holding, news);
        if (without.kind !== 'enter') expect(withNews).toEqual(without);
        else if (withNews.kind === 'enter') expect(withNews.direction).toBe(without.direction);
        else expect(withNews.kind).toBe('hold');
        if (without.kind === 'enter') entered++;
        if (without.kind === 'enter' && withNews.kind === 'hold') vetoed++;
      }),
      { numRuns: 2_000 },
    );
    expect(entered).toBeGreaterThan(200);
    expect(vetoed).toBeGreaterThan(50);
  });

  it('never makes an entry larger, and moves neither its stop nor its target', () => {
    let smaller = 0;
    let sized = 0;
    fc.assert(
      fc.property(sizing, reading, (input, news) => {
        const full = sizeEntry(input);
        const left = sizeEntry({ ...input, size: newsSize(news) });
        if ('kind' in full) {
          expect('kind' in left).toBe(true);
          return;
        }
        sized++;
        if ('kind' in left) {
          expect(news.risk).not.toBe('low');
          return;
        }
        expect(compare(left.quantity, full.quantity)).toBeLessThanOrEqual(0);
        expect({ ...left, quantity: 0 }).toEqual({ ...full, quantity: 0 });
        if (compare(left.quantity, full.quantity) < 0) smaller++;
      }),
      { numRuns: 2_000 },
    );
    expect(sized).toBeGreaterThan(400);
    expect(smaller).toBeGreaterThan(50);
  });

  it('never makes a spawn where there was none, nor wider limits for one', () => {
    const confidence = fc.double({ min: 0, max: 1, noNaN: true });
    const regime = fc.constantFrom(
      'trending_up',
      'ranging',
      'trending_down',
      'volatile',
    ) as fc.Arbitrary<'trending_up'>;
    fc.assert(
      fc.property(confidence, regime, reading, (sure, kind, news) => {
        const input = spawnInputOf({ confidence: sure, regime: kind });
        const without = spawn(input);
        const withNews = spawn({ ...input, news });
        if (withNews.kind === 'spawn') {
          if (without.kind !== 'spawn') throw new Error('the news made an agent');
          const { family, envelope: limits, lifespan } = withNews.spec;
          expect({ limits, lifespan }).toEqual({ limits: without.spec.envelope, lifespan: without.spec.lifespan });
          // A family that is made for an event waits for the market's own answer to it; any other is the very same agent.
          if (family !== 'news-reaction') expect(withNews.spec).toEqual(without.spec);
        }
        if (without.kind === 'spawn' && news.risk !== 'high') expect(withNews.kind).toBe('spawn');
      }),
      { numRuns: 300 },
    );
  });

  it('has no fact where none is followed, and no tone where nothing counts', () => {
    expect(Object.values(newsFacts(undefined)).every(Number.isNaN)).toBe(true);
    const nothing: NewsReading = {
      asOf: unixMs(0),
      items: 0,
      sources: 0,
      sentiment: 0,
      change: 0,
      risk: 'low',
      hash: 'a'.repeat(64) as Hash,
    };
    expect(newsFacts(nothing)).toMatchObject({
      newsItems: 0,
      newsSentiment: Number.NaN,
      fearGreed: Number.NaN,
      newsEvent: Number.NaN,
    });
  });
});
