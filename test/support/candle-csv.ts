import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Interval } from '#core/domain/interval.ts';
import { HEADER } from './candle-builders.ts';
import { tapeOf, trendCloses } from './candle-tapes.ts';

const HISTORY = 1_100;
const LIFE = 60;

export type CsvMarket = {
  readonly rows: readonly string[];
  /** Moment with enough history behind it and a whole agent's life before it. */
  readonly decision: number;
  readonly interval: Interval;
};

/** A rising market, long enough for an assessment: rows of text, oldest first. */
export function risingMarket(interval: Interval = '1h'): CsvMarket {
  const { candles } = tapeOf(trendCloses(HISTORY + LIFE, 0.0008, 20_000), interval);
  const two = (value: number): string => value.toFixed(2);
  const rows = candles.map(({ openTime, open, high, low, close, volume }) => {
    const [o, c] = [two(open), two(close)];
    const [h, l] = [Math.max(high, Number(o), Number(c)), Math.min(low, Number(o), Number(c))];
    return [openTime, o, two(h + 0.01), two(l - 0.01), c, two(volume)].join(',');
  });
  return { rows, decision: candles[HISTORY - 1]?.closeTime ?? 0, interval };
}

export const csvText = (rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

/** Writes a CSV file, gzipped when its name ends in `.gz`; answers the path. */
export function writeCsv(path: string, rows: readonly string[]): string {
  const text = csvText(rows);
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}
