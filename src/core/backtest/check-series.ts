import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
import { PART } from '../kernel/parts.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { CandleColumns } from '../market/types.ts';
import type { BacktestGaps } from './types.ts';

const COLUMNS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

const bad = (message: string): Fault =>
  new Fault('bad_data', message, 'Check the candles, for example with `mt data check`; nothing was played.');

/** Why one candle is none, in words; undefined when it is sound. */
function faultOf(columns: CandleColumns, i: number): string | undefined {
  const open = columns.open[i] as number;
  const high = columns.high[i] as number;
  const low = columns.low[i] as number;
  const close = columns.close[i] as number;
  const volume = columns.volume[i] as number;
  for (const value of [open, high, low, close, volume])
    if (!Number.isFinite(value)) return `holds ${value}, which is not a finite number`;
  if (!(low > 0)) return `has a price of ${Math.min(open, high, low, close)}; prices are above zero`;
  if (high < open || high < close || low > open || low > close || low > high)
    return `is impossible: open ${open}, high ${high}, low ${low}, close ${close}`;
  return volume < 0 ? `has a negative volume of ${volume}` : undefined;
}

/**
 * Refuses columns that no market can have made and answers their holes. Throws Fault('bad_data') that names the first candle. The common
 * case is one pass of comparisons over each candle; words are only looked for when one fails.
 */
export function checkSeries(columns: CandleColumns, name: string): BacktestGaps {
  const { openTime, length } = columns;
  for (const column of COLUMNS)
    if (columns[column].length !== length)
      throw bad(`${name}: ${columns[column].length} values of ${column} for ${length} candles`);
  if (length === 0) throw bad(`${name} holds no candle`);
  const step = INTERVAL_MS[columns.interval];
  let count = 0;
  let missing = 0;
  for (let i = 0; i < length; ) {
    const next = i === 0 ? 0 : plainUntil(columns, step, i, Math.min(length, i + PART));
    if (next > i) {
      i = next;
      continue;
    }
    const time = openTime[i] as number;
    const previous = i === 0 ? Number.NEGATIVE_INFINITY : (openTime[i - 1] as number);
    const fault = faultOf(columns, i);
    if (fault !== undefined) throw bad(`${name}: the candle of ${momentOf(time)} ${fault}`);
    if (!Number.isSafeInteger(time) || time % step !== 0)
      throw bad(`${name}: candle ${i} opens at ${time}, which is not a whole ${columns.interval} interval`);
    if (!(time > previous))
      throw bad(`${name}: time goes backwards: ${momentOf(time)} comes after ${momentOf(previous)}`);
    if (i > 0 && time !== previous + step) {
      count += 1;
      missing += (time - previous) / step - 1;
    }
    i += 1;
  }
  return { count, missing };
}

/**
 * From `begin` on, the first candle that needs a careful look: one that is not sound, or does not open right after the one before. No
 * division, and every value in a variable of its own: taken apart as an array they leave 150 bytes of garbage for each candle.
 */
function plainUntil(columns: CandleColumns, step: number, begin: number, end: number): number {
  const { openTime, open, high, low, close, volume } = columns;
  let expected = (openTime[begin - 1] as number) + step;
  for (let i = begin; i < end; i++) {
    const o = open[i] as number;
    const h = high[i] as number;
    const l = low[i] as number;
    const c = close[i] as number;
    const v = volume[i] as number;
    const sound =
      l > 0 &&
      h >= o &&
      h >= c &&
      l <= o &&
      l <= c &&
      h < Number.POSITIVE_INFINITY &&
      v >= 0 &&
      v < Number.POSITIVE_INFINITY;
    if (!sound || openTime[i] !== expected || expected > Number.MAX_SAFE_INTEGER) return i;
    expected += step;
  }
  return end;
}

const momentOf = (time: number): string => (Number.isSafeInteger(time) ? utcText(time as UnixMs) : String(time));
