import type { ClosedCandle } from '../domain/candle.ts';
import type { AgentView } from './types.ts';

/**
 * Most candles that a decision looks back on. A fixed window makes a decision independent of how much history was loaded, and 500
 * is over four times the longest average of any family, so what an exponential average inherits from its first value is below 0.1 %.
 */
export const LOOK_BACK = 500;

/** Candles as columns for indicators, divided by the newest close so that very small prices keep their precision. */
export type Columns = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** In base units, as it is: volumes are compared with each other only. */
  readonly volume: Float64Array;
  readonly length: number;
  /** Multiply a column value by this to get a price. */
  readonly unit: number;
};

/** The newest candles that had closed at the moment of the view, oldest first. */
export function closedAt({ series: { candles }, asOf }: AgentView): readonly ClosedCandle[] {
  let end = candles.length;
  while (end > 0 && (candles[end - 1] as ClosedCandle).closeTime > asOf) end--;
  return candles.slice(Math.max(0, end - LOOK_BACK), end);
}

/**
 * The newest closed candles at the moment of the view. Candles that close after `asOf` are cut off here, so that a decision cannot
 * look ahead even when the caller hands over too much. Throws RangeError when a candle is not a finite positive price.
 */
export function columnsAt(view: AgentView): Columns {
  const candles = closedAt(view);
  const { length } = candles;
  const unit = candles.at(-1)?.close ?? 1;
  if (!(unit > 0 && unit < Number.POSITIVE_INFINITY)) throw new RangeError(`the newest close is not a price: ${unit}`);
  const columns = {
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
    length,
    unit,
  };
  for (let i = 0; i < length; i++) {
    const candle = candles[i] as ClosedCandle;
    const sum = candle.high + candle.low + candle.close;
    if (!(candle.low > 0 && sum < Number.POSITIVE_INFINITY))
      throw new RangeError(`the candle of ${candle.openTime} has no valid prices`);
    columns.open[i] = candle.open / unit;
    columns.high[i] = candle.high / unit;
    columns.low[i] = candle.low / unit;
    columns.close[i] = candle.close / unit;
    columns.volume[i] = candle.volume;
  }
  return columns;
}

/** Newest value of an indicator column. Throws RangeError when it is not a number, which the warm-up should have ruled out. */
export function newest(name: string, column: Float64Array): number {
  const value = column[column.length - 1];
  if (value === undefined || !Number.isFinite(value)) throw new RangeError(`${name} has no value yet`);
  return value;
}
