import { describe, expect, it } from 'vitest';
import { equityCsv, metricsCsv, tradesCsv } from '#core/report/report-csv.ts';
import { reportInput } from '#test/support/report-inputs.ts';

const input = reportInput(120, 40);

/** A small reader of RFC 4180, to see what a spreadsheet would. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n)/g)) {
    rows.at(-1)?.push((quoted?.replace(/""/g, '"') ?? plain) as string);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the files of a run', () => {
  it('figures carry value, n, interval and method, or the reason for their lack', () => {
    const rows = readCsv(metricsCsv(input.metrics));
    expect(rows[0]).toEqual(['figure', 'value', 'n', 'low95', 'high95', 'method', 'reason']);
    const byName = new Map(rows.map((row) => [row[0], row]));
    expect(rows.length).toBeGreaterThan(35);
    expect(byName.get('risk.sharpe')?.slice(1, 3).map(Number)).toEqual([expect.any(Number), 120]);
    expect(byName.get('risk.sharpe')?.[5]).toBe('Mertens standard error');
    expect(byName.get('risk.tail99.valueAtRisk')).toEqual([
      'risk.tail99.valueAtRisk',
      '',
      '',
      '',
      '',
      '',
      'not enough data (120 of 500 daily returns)',
    ]);
    for (const row of rows) expect(row).toHaveLength(7);
  });

  it('trades and equity have one row each and times in UTC', () => {
    const trades = readCsv(tradesCsv(input.trades));
    expect(trades).toHaveLength(41);
    expect(trades[1]?.[0]).toMatch(/^2024-\d\d-\d\dT\d\d:00:00Z$/);
    expect(Number(trades[1]?.[9])).toBe(input.trades[0]?.netPnl);
    const equity = readCsv(equityCsv(input.record));
    expect(equity).toHaveLength(1 + 120 * 24);
    expect(equity[1]).toEqual(['2024-01-01T01:00:00Z', String(input.record.equity[0])]);
  });

  it('text that a spreadsheet would run as a formula is disarmed, numbers are not touched', () => {
    const figures = { '=HYPERLINK("x")': { value: -1.5, n: 3 }, '+a,"b"': { undefinable: '@SUM(A1)\nnext' } };
    const rows = readCsv(metricsCsv(figures as unknown as Parameters<typeof metricsCsv>[0]));
    expect(rows[1]?.slice(0, 3)).toEqual([`'=HYPERLINK("x")`, '-1.5', '3']);
    expect(rows[2]?.[0]).toBe(`'+a,"b"`);
    expect(rows[2]?.[6]).toBe('not defined: @SUM(A1)\nnext');
  });
});
