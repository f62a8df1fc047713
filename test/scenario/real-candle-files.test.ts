import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval, isInterval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { candleFile, notRunWithoutShared } from '#test/support/shared-material.ts';

const intervalOf = (name: string): Interval => {
  const text =
    name
      .replace(/\.csv(\.gz)?$/, '')
      .split('-')
      .at(-1) ?? '';
  if (!isInterval(text)) throw new Error(`no interval in ${name}`);
  return text;
};

describe('real candle files', () => {
  it('are all read, with their holes reported', () => {
    if (notRunWithoutShared('reading real candle files')) return;
    const names = readdirSync(dirname(candleFile('x'))).filter((name) => /\.csv(\.gz)?$/.test(name));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const interval = intervalOf(name);
      const { series, gaps } = readCandleFile(candleFile(name), interval);
      const [first, last] = [series.candles[0], series.candles.at(-1)];
      const span = ((last?.closeTime ?? 0) - (first?.openTime ?? 0)) / INTERVAL_MS[interval];
      const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
      expect(series.candles.length + missing, name).toBe(span);
    }
  });

  it('are refused under another interval, and the message names the right one', () => {
    if (notRunWithoutShared('real candle files under another interval')) return;
    const cases: readonly [name: string, wrong: Interval, named: string][] = [
      ['binance-BTCUSDT-5m.csv.gz', '1h', 'seems to have 5m candles'],
      ['binance-BTCUSDT-1m.csv.gz', '15m', 'seems to have 1m candles'],
      ['binance-BTCUSDT-1d.csv.gz', '1h', 'seems to have 1d candles'],
      ['binance-BTCUSDT-1h.csv.gz', '1m', 'seems to have 1h candles'],
    ];
    for (const [name, wrong, named] of cases) {
      const work = () => readCandleFile(candleFile(name), wrong);
      expect(work).toThrow(Fault);
      expect(work).toThrow(named);
      expect(work).toThrow(basename(name));
    }
  });

  it('give the hours that the venue itself published when minutes are put together', () => {
    if (notRunWithoutShared('hours out of real minutes')) return;
    const minutes = readCandleFile(candleFile('binance-BTCUSDT-1m.csv.gz'), '1m').series;
    const published = readCandleFile(candleFile('binance-BTCUSDT-1h.csv.gz'), '1h').series;
    const made = aggregate(minutes, '1h', unixMs(minutes.candles.at(-1)?.closeTime ?? 0)).series.candles;
    const byTime = new Map(published.candles.map((candle) => [candle.openTime, candle]));
    expect(made.length).toBeGreaterThan(700);
    let compared = 0;
    for (const own of made) {
      const theirs = byTime.get(own.openTime);
      if (theirs === undefined) continue;
      compared += 1;
      const { volume, ...prices } = own;
      const { volume: theirVolume, ...theirPrices } = theirs;
      expect(prices).toEqual(theirPrices);
      // The published volume is rounded to fewer decimals than the sum of sixty minutes.
      expect(Math.abs(volume - theirVolume)).toBeLessThan(0.01);
    }
    expect(compared).toBeGreaterThan(700);
  });
});
