import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
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
  const { openTime, open, high, low, close, volume, length } = columns;
  for (const column of COLUMNS)
    if (columns[column].length !== length)
      throw bad(`${name}: ${columns[column].length} values of ${column} for ${length} candles`);
  if (length === 0) throw bad(`${name} holds no candle`);
  const step = INTERVAL_MS[columns.interval];
  let previous = Number.NEGATIVE_INFINITY;
  let count = 0;
  let missing = 0;
  for (let i = 0; i < length; i++) {
    const time = openTime[i] as number;
    const [o, h, l, c, v] = [
      open[i] as number,
      high[i] as number,
      low[i] as number,
      close[i] as number,
      volume[i] as number,
    ];
    const sound =
      l > 0 &&
      h >= o &&
      h >= c &&
      l <= o &&
      l <= c &&
      h < Number.POSITIVE_INFINITY &&
      v >= 0 &&
      v < Number.POSITIVE_INFINITY;
    if (!sound) throw bad(`${name}: the candle of ${momentOf(time)} ${faultOf(columns, i) ?? 'is impossible'}`);
    if (!Number.isSafeInteger(time) || time % step !== 0)
      throw bad(`${name}: candle ${i} opens at ${time}, which is not a whole ${columns.interval} interval`);
    if (!(time > previous))
      throw bad(`${name}: time goes backwards: ${momentOf(time)} comes after ${momentOf(previous)}`);
    if (i > 0 && time !== previous + step) {
      count += 1;
      missing += (time - previous) / step - 1;
    }
    previous = time;
  }
  return { count, missing };
}

const momentOf = (time: number): string => (Number.isSafeInteger(time) ? utcText(time as UnixMs) : String(time));
