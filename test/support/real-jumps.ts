import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseCandleColumns } from '#core/market/parse-candle-csv.ts';
import { candleFile } from './shared-material.ts';

const FILES = ['binance-BTCUSDT-1m.csv.gz', 'bybit-BTCUSDT-1m.csv.gz', 'kraken-BTCUSD-1m.csv.gz'];
/** A fall of at least this much within a minute counts as a jump. */
const LEAST = 0.003;

/** Falls within one minute in recorded markets, as fractions; larger ones than the stated gap are left to the part that reports overshoot. */
export function realJumps(most: number): readonly number[] {
  return FILES.flatMap((name) => {
    const text = gunzipSync(readFileSync(candleFile(name))).toString('utf8');
    const { close } = parseCandleColumns(text, '1m', name).columns;
    return Array.from(close.subarray(1), (price, i) => 1 - price / (close[i] ?? price)).filter(
      (fall) => fall >= LEAST && fall <= most,
    );
  });
}
