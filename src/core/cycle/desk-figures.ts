import { atr } from '../context/indicators/atr.ts';
import { trueRange } from '../context/indicators/true-range.ts';
import type { CandleSeries, ClosedCandle } from '../domain/candle.ts';
import { add, type Decimal, formatDecimal, subtract } from '../domain/decimal.ts';
import type { Price } from '../domain/money.ts';
import { exactBps } from '../risk/limits.ts';
import type { DeskMark } from './desk-risk.ts';

const ATR_PERIOD = 14;

/** How a position came to its end. */
export const CLOSING_WORDS = {
  stop: 'the stop was hit',
  target: 'the target was reached',
  exit: 'the agent left',
  flatten: 'closed at market',
  entry: 'entered',
} as const;

/** What one unit loses from entry to stop, both fees included: the R that results are measured in. */
export const riskOfUnit = (entry: Price, stop: Price, feeBps: Decimal): Decimal =>
  add(subtract(entry, stop), exactBps(add(entry, stop), feeBps));

/** Wilder's step from the ATR of the mark before. */
export const atrAfter = (before: DeskMark | undefined, { high, low }: ClosedCandle): number =>
  before === undefined
    ? high - low
    : (before.atr * (ATR_PERIOD - 1) + trueRange(high, low, Number(formatDecimal(before.price)))) / ATR_PERIOD;

/** ATR(14) of the newest candle, in quote; 0 when there are too few candles, which sizing refuses. */
export function atrNow(series: CandleSeries): number {
  const { candles } = series;
  const high = new Float64Array(candles.length);
  const low = new Float64Array(candles.length);
  const close = new Float64Array(candles.length);
  for (let i = 0; i < candles.length; i++) {
    const candle = candles[i] as ClosedCandle;
    high[i] = candle.high;
    low[i] = candle.low;
    close[i] = candle.close;
  }
  const values = atr(high, low, close, ATR_PERIOD);
  const last = values.at(-1);
  return last === undefined || Number.isNaN(last) ? 0 : last;
}
