import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { parseCandleCsv } from '#core/market/parse-candle-csv.ts';
import { createSeriesFeed } from '#core/market/series-feed.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import { csvOf, rows, sha256 } from '#test/support/candle-builders.ts';
import { simulatedInstrument } from '#test/support/instruments.ts';
import { candleFile, notRunWithoutShared } from '#test/support/shared-material.ts';
import * as fc from '../support/seeded-check.ts';

const instrument = simulatedInstrument('BTC/USDT');

function feedOf(text: string, interval: Interval, now: UnixMs): MarketFeed {
  const { series } = parseCandleCsv(text, interval, 'p');
  return createSeriesFeed({
    source: { kind: 'file', path: 'p' },
    name: 'p',
    instrument,
    series,
    clock: new TestClock(now),
  });
}

function snapshotAt(text: string, fileInterval: Interval, asked: Interval, asOf: UnixMs) {
  const history = feedOf(text, fileInterval, asOf).history(instrument.id, asked, asOf, 300);
  return buildSnapshot(sha256, { instrumentId: instrument.id, interval: asked, asOf, source: 'file', history });
}

/** The lines of the file that a reader at `moment` could have had: the header and the candles that have closed. */
function cutAfter(text: string, interval: Interval, moment: UnixMs): string {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  return [header, ...lines.filter((line) => Number(line.split(',')[0]) + INTERVAL_MS[interval] <= moment)].join('\n');
}

/** Every snapshot at or before the cut is the same with and without what comes after the cut. */
function expectNoPeeking(
  text: string,
  interval: Interval,
  asked: Interval,
  cut: UnixMs,
  moments: readonly UnixMs[],
): void {
  const shorter = cutAfter(text, interval, cut);
  for (const asOf of moments) {
    const [whole, known] = [snapshotAt(text, interval, asked, asOf), snapshotAt(shorter, interval, asked, asOf)];
    expect(known.hash).toBe(whole.hash);
    expect(known).toEqual(whole);
    for (const { closeTime } of whole.series.candles) expect(closeTime).toBeLessThanOrEqual(asOf);
  }
}

describe('cutting a file after a moment leaves what was known by then unchanged', () => {
  it.each(['1m', '15m'] as const)('in made-up candles with holes, asked for %s', (asked) => {
    fc.assert(
      fc.property(rows(80, 200, 2), fc.double({ min: 0.4, max: 1, noNaN: true }), fc.nat(59_999), (made, share, ms) => {
        const text = csvOf(made, '1m');
        const { first, last } = feedOf(text, '1m', unixMs(0)).span(instrument.id, asked);
        const inside = unixMs(Math.floor(first + share * (last - first) - ms));
        const known = feedOf(text, '1m', unixMs(0)).span(instrument.id, '1m');
        const cut = unixMs(Math.max(first, Math.min(inside, known.last)));
        const early = unixMs(Math.floor(first + (cut - first) / 2));
        // A shorter file ends with its own last candle: only moments that it can speak of are compared.
        const end = feedOf(cutAfter(text, '1m', cut), '1m', unixMs(0)).span(instrument.id, asked).last;
        const moments = [early, cut].map((moment) => unixMs(Math.min(moment, end)));
        expectNoPeeking(text, '1m', asked, cut, moments);
      }),
      { numRuns: 60 },
    );
  });

  it('in real hours and in four hours made of them', () => {
    if (notRunWithoutShared('no peeking in real candles')) return;
    const [header = '', ...lines] = gunzipSync(readFileSync(candleFile('binance-BTCUSDT-1h.csv.gz')))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    fc.assert(
      fc.property(
        fc.nat(lines.length - 3000),
        fc.integer({ min: 400, max: 2900 }),
        fc.constantFrom<Interval>('1h', '4h'),
        (from, length, asked) => {
          const text = [header, ...lines.slice(from, from + 3000)].join('\n');
          const cutLine = lines[from + length] ?? '';
          const cut = unixMs(Number(cutLine.split(',')[0]) + INTERVAL_MS['1h']);
          const end = feedOf(cutAfter(text, '1h', cut), '1h', unixMs(0)).span(instrument.id, asked).last;
          expectNoPeeking(text, '1h', asked, cut, [end, unixMs(end - 40 * INTERVAL_MS['1h'])]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a feed over candles', () => {
  it('never shows a candle that closes after its clock', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows(30, 80, 2),
        fc.nat(20),
        fc.constantFrom<Interval>('1m', '5m'),
        async (made, start, asked) => {
          const { series } = parseCandleCsv(csvOf(made, '1m'), '1m', 'p');
          const clock = new TestClock(unixMs(series.candles[start]?.closeTime ?? 0));
          const feed = createSeriesFeed({ source: { kind: 'imported' }, name: 'p', instrument, series, clock });
          const { token } = createAbortSource();
          for (let after = clock.now(); ; ) {
            const candle = await feed.next(instrument.id, asked, after, token);
            if (candle === undefined) break;
            expect(candle.closeTime).toBeGreaterThan(after);
            expect(candle.closeTime).toBeLessThanOrEqual(clock.now());
            const newest = feed.history(instrument.id, asked, clock.now(), 1).series.candles[0];
            expect(newest).toEqual(candle);
            after = candle.closeTime;
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
