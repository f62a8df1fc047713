import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { factsToShow } from '#core/analyst/analyst-prompt.ts';
import { buildContext, HISTORY_CANDLES, MINIMUM_CANDLES } from '#core/context/build-context.ts';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { newsFacts } from '#core/context/news-facts.ts';
import type { MarketContext } from '#core/context/types.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { hashOf } from '#core/kernel/ids.ts';
import type { NewsReading } from '#core/news/types.ts';
import { tapeOf, trendCloses } from '#test/support/candle-tapes.ts';
import { scaled, snapshotOf, walkCandles } from '#test/support/snapshots.ts';

const contextOf = (candles: readonly ClosedCandle[]): MarketContext => buildContext(sha256, snapshotOf(candles));
const readingOf = (asOf: UnixMs): NewsReading => ({
  asOf,
  items: 3,
  sources: 2,
  sentiment: -0.9,
  change: -1.2,
  risk: 'high',
  event: { tone: 'bad', publishedAt: asOf, sources: 2 },
  fearGreed: 20,
  hash: sha256('reading'),
});
const valuesOf = (context: MarketContext): Readonly<Record<string, number>> =>
  Object.fromEntries(context.facts.map(({ name, value }) => [name, value]));

const refusal = (run: () => unknown): Fault => {
  try {
    run();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the fact catalogue', () => {
  it('keeps the id of every fact that was ever published', () => {
    const ids = Object.entries(FACT_CATALOGUE).map(([name, { id }]) => `${id} ${name}`);
    expect(ids).toMatchInlineSnapshot(`
      [
        "F01 return1",
        "F02 return24",
        "F03 return168",
        "F04 atr14",
        "F05 adx14",
        "F06 plusDi14",
        "F07 minusDi14",
        "F08 bollingerWidth20",
        "F09 bollingerWidthRank",
        "F10 rsi14",
        "F11 ema20Slope",
        "F12 ema50Slope",
        "F13 ema200Slope",
        "F14 emaStack",
        "F15 volumeZ48",
        "F16 drawdown168",
        "F17 distanceHigh20",
        "F18 distanceLow20",
        "F19 distanceHigh50",
        "F20 distanceLow50",
        "F21 efficiency24",
        "F22 efficiency168",
        "F23 volatility24",
        "F24 volatilityRatio",
        "F25 largestMove24",
        "F26 zeroVolumeShare",
        "F27 missingCandles",
        "F28 flatShare",
        "F29 range168",
        "F30 drift168",
        "F31 macdHistogram",
        "F32 bollingerWidthRankBefore",
        "F33 diBalance14",
        "F34 bullishPatterns12",
        "F35 bearishPatterns12",
        "F36 patternBalance24",
        "F37 newestPatternSide",
        "F38 newestPatternAge",
        "F39 chartPatternBalance48",
        "F40 higherStack",
        "F41 higherDrift60",
        "F42 higherAdx14",
        "F43 higherRsi14",
        "F44 topStack",
        "F45 topDrift20",
        "F46 intervalAgreement",
        "F47 drift10",
        "F48 drift30",
        "F49 drift90",
        "F50 newsSentiment",
        "F51 newsChange",
        "F52 newsItems",
        "F53 newsSources",
        "F54 fearGreed",
        "F55 newsRisk",
        "F56 newsEvent",
      ]
    `);
  });

  it('numbers the facts of candles from 1 and those of the news from 50, without a hole or a double', () => {
    const news = Object.keys(newsFacts(undefined));
    const ids = (ofNews: boolean) =>
      Object.entries(FACT_CATALOGUE).flatMap(([name, { id }]) =>
        news.includes(name) === ofNews ? [id as string] : [],
      );
    const counted = (first: number) => (_: string, i: number) => `F${String(i + first).padStart(2, '0')}`;
    expect(ids(false)).toEqual(ids(false).map(counted(1)));
    expect(ids(true)).toEqual(ids(true).map(counted(50)));
    expect(ids(false).length).toBeLessThan(50);
  });
});

describe('a context', () => {
  it('holds every fact of the catalogue when there is enough history', () => {
    const context = contextOf(walkCandles(HISTORY_CANDLES, 1));
    const ofNews = Object.keys(newsFacts(undefined));
    const names = Object.keys(FACT_CATALOGUE);
    // Where no news is followed nothing is said of any, and nothing is invented.
    expect(context.facts.map(({ name }) => name)).toEqual(names.filter((name) => !ofNews.includes(name)));
    const told = buildContext(sha256, snapshotOf(walkCandles(HISTORY_CANDLES, 1)), readingOf(context.asOf));
    expect(told.facts.map(({ name }) => name)).toEqual(names);
    expect(told.hash).not.toBe(context.hash);
    expect(() =>
      buildContext(sha256, snapshotOf(walkCandles(HISTORY_CANDLES, 1)), readingOf(unixMs(context.asOf + 1))),
    ).toThrow(RangeError);
  });

  it('shows the model no fact of the news: a direction comes from the market alone', () => {
    const told = buildContext(
      sha256,
      snapshotOf(walkCandles(HISTORY_CANDLES, 1)),
      readingOf(contextOf(walkCandles(HISTORY_CANDLES, 1)).asOf),
    );
    const ofNews = Object.keys(newsFacts(undefined));
    expect(told.facts.filter(({ name }) => ofNews.includes(name)).length).toBe(7);
    expect(factsToShow(told).length).toBeGreaterThan(5);
    expect(factsToShow(told).filter(({ name }) => ofNews.includes(name))).toEqual([]);
  });

  it('says what was measured, in numbers that can be checked by hand', () => {
    const candles = tapeOf(
      Array.from({ length: 200 }, (_, i) => 100 + i),
      '1h',
      0,
    ).candles;
    const facts = valuesOf(contextOf(candles));
    expect(facts).toMatchObject({
      return1: Number((299 / 298 - 1).toPrecision(10)),
      return24: Number((299 / 275 - 1).toPrecision(10)),
      return168: Number((299 / 131 - 1).toPrecision(10)),
      atr14: Number((1 / 299).toPrecision(10)),
      adx14: 100,
      diBalance14: 1,
      rsi14: 100,
      ema20Slope: 1,
      ema50Slope: 1,
      drawdown168: 0,
      distanceHigh20: 1,
      distanceHigh50: 1,
      efficiency24: 1,
      efficiency168: 1,
      largestMove24: 1,
      zeroVolumeShare: 0,
      missingCandles: 0,
      emaStack: 1,
    });
  });

  it('leaves out facts that need more history than there is, and keeps the others', () => {
    const facts = valuesOf(contextOf(walkCandles(MINIMUM_CANDLES, 2)));
    expect(Object.keys(facts)).toEqual(
      expect.arrayContaining(['return24', 'adx14', 'atr14', 'rsi14', 'ema50Slope', 'efficiency24']),
    );
    for (const absent of ['return168', 'drift168', 'ema200Slope', 'efficiency168', 'drawdown168', 'volatilityRatio'])
      expect(facts).not.toHaveProperty(absent);
  });

  it('refuses too short a history and names how many candles are needed', () => {
    const fault = refusal(() => contextOf(walkCandles(MINIMUM_CANDLES - 1, 3)));
    expect(fault.code).toBe('bad_data');
    expect(fault.message).toContain(`${MINIMUM_CANDLES - 1} closed 1h candles`);
    expect(fault.message).toContain(`${MINIMUM_CANDLES} are needed`);
    expect(fault.remedy).toContain(String(HISTORY_CANDLES));
  });

  it('of a market that never moves has finite facts only and claims no momentum', () => {
    const still = tapeOf(
      Array.from({ length: 300 }, () => 50),
      '1h',
      0,
    ).candles.map((candle) => ({ ...candle, volume: 0 }));
    const facts = valuesOf(contextOf(still));
    expect(Object.values(facts).every(Number.isFinite)).toBe(true);
    expect(facts).toMatchObject({ zeroVolumeShare: 1, flatShare: 1, atr14: 0, efficiency24: 0 });
    expect(facts).not.toHaveProperty('rsi14');
    expect(facts).not.toHaveProperty('volumeZ48');
  });

  it('counts the candles that are missing from what it looked at', () => {
    const candles = walkCandles(300, 4);
    const holed = [...candles.slice(0, 100), ...candles.slice(103, 250), ...candles.slice(251)];
    expect(valuesOf(contextOf(holed))).toMatchObject({ missingCandles: 4 });
  });

  it('does not depend on what a coin costs, down to a hundred-millionth', () => {
    const candles = walkCandles(600, 5);
    const facts = valuesOf(contextOf(candles));
    expect(valuesOf(contextOf(scaled(candles, 2 ** -30, 2 ** 10)))).toEqual(facts);
    const cheap = valuesOf(contextOf(scaled(candles, 1e-8)));
    expect(Object.keys(cheap)).toEqual(Object.keys(facts));
    for (const [name, value] of Object.entries(cheap)) expect(value, name).toBeCloseTo(facts[name] as number, 6);
  });

  it('looks at no more than the newest candles it asks for', () => {
    const long = walkCandles(HISTORY_CANDLES + 400, 6);
    expect(contextOf(long).facts).toEqual(contextOf(long.slice(-HISTORY_CANDLES)).facts);
  });

  it('measures a shock against the range before it, so that the shock cannot hide in the range that it raised', () => {
    const closes = [...trendCloses(300, 0.0001), 80];
    const context = contextOf(tapeOf(closes).candles);
    expect(valuesOf(context)['largestMove24']).toBeGreaterThan(20);
  });

  it('has values of ten significant digits and a hash over everything else', () => {
    const context = contextOf(walkCandles(400, 7));
    for (const { value } of context.facts) expect(Number(value.toPrecision(10))).toBe(value);
    const { hash, ...content } = context;
    expect(hash).toBe(hashOf(sha256, 'context', content));
  });

  it('has another hash at another moment or with another candle', () => {
    const candles = walkCandles(400, 8);
    const snapshot = snapshotOf(candles);
    const later = { ...snapshot, asOf: unixMs(snapshot.asOf + 1), dataAgeMs: 1 };
    const hashes = [snapshot, later, snapshotOf(candles.slice(1))].map((one) => buildContext(sha256, one).hash);
    expect(new Set(hashes).size).toBe(3);
  });

  it('is a bug, not a context, when a price is not a positive number', () => {
    const candles = walkCandles(100, 9);
    const broken = (change: Partial<ClosedCandle>): readonly ClosedCandle[] =>
      candles.map((candle, i) => (i === 50 ? { ...candle, ...change } : candle));
    for (const change of [{ low: 0 }, { close: Number.NaN }, { high: Number.POSITIVE_INFINITY }, { volume: -1 }])
      expect(() =>
        buildContext(sha256, { ...snapshotOf(candles), series: { interval: '1h', candles: broken(change) } }),
      ).toThrow(RangeError);
  });
});
