import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { isInterval } from '#core/domain/interval.ts';
import { parseCandleColumns } from '#core/market/parse-candle-csv.ts';
import { optionsFor, played } from '../support/backtest-builders.ts';
import { candleFile, candleFileNames, notRunWithoutShared, referenceCross } from '../support/shared-material.ts';

const absent = notRunWithoutShared('sma-cross against the reference script');

type Reference = {
  readonly bars: number;
  readonly trades: number;
  readonly openPosition: boolean;
  readonly finalEquity: string;
  readonly feesPaid: string;
  readonly firstTrade: { readonly entryTime: number; readonly exitTime: number } | null;
  readonly lastTrade: { readonly entryTime: number; readonly exitTime: number } | null;
};

const askReference = (path: string, options: Readonly<Record<string, number>>): Reference => {
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return JSON.parse(
    execFileSync(process.execPath, [referenceCross, path, ...flags], { encoding: 'utf8' }),
  ) as Reference;
};

function columnsOf(name: string) {
  const interval =
    name
      .replace(/\.csv(\.gz)?$/, '')
      .split('-')
      .at(-1) ?? '';
  if (!isInterval(interval)) throw new Error(`no interval in ${name}`);
  const bytes = readFileSync(candleFile(name));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return parseCandleColumns(text, interval, name).columns;
}

describe.runIf(!absent)('sma-cross against the reference script', () => {
  const settings = [
    { fast: 20, slow: 50, 'fee-bps': 10, cash: 1_000_000 },
    { fast: 3, slow: 9, 'fee-bps': 7.5, cash: 50_000 },
  ] as const;

  it.each(absent ? [] : candleFileNames())('agrees to the last digit on %s', (name) => {
    const columns = columnsOf(name);
    for (const setting of settings) {
      const expected = askReference(candleFile(name), setting);
      const { fast, slow } = setting;
      const result = played(
        optionsFor(columns, { params: { fast, slow }, feeBps: String(setting['fee-bps']), cash: String(setting.cash) }),
      );
      const { trades } = result;
      expect({
        bars: result.candles,
        trades: trades.count,
        openPosition: result.openPosition !== '0',
        finalEquity: result.finalEquity,
        feesPaid: result.costs.fees,
        first: trades.count === 0 ? null : unixMs(trades.entryTime[0] ?? 0),
        last: trades.count === 0 ? null : unixMs(trades.exitTime.at(-1) ?? 0),
      }).toEqual({
        bars: expected.bars,
        trades: expected.trades,
        openPosition: expected.openPosition,
        finalEquity: expected.finalEquity,
        feesPaid: expected.feesPaid,
        first: expected.firstTrade?.entryTime ?? null,
        last: expected.lastTrade?.exitTime ?? null,
      });
    }
  });
});
