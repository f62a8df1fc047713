import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { sentenceOf } from '#core/analyst/fact-sentences.ts';
import { buildContext } from '#core/context/build-context.ts';
import { HIGHER_INTERVALS } from '#core/context/higher-timeframes.ts';
import type { MarketContext } from '#core/context/types.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { INTERVAL_MS, INTERVALS, type Interval } from '#core/domain/interval.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { higherTimeframes } from '#core/projections/higher-timeframes.ts';
import { tapeOf, trendCloses } from '#test/support/candle-tapes.ts';
import { snapshotOf, walkCandles } from '#test/support/snapshots.ts';

const contextOf = (candles: readonly ClosedCandle[], interval: Interval = '1h'): MarketContext =>
  buildContext(sha256, snapshotOf(candles, interval));
const valueOf = (context: MarketContext, name: string): number | undefined =>
  context.facts.find((fact) => fact.name === name)?.value;
const HIGHER = ['higherStack', 'higherDrift60', 'higherAdx14', 'higherRsi14', 'topStack', 'topDrift20'];
const higherOf = (context: MarketContext) => HIGHER.map((name) => valueOf(context, name));

/** Begins on a day's first hour, so that whole days are whole. */
const candles = walkCandles(40 * 24, 3);

describe('the higher intervals of a context', () => {
  it('are intervals that can be made of the candles, each coarser than the one before', () => {
    for (const interval of INTERVALS) {
      const lengths = [interval, ...HIGHER_INTERVALS[interval]].map((one) => INTERVAL_MS[one]);
      for (const [i, length] of lengths.entries())
        if (i > 0) {
          expect(length % INTERVAL_MS[interval]).toBe(0);
          expect(length).toBeGreaterThanOrEqual(2 * (lengths[i - 1] ?? 0));
        }
    }
  });

  it('say what the same candles say when they are aggregated first', () => {
    const asOf = snapshotOf(candles).asOf;
    const four = aggregate({ interval: '1h', candles }, '4h', asOf).series.candles;
    expect(valueOf(contextOf(candles), 'higherAdx14')).toBe(valueOf(contextOf(four, '4h'), 'adx14'));
    expect(valueOf(contextOf(candles), 'higherRsi14')).toBe(valueOf(contextOf(four, '4h'), 'rsi14'));
  });

  it('know nothing of a higher candle that is still forming', () => {
    const forming = candles.slice(0, -1);
    const shocked = forming.map((candle, i) =>
      i < forming.length - 3
        ? candle
        : { ...candle, high: candle.high * 2, low: candle.low / 2, close: candle.close * 1.9 },
    );
    expect(higherOf(contextOf(shocked))).toEqual(higherOf(contextOf(forming)));
    // With the fourth hour they are complete, and what happened in them is known.
    const closed = [...shocked, ...candles.slice(-1)];
    expect(higherOf(contextOf(closed))).not.toEqual(higherOf(contextOf(candles)));
  });

  it('are named by their interval, in facts and in sentences', () => {
    const context = contextOf(candles);
    const intervalsOf = (names: readonly string[]) =>
      new Set(context.facts.filter(({ name }) => names.includes(name)).map(({ interval }) => interval));
    expect(intervalsOf(HIGHER.slice(0, 4))).toEqual(new Set(['4h']));
    expect(intervalsOf(HIGHER.slice(4))).toEqual(new Set(['1d']));
    expect(intervalsOf(['drift30', 'intervalAgreement', 'adx14'])).toEqual(new Set(['1h']));
    const views = higherTimeframes(context);
    expect(views.map(({ interval, reasons }) => [interval, reasons.length])).toEqual([
      ['4h', 4],
      ['1d', 2],
    ]);
    for (const { interval, reasons } of views)
      for (const reason of reasons) expect(reason).toContain(` ${interval} candles`);
  });

  it('are absent where there is none or too little of it', () => {
    const days = contextOf(walkCandles(300, 5, '1d'), '1d');
    expect(higherOf(days).every((value) => value === undefined)).toBe(true);
    expect(valueOf(days, 'intervalAgreement')).toBeUndefined();
    const short = contextOf(candles.slice(0, 100));
    expect(valueOf(short, 'higherDrift60')).toBeUndefined();
    expect(valueOf(short, 'topStack')).toBeUndefined();
  });

  it('agree in a steady rise and in a steady fall', () => {
    const rising = contextOf(tapeOf(trendCloses(1000, 0.001)).candles);
    const falling = contextOf(tapeOf(trendCloses(1000, -0.001)).candles);
    expect([valueOf(rising, 'intervalAgreement'), valueOf(falling, 'intervalAgreement')]).toEqual([1, -1]);
    expect([valueOf(rising, 'topStack'), valueOf(falling, 'topStack')]).toEqual([1, -1]);
    const said = (context: MarketContext) => context.facts.map(sentenceOf);
    expect(said(rising)).toContain('this interval and the two above it all rise');
    expect(said(falling)).toContain(
      'on 1d candles price stands below its 10- and 20-candle averages, in falling order',
    );
  });
});
