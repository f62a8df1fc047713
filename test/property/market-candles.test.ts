import { describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { aggregate } from '#core/market/aggregate.ts';
import { findGaps } from '#core/market/candle-series.ts';
import { parseCandleCsv } from '#core/market/parse-candle-csv.ts';
import { BASE_TIME, csvOf, rows, seriesOf } from '#test/support/candle-builders.ts';
import * as fc from '../support/seeded-check.ts';

const hourOf = (time: number): number => Math.floor(time / INTERVAL_MS['1h']) * INTERVAL_MS['1h'];

function groupByHour(candles: readonly ClosedCandle[]): ReadonlyMap<number, readonly ClosedCandle[]> {
  const groups = new Map<number, ClosedCandle[]>();
  for (const candle of candles) {
    const hour = hourOf(candle.openTime);
    groups.set(hour, [...(groups.get(hour) ?? []), candle]);
  }
  return groups;
}

describe('reading what was written', () => {
  it('gives the same candles, whatever the line ends', () => {
    fc.assert(
      fc.property(rows(2, 60), fc.boolean(), fc.boolean(), (written, windows, cut) => {
        const text = csvOf(written, '5m');
        const ended = cut ? text.slice(0, -1) : text;
        const { series, gaps } = parseCandleCsv(windows ? ended.replaceAll('\n', '\r\n') : ended, '5m', 'p');
        expect(series).toEqual(seriesOf(written, '5m'));
        expect(gaps).toEqual(findGaps(series.candles, '5m'));
        const last = (written.at(-1)?.slot ?? 0) + 1 - (written[0]?.slot ?? 0);
        expect(gaps.reduce((sum, { missing }) => sum + missing, written.length)).toBe(last);
      }),
    );
  });

  it('either gives candles that hold together or refuses; it never crashes', () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(6),
      put: fc.string({ maxLength: 6 }),
    });
    fc.assert(
      fc.property(rows(2, 12), fc.array(damage, { minLength: 1, maxLength: 3 }), (written, damages) => {
        let text = csvOf(written, '1m');
        for (const { at, cut, put } of damages) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + put + text.slice(place + cut);
        }
        try {
          let previous = Number.NEGATIVE_INFINITY;
          for (const { openTime, open, high, low, close, volume } of parseCandleCsv(text, '1m', 'p').series.candles) {
            expect(openTime % INTERVAL_MS['1m']).toBe(0);
            expect(openTime).toBeGreaterThan(previous);
            expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && volume >= 0).toBe(true);
            expect(Number.isFinite(high) && Number.isFinite(volume)).toBe(true);
            previous = openTime;
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('minutes put together to hours', () => {
  it('equal what grouping by the hour gives', () => {
    fc.assert(
      fc.property(rows(1, 400, 40), (written) => {
        const fine = seriesOf(written, '1m');
        const asOf = unixMs(hourOf(fine.candles.at(-1)?.closeTime ?? 0));
        const groups = groupByHour(fine.candles);
        const expected = [...groups]
          .filter(([hour]) => hour + INTERVAL_MS['1h'] <= asOf)
          // The first minute of the series may lie inside its hour; then that hour is not known as a whole.
          .filter(([hour]) => hour !== hourOf(fine.candles[0]?.openTime ?? 0) || fine.candles[0]?.openTime === hour)
          .map(([hour, group]) => ({
            openTime: hour,
            closeTime: hour + INTERVAL_MS['1h'],
            open: group[0]?.open,
            high: Math.max(...group.map(({ high }) => high)),
            low: Math.min(...group.map(({ low }) => low)),
            close: group.at(-1)?.close,
            volume: group.reduce((sum, { volume }) => sum + volume, 0),
          }));
        const { series, partial } = aggregate(fine, '1h', asOf);
        expect(series.candles).toEqual(expected);
        expect(partial.map(({ openTime }) => openTime)).toEqual(
          expected.filter(({ openTime }) => (groups.get(openTime)?.length ?? 0) < 60).map(({ openTime }) => openTime),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('do not depend on anything later than the moment', () => {
    fc.assert(
      fc.property(rows(1, 300, 20), fc.nat(6000), (written, minutes) => {
        const asOf = unixMs(BASE_TIME + minutes * INTERVAL_MS['1m']);
        const fine = seriesOf(written, '1m');
        const past = { ...fine, candles: fine.candles.filter(({ closeTime }) => closeTime <= asOf) };
        const end = unixMs(fine.candles.at(-1)?.closeTime ?? 0);
        const whole = aggregate(fine, '15m', unixMs(Math.max(end, asOf))).series.candles;
        const known = whole.filter(({ closeTime }) => closeTime <= asOf);
        expect(aggregate(past, '15m', asOf).series.candles).toEqual(known);
      }),
    );
  });
});
