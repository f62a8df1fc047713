import { describe, expect, it } from 'vitest';
import { createGeneratedMarket, GENERATOR_EPOCH } from '#adapters/feed-generator/generated-market.ts';
import { createGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { quantizeFloat, toFloat } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { simulatedInstrument } from '#test/support/instruments.ts';
import * as fc from '../support/seeded-check.ts';

const MINUTE = INTERVAL_MS['1m'];
const bitcoin = simulatedInstrument('BTC/USDT');
const instruments = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'].map(simulatedInstrument);
const after = (minutes: number) => unixMs(GENERATOR_EPOCH + minutes * MINUTE);
const seeds = fc.nat(2 ** 40);

describe('the generated market', () => {
  it('gives the same candle however it is reached', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...instruments),
        fc.array(fc.tuple(fc.nat(9000), fc.nat(2000)), { minLength: 1, maxLength: 4 }),
        (seed, instrument, asked) => {
          const whole = createGeneratedMarket(seed, instrument).minutes(after(0), after(11_000));
          const piecewise = createGeneratedMarket(seed, instrument);
          for (const [from, length] of asked)
            expect(piecewise.minutes(after(from), after(from + length))).toEqual(whole.slice(from, from + length));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is made of consistent candles on the grid of tick and lot, each opening near the close before it', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...instruments), (seed, instrument) => {
        const candles = createGeneratedMarket(seed, instrument).minutes(after(0), after(2000));
        let previous = candles[0]?.open ?? 0;
        for (const [i, { openTime, closeTime, open, high, low, close, volume }] of candles.entries()) {
          expect([openTime, closeTime]).toEqual([after(i), after(i + 1)]);
          expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
          for (const price of [open, high, low, close])
            expect(toFloat(quantizeFloat(price, instrument.tickSize, 'down'))).toBe(price);
          expect(toFloat(quantizeFloat(volume, instrument.lotSize, 'down'))).toBe(volume);
          expect(Math.abs(Math.log(open / previous))).toBeLessThan(0.01);
          previous = close;
        }
      }),
      { numRuns: 6 },
    );
  });

  it('never shows a candle that closes after its clock, to history or to the one who waits', async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        fc.constantFrom('1m' as const, '5m' as const, '1h' as const),
        fc.integer({ min: 60, max: 3000 }),
        fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 20 }),
        async (seed, interval, start, moves) => {
          const clock = new TestClock(after(start));
          const feed = createGeneratorFeed({ seed, clock, instruments });
          const stop = createAbortSource();
          const seen: number[] = [];
          const follow = async (): Promise<void> => {
            for (let since = clock.now(); ; ) {
              const candle = await feed.next(bitcoin.id, interval, since, stop.token);
              if (candle === undefined) return;
              expect(candle.closeTime).toBeLessThanOrEqual(clock.now());
              expect(candle.closeTime).toBeGreaterThan(since);
              seen.push(candle.closeTime);
              since = candle.closeTime;
            }
          };
          const following = follow();
          for (const move of moves) {
            clock.advanceTo(unixMs(clock.now() + move));
            const { series } = feed.history(bitcoin.id, interval, clock.now(), 3);
            expect(series.candles.at(-1)?.closeTime).toBeLessThanOrEqual(clock.now());
            await new Promise((resolve) => setImmediate(resolve));
          }
          stop.abort('enough');
          await following;
          const length = INTERVAL_MS[interval];
          const closed = Math.floor(clock.now() / length) - Math.floor(after(start) / length);
          expect(seen).toHaveLength(closed);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps its price within sight of the start for a year, with fat tails and clustered volatility', () => {
    const market = createGeneratedMarket(3, bitcoin);
    const candles = market.minutes(GENERATOR_EPOCH, unixMs(GENERATOR_EPOCH + 365 * 1440 * MINUTE));
    expect(candles).toHaveLength(365 * 1440);
    const lowest = candles.reduce((least, { low }) => Math.min(least, low), Number.POSITIVE_INFINITY);
    const highest = candles.reduce((most, { high }) => Math.max(most, high), 0);
    expect(lowest).toBeGreaterThan(60_000 / 10);
    expect(highest).toBeLessThan(60_000 * 10);
    const returns = candles.slice(0, 50_000).map(({ open, close }) => Math.abs(Math.log(close / open)));
    const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
    const calmAfterCalm = returns.filter((_, i) => i >= 30 && (returns[i - 30] ?? 0) < mean);
    const after = calmAfterCalm.reduce((a, b) => a + b, 0) / calmAfterCalm.length;
    expect(after).toBeLessThan(mean * 0.95);
    expect(Math.max(...returns) / mean).toBeGreaterThan(15);
  });

  it('spends a fair share of its time in each regime, and the regimes look like their names', () => {
    const market = createGeneratedMarket(11, bitcoin);
    const days = 90;
    const candles = market.minutes(GENERATOR_EPOCH, unixMs(GENERATOR_EPOCH + days * 1440 * MINUTE));
    const tally = new Map<string, { count: number; drift: number; move: number }>();
    for (const { openTime, open, close } of candles) {
      const regime = market.regimeAt(openTime);
      const sum = tally.get(regime) ?? { count: 0, drift: 0, move: 0 };
      const change = Math.log(close / open);
      tally.set(regime, { count: sum.count + 1, drift: sum.drift + change, move: sum.move + Math.abs(change) });
    }
    const share = (regime: string) => (tally.get(regime)?.count ?? 0) / candles.length;
    const drift = (regime: string) => (tally.get(regime)?.drift ?? 0) / (tally.get(regime)?.count ?? 1);
    const move = (regime: string) => (tally.get(regime)?.move ?? 0) / (tally.get(regime)?.count ?? 1);
    for (const regime of ['trending_up', 'trending_down', 'ranging']) expect(share(regime)).toBeGreaterThan(0.15);
    expect(share('volatile')).toBeGreaterThan(0.03);
    expect(drift('trending_up')).toBeGreaterThan(0.0001 * 0.8);
    expect(drift('trending_down')).toBeLessThan(-0.0001 * 0.8);
    expect(Math.abs(drift('ranging'))).toBeLessThan(0.00003);
    expect(move('volatile')).toBeGreaterThan(2 * move('ranging'));
  });
});
