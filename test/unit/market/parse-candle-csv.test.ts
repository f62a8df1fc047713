import { describe, expect, it } from 'vitest';
import { Fault } from '#core/kernel/fault.ts';
import { parseCandleCsv } from '#core/market/parse-candle-csv.ts';
import { HEADER } from '#test/support/candle-builders.ts';

const MINUTE = 60_000;
const at = (minute: number): number => 1_704_067_200_000 + minute * MINUTE;
const row = (minute: number, rest = '10,12,9,11,5'): string => `${at(minute)},${rest}`;
const file = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

function refusal(text: string, interval: '1m' | '1h' = '1m'): Fault {
  try {
    parseCandleCsv(text, interval, 'prices.csv');
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('a good file', () => {
  it('gives candles with open and close time, oldest first', () => {
    const { series, gaps } = parseCandleCsv(file(row(0, '10,12.5,9.25,11,0'), row(1)), '1m', 'prices.csv');
    expect(series).toEqual({
      interval: '1m',
      candles: [
        { openTime: at(0), closeTime: at(1), open: 10, high: 12.5, low: 9.25, close: 11, volume: 0 },
        { openTime: at(1), closeTime: at(2), open: 10, high: 12, low: 9, close: 11, volume: 5 },
      ],
    });
    expect(gaps).toEqual([]);
  });

  it('may have Windows line ends and no last newline', () => {
    const plain = parseCandleCsv(file(row(0), row(1)), '1m', 'prices.csv');
    const windows = `${HEADER}\r\n${row(0)}\r\n${row(1)}`;
    expect(parseCandleCsv(windows, '1m', 'prices.csv')).toEqual(plain);
  });

  it('may have holes, which are reported and not filled', () => {
    const { series, gaps } = parseCandleCsv(file(row(0), row(1), row(5), row(6)), '1m', 'prices.csv');
    expect(series.candles).toHaveLength(4);
    expect(gaps).toEqual([{ after: at(1), before: at(5), missing: 3 }]);
  });

  it('reads every number as the float that its text names', () => {
    const texts = ['0.1', '69514.07', '0.00000123', '123456789012345', '105137.20000000', '3.14159265358979'];
    for (const text of texts) {
      const [candle] = parseCandleCsv(file(row(0, `${text},${text},${text},${text},1`)), '1m', 'p').series.candles;
      expect(candle?.open).toBe(Number(text));
    }
  });

  it('may have a volume with the 17 digits that adding floats leaves', () => {
    const [candle] = parseCandleCsv(file(row(0, '1,1,1,1,0.9504653900000001')), '1m', 'p').series.candles;
    expect(candle?.volume).toBe(0.9504653900000001);
  });
});

describe('a bad row refuses the file with its line number', () => {
  it.each([
    ['a column too few', '10,12,9,11', /line 3: 5 columns instead of 6/],
    ['a column too many', '10,12,9,11,5,6', /line 3: 7 columns instead of 6/],
    ['a word', '10,12,9,eleven,5', /line 3: close is not a plain number \("eleven"\)/],
    ['nothing', '10,,9,11,5', /line 3: high is empty/],
    ['a space', '10, 12,9,11,5', /line 3: high is not a plain number/],
    ['an exponent', '10,1e5,9,11,5', /line 3: high is not a plain number/],
    ['hexadecimal', '0x10,12,9,11,5', /line 3: open is not a plain number/],
    ['a bare point', '.5,12,9,11,5', /line 3: open is not a plain number/],
    ['two points', '1.2.3,12,9,11,5', /line 3: open is not a plain number/],
    ['NaN', '10,12,NaN,11,5', /line 3: low is not a finite number/],
    ['infinity', '10,Infinity,9,11,5', /line 3: high is not a finite number/],
    ['a negative price', '10,12,-9,11,5', /line 3: low is negative/],
    ['a negative volume', '10,12,9,11,-5', /line 3: volume is negative/],
    ['a zero price', '10,12,0,11,5', /line 3: low is zero/],
    ['16 digits of a price', '10,12.34567890123456,9,11,5', /line 3: high has more than 15 significant digits/],
    ['18 digits of a volume', '10,12,9,11,5.12345678901234567', /line 3: volume has more than 17 significant digits/],
    ['a high under the open', '13,12,9,11,5', /line 3: high 12 and low 9 do not enclose open 13 and close 11/],
    ['a low above the close', '12,12,11.5,11,5', /line 3: high 12 and low 11.5 do not enclose/],
  ])('%s', (_, fields, message) => {
    const fault = refusal(file(row(0), row(1, fields), row(2)));
    expect(fault.code).toBe('bad_data');
    expect(fault.message).toMatch(/^prices\.csv has 1 bad row: /);
    expect(fault.message).toMatch(message);
    expect(fault.remedy).not.toBe('');
  });

  it('an empty row in the middle', () => {
    expect(refusal(file(row(0), '', row(1))).message).toContain('line 3: the row is empty');
  });

  it('a timestamp that stands twice', () => {
    const fault = refusal(file(row(0), row(1), row(1), row(2)));
    expect(fault.message).toContain(`line 4: timestamp ${at(1)} stands twice`);
    expect(fault.remedy).toContain('one row for each timestamp');
  });

  it('rows that go back in time', () => {
    const fault = refusal(file(row(0), row(2), row(1), row(3)));
    expect(fault.message).toContain(`line 4: timestamp ${at(1)} is earlier than the row before it`);
    expect(fault.remedy).toContain('Sort');
  });

  it('names the first five lines and counts the others', () => {
    const fault = refusal(file(...Array.from({ length: 30 }, (_, i) => row(i, '1,2,0,1,1'))));
    expect(fault.message).toMatch(/^prices\.csv has 30 bad rows: line 2: .*; line 6: low is zero; and 25 more\.$/);
  });

  it.each([
    ['in seconds', '1704067260', /not the start of a 1h interval \(it looks like seconds/],
    ['in microseconds', '1704067200000000', /too large for milliseconds/],
    ['with a fraction', '1704067200000.5', /not a whole number/],
    ['as a date', '2024-01-01', /timestamp is not a plain number/],
  ])('a timestamp %s', (_, time, message) => {
    const fault = refusal(file(`${time},10,12,9,11,5`), '1h');
    expect(fault.message).toMatch(message);
    expect(fault.remedy).toMatch(/timestamp/);
  });
});

describe('a file of another interval', () => {
  it('that is finer is refused and named', () => {
    const fault = refusal(file(...Array.from({ length: 90 }, (_, i) => row(i * 5))), '1h');
    expect(fault.message).toContain('is not the start of a 1h interval');
    expect(fault.message).toContain('The file seems to have 5m candles.');
  });

  it('that is coarser is refused, because its candles would show the future', () => {
    const fault = refusal(file(row(0), row(60), row(120), row(300)), '1m');
    expect(fault.message).toContain('the file seems to have 1h candles and not 1m ones');
    expect(fault.remedy).toContain('Ask for 1h candles');
  });

  it('is not suspected when two rows stand next to each other', () => {
    expect(parseCandleCsv(file(row(0), row(60), row(61), row(120)), '1m', 'p').series.candles).toHaveLength(4);
  });
});

describe('no table of candles', () => {
  it.each([
    ['an empty text', '', /is empty/],
    ['blank lines', '\n\n', /is empty/],
    ['a header alone', `${HEADER}\n`, /holds a header and no candle/],
    ['other columns', 'time,open,high,low,close,volume\n', /line 1: the header is "time,open/],
    ['no header', `${row(0)}\n`, /line 1: the header is/],
    ['another separator', HEADER.replaceAll(',', ';'), /line 1: the header is/],
  ])('%s is refused', (_, text, message) => {
    const fault = refusal(text);
    expect(fault.message).toMatch(message);
    expect(`${fault.message} ${fault.remedy}`).toContain(HEADER);
  });
});
