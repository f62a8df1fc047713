import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { catalogueTable, countPatterns, countTable, shuffled } from '#test/support/pattern-counts.ts';
import { candleFile, notRunWithoutShared } from '#test/support/shared-material.ts';
import { walkCandles } from '#test/support/snapshots.ts';

const notRun = notRunWithoutShared('hits of each pattern on real bitcoin candles');
const doc = readFileSync(resolve(import.meta.dirname, '../../docs/patterns.md'), 'utf8');

describe('docs/patterns.md', () => {
  it('lists the patterns that there are', () => {
    expect(doc).toContain(catalogueTable());
  });
});

describe('a shuffled market', () => {
  it('has the same candles in another order, each with the shape it had', () => {
    const candles = walkCandles(300, 4);
    const other = shuffled(candles, 1);
    const shapes = (given: typeof candles) =>
      given
        .slice(1)
        .map((candle, i) => (candle.close / (given[i]?.close ?? 1)).toFixed(9))
        .toSorted();
    expect(shapes(other)).toEqual(shapes(candles));
    expect(other.map(({ close }) => close)).not.toEqual(candles.map(({ close }) => close));
    expect(other.map(({ openTime }) => openTime)).toEqual(candles.map(({ openTime }) => openTime));
    expect(shuffled(candles, 1)).toEqual(other);
  });
});

describe.skipIf(notRun)('the patterns on BTC 1h and on the same candles shuffled', () => {
  it('occur as docs/patterns.md says: each sometimes, none on more than 5 % of the candles', () => {
    const { candles } = readCandleFile(candleFile('binance-BTCUSDT-1h.csv.gz'), '1h').series;
    const counts = countPatterns(candles, [1, 2, 3]);
    expect(counts.filter(({ hits }) => hits < 20)).toEqual([]);
    expect(counts.filter(({ share }) => share > 0.05)).toEqual([]);
    expect(doc).toContain(`n = ${candles.length.toLocaleString('en-US')} candles`);
    expect(doc).toContain(countTable(counts));
  });
});
