import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { columnsOfCandles, gapsOfTimes, seriesOfColumns, sliceByTime } from '#core/market/candle-columns.ts';
import { candleRows } from '#core/market/candle-csv-text.ts';
import { findGaps } from '#core/market/candle-series.ts';
import { judgeRow } from '#core/market/judge-candle-row.ts';
import { CANDLE_CSV_HEADER, parseCandleColumns, parseCandleCsv } from '#core/market/parse-candle-csv.ts';
import { scanCandleRow } from '#core/market/scan-candle-row.ts';
import { BASE_TIME, csvOf, rows, seriesOf } from '#test/support/candle-builders.ts';
import * as fc from '../support/seeded-check.ts';

describe('columns', () => {
  it('are the candles they were made of, and know the same holes', () => {
    fc.assert(
      fc.property(rows(1, 50, 5), (written) => {
        const series = seriesOf(written, '5m');
        const columns = columnsOfCandles(series.candles, '5m');
        expect(seriesOfColumns(columns)).toEqual(series);
        expect(gapsOfTimes(columns.openTime, '5m')).toEqual(findGaps(series.candles, '5m'));
      }),
    );
  });

  it('are cut by time as filtering would, and share the memory of the whole', () => {
    fc.assert(
      fc.property(rows(1, 50, 5), fc.nat(300), fc.nat(300), (written, a, b) => {
        const { candles } = seriesOf(written, '1m');
        const columns = columnsOfCandles(candles, '1m');
        const [from, to] = [a, b].map((slot) => unixMs(BASE_TIME + slot * INTERVAL_MS['1m']));
        const part = sliceByTime(columns, from, to);
        const wanted = candles.filter(({ openTime }) => openTime >= (from ?? 0) && openTime < (to ?? 0));
        expect(seriesOfColumns(part).candles).toEqual(wanted);
        expect(part.close.buffer).toBe(columns.close.buffer);
      }),
    );
  });

  it('written as text and read again give the same text, byte for byte', () => {
    fc.assert(
      fc.property(rows(2, 50, 3), (written) => {
        const text = csvOf(written, '1m');
        const { columns } = parseCandleColumns(text, '1m', 'p');
        expect(`${CANDLE_CSV_HEADER}\n${candleRows(columns, 0, columns.length)}`).toBe(text);
        expect(seriesOfColumns(columns)).toEqual(parseCandleCsv(text, '1m', 'p').series);
      }),
    );
  });
});

describe('the quick look at a row', () => {
  const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
  const field = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(digits(9), digits(8)).map((parts) => parts.join('.')) },
    { weight: 4, arbitrary: digits(13) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '.5',
        '5.',
        '1.2.3',
        '-1',
        '1e5',
        ' 1',
        'NaN',
        '1234567890123456',
        '0.1234567890123456',
        '٣',
      ),
    },
  );
  const end = fc.constantFrom('\n', '\r\n', '', '\r', '\n\n', ',', '\r\r\n');

  it('either reads what the careful look reads or leaves the row to it', () => {
    let quick = 0;
    fc.assert(
      fc.property(fc.array(field, { minLength: 4, maxLength: 8 }), end, (fields, ending) => {
        const line = fields.join(',');
        const row = new Float64Array(6);
        const next = scanCandleRow(`#${line}${ending}7,`, 1, row);
        if (next < 0) return;
        quick += 1;
        const careful = new Float64Array(6);
        judgeRow(line, careful, Number.NEGATIVE_INFINITY, '1m');
        expect(fields).toHaveLength(6);
        expect(row).toEqual(careful);
        expect([...row]).toEqual(fields.map(Number));
        expect(`#${line}${ending}`.slice(0, next)).toMatch(/\n$/);
        expect(next).toBe(1 + line.length + (ending.startsWith('\r') ? 2 : 1));
      }),
      { numRuns: 3000 },
    );
    expect(quick).toBeGreaterThan(50);
  });
});
