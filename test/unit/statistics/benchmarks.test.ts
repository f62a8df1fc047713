import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { buyAndHold, randomEntry } from '#core/statistics/benchmarks.ts';
import { permutationOfEntries } from '#core/statistics/permutation-test.ts';
import { placeAtRandom } from '#core/statistics/placement.ts';
import { positionsOf } from '#core/statistics/positions.ts';
import type { MarketRecord } from '#core/statistics/types.ts';
import { wilsonInterval } from '#core/statistics/wilson.ts';
import {
  constant,
  HOUR,
  known,
  NEW_YEAR_2024,
  randomMarket,
  recordOf,
  tradesAt,
} from '#test/support/equity-records.ts';

const constantPrices = (length: number): Float64Array => new Float64Array(length).fill(100);
const flat = (length: number) => recordOf(constant(length, 0));
const spans = (count: number, length: number, gap: number) =>
  Array.from({ length: count }, (_, i) => [i * (length + gap), i * (length + gap) + length] as const);

/** A market that rises through the positions' candles and falls between them. */
const madeFor = (length: number, held: (candle: number) => boolean): MarketRecord => {
  const [open, close] = [new Float64Array(length), new Float64Array(length)];
  let price = 100;
  for (let i = 0; i < length; i++) {
    open[i] = price;
    price *= held(i) ? 1.01 : 0.995;
    close[i] = price;
  }
  return { open, close };
};

describe('buy and hold', () => {
  it('buys at the first open, sells at the last close and pays both sides', () => {
    const market = { open: Float64Array.of(100, 110), close: Float64Array.of(110, 150) };
    const held = buyAndHold(flat(2), market, 0.001);
    expect(known(held.totalReturn).value).toBeCloseTo((150 * 0.999) / (100 * 1.001) - 1, 12);
    expect(held.equity[0]).toBeCloseTo((1000 / (100 * 1.001)) * 110, 9);
  });

  it('of no candles is not enough data', () => {
    const none = { open: new Float64Array(0), close: new Float64Array(0) };
    expect(buyAndHold(flat(0), none, 0).totalReturn).toHaveProperty('notEnough');
    expect(() => buyAndHold(flat(0), none, 1)).toThrow('cost per side');
  });
});

describe('positions laid at random', () => {
  it('never overlap, keep their lengths and stay inside', () => {
    const rng = createRng(4);
    for (let i = 0; i < 2000; i++) {
      const lengths = Int32Array.from({ length: 1 + rng.integer(8) }, () => 1 + rng.integer(6));
      const candles = lengths.reduce((a, b) => a + b, 0) + rng.integer(20);
      const entries = placeAtRandom(lengths, candles, rng) ?? new Int32Array(0);
      expect(entries.length).toBe(lengths.length);
      let free = 0;
      for (const [k, entry] of entries.entries()) {
        expect(entry).toBeGreaterThanOrEqual(free);
        free = entry + (lengths[k] as number);
      }
      expect(free).toBeLessThanOrEqual(candles);
    }
  });

  it('make every arrangement equally likely', () => {
    const rng = createRng(8);
    const seen = new Map<string, number>();
    // Two positions (2 and 1 candles) in 6: 3 free candles and 2 positions have C(5, 2) = 10 arrangements.
    for (let i = 0; i < 20_000; i++) {
      const key = String(placeAtRandom(Int32Array.of(2, 1), 6, rng));
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(10);
    for (const count of seen.values()) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });

  it('that do not fit are refused', () => {
    expect(placeAtRandom(Int32Array.of(3, 3), 5, createRng(1))).toBeUndefined();
  });
});

describe('random entry', () => {
  it('is beaten by entries that know the market, and beats entries that know it wrongly', () => {
    const market = madeFor(400, (i) => i % 20 < 5);
    const good = randomEntry(flat(400), market, tradesAt(market, spans(15, 5, 15)), 0.001, createRng(1));
    expect(known(good.beaten).value).toBeGreaterThan(0.99);
    expect(known(good.own).value).toBeGreaterThan(known(good.high).value);
    const bad = randomEntry(
      flat(400),
      market,
      tradesAt(
        market,
        spans(15, 5, 15).map(([a, b]) => [a + 8, b + 8] as const),
      ),
      0.001,
      createRng(1),
    );
    expect(known(bad.beaten).value).toBeLessThan(0.05);
  });

  it('pays costs: the median of random entries in a driftless market is about what they cost', () => {
    const market = randomMarket(createRng(2), 3000, 0.001);
    const trades = tradesAt(market, spans(100, 5, 20)).map((trade) => ({
      ...trade,
      quantity: 1000 / trade.entryPrice,
    }));
    const { median } = randomEntry(flat(3000), market, trades, 0.001, createRng(3));
    // A hundred round trips at 0.1 % a side: (0.999 / 1.001)^100 - 1 = -18.1 %.
    expect(Math.abs(known(median).value - ((0.999 / 1.001) ** 100 - 1))).toBeLessThan(0.02);
  });

  it('is the same again with the same seed and another with another', () => {
    const market = randomMarket(createRng(2), 500);
    const trades = tradesAt(market, spans(20, 5, 10));
    const run = (seed: number) => randomEntry(flat(500), market, trades, 0.001, createRng(seed), 200);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('of few trades is not enough data, and of overlapping ones is not defined', () => {
    const market = randomMarket(createRng(2), 40);
    expect(randomEntry(flat(40), market, tradesAt(market, spans(9, 2, 1)), 0, createRng(1)).median).toEqual({
      notEnough: { have: 9, need: 10, of: 'trades' },
    });
    const crowd = tradesAt(
      market,
      Array.from({ length: 12 }, () => [0, 20] as const),
    );
    expect(randomEntry(flat(40), market, crowd, 0, createRng(1)).beaten).toEqual({
      undefinable: 'the positions overlap in time',
    });
  });
});

describe('the permutation of entries', () => {
  it('finds entries that know the market', () => {
    const market = madeFor(400, (i) => i % 20 < 5);
    const positions = spans(15, 5, 15).map(([entry, exit]) => ({ entry, exit, direction: 'long' as const }));
    expect(known(permutationOfEntries(market.open, positions, createRng(1))).value).toBe(0.001);
    const short = positions.map((position) => ({ ...position, direction: 'short' as const }));
    expect(known(permutationOfEntries(market.open, short, createRng(1))).value).toBeGreaterThan(0.95);
  });

  it('calls one in twenty of the random entries significant at 5 %', () => {
    const rng = createRng(17);
    const runs = 600;
    let found = 0;
    for (let i = 0; i < runs; i++) {
      const { open } = randomMarket(rng, 300);
      const lengths = Int32Array.from({ length: 12 }, () => 1 + rng.integer(9));
      const entries = placeAtRandom(lengths, 299, rng) ?? new Int32Array(0);
      const positions = [...entries].map((entry, k) => ({
        entry,
        exit: entry + (lengths[k] as number),
        direction: 'long' as const,
      }));
      if (known(permutationOfEntries(open, positions, rng, 99)).value <= 0.05) found++;
    }
    const { low, high } = wilsonInterval(found, runs);
    expect(low, `${found} of ${runs}`).toBeLessThan(0.05);
    expect(high, `${found} of ${runs}`).toBeGreaterThan(0.05);
  });

  it('counts arrangements that gained exactly as much as evidence against skill: in a flat market p is 1', () => {
    const positions = spans(15, 5, 15).map(([entry, exit]) => ({ entry, exit, direction: 'long' as const }));
    expect(known(permutationOfEntries(constantPrices(400), positions, createRng(1))).value).toBe(1);
  });

  it('refuses positions outside of the prices', () => {
    const positions = spans(10, 2, 0).map(([entry, exit]) => ({ entry, exit, direction: 'long' as const }));
    expect(() => permutationOfEntries(new Float64Array(20).fill(1), positions, createRng(1))).toThrow(
      'position 9 lies outside',
    );
  });
});

describe('positions in candles', () => {
  it('begin with the candle whose open is the fill, and last at least one candle', () => {
    const record = recordOf(constant(10, 0), HOUR);
    const at = (entry: number, exit: number) => ({
      entryTime: NEW_YEAR_2024 + entry * HOUR,
      exitTime: NEW_YEAR_2024 + exit * HOUR,
      quantity: 1,
      entryPrice: 1,
      exitPrice: 1,
      fees: 0,
      netPnl: 0,
    });
    const placed = positionsOf(record, [at(5, 5.5), at(2, 4), at(9, 10)]);
    expect(placed).toEqual([
      { entry: 2, exit: 4, direction: 'long' },
      { entry: 5, exit: 6, direction: 'long' },
    ]);
  });
});
