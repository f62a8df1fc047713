import { atr } from '#core/context/indicators/atr.ts';
import { trueRange } from '#core/context/indicators/true-range.ts';
import { numberText } from '../../kernel/number-text.ts';
import type { NewsReading } from '../../news/types.ts';
import { type Columns, newest } from '../columns.ts';
import type { AgentView } from '../types.ts';
import { WILDER } from './wilder.ts';

/** Value of a column `ago` candles before the newest. Throws RangeError before its beginning, which the warm-up should have ruled out. */
export function before(name: string, column: Float64Array, ago: number): number {
  const value = column[column.length - 1 - ago];
  if (value === undefined || !Number.isFinite(value)) throw new RangeError(`${name} has no value ${ago} candles ago`);
  return value;
}

/** A value of the columns as a price in words. */
export const pricesOf =
  ({ unit }: Columns) =>
  (value: number): string =>
    numberText(value * unit);

/** ATR(14) without the newest candle: what a candle usually spans, against which the newest one can be measured. */
export function usualRange({ high, low, close }: Columns): number {
  const end = close.length - 1;
  return newest('ATR', atr(high.subarray(0, end), low.subarray(0, end), close.subarray(0, end), WILDER));
}

/** How many usual ranges the newest candle spans; undefined where candles have no range at all. */
export function rangesSpanned(columns: Columns): number | undefined {
  const usual = usualRange(columns);
  const spanned = trueRange(
    newest('high', columns.high),
    newest('low', columns.low),
    before('close', columns.close, 1),
  );
  // In units of the newest close: below a billionth is the rounding noise of a market that does not move.
  return usual > 1e-9 ? spanned / usual : undefined;
}

/** Mean volume of `candles` candles, `skipped` newest ones left out. */
export function meanVolume({ volume }: Columns, candles: number, skipped: number): number {
  const end = volume.length - skipped;
  const part = volume.subarray(Math.max(0, end - candles), end);
  return part.length === 0 ? 0 : part.reduce((sum, value) => sum + value, 0) / part.length;
}

/**
 * The news of the moment; undefined where none is followed. Throws RangeError on a reading of a later moment: a decision that has seen
 * the future is a bug that must stop the run, not a reason to hold.
 */
export function newsOf({ news, asOf }: AgentView): NewsReading | undefined {
  if (news !== undefined && (news.asOf > asOf || (news.event?.publishedAt ?? 0) > asOf))
    throw new RangeError(`news of ${news.asOf} were read for a decision at ${asOf}`);
  return news;
}
