import { checkLengths } from './check-period.ts';

const DAY_MS = 86_400_000;

/**
 * Volume-weighted average price since the day began (UTC): sum of typical price x volume over sum of volume, where the typical price is the mean of
 * high, low and close. Not a number while nothing was traded on that day. The first day is only whole when the candles begin with it.
 */
export function vwap(
  openTime: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
): Float64Array {
  checkLengths('vwap', openTime, high, low, close, volume);
  const out = new Float64Array(close.length);
  let day = Number.NaN;
  let paid = 0;
  let traded = 0;
  for (let i = 0; i < close.length; i++) {
    const now = Math.floor((openTime[i] as number) / DAY_MS);
    if (now !== day) {
      day = now;
      paid = 0;
      traded = 0;
    }
    const size = volume[i] as number;
    paid += (((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3) * size;
    traded += size;
    out[i] = traded > 0 ? paid / traded : Number.NaN;
  }
  return out;
}
