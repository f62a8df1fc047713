/**
 * An indicator fed one value at a time. It answers NaN until it has seen enough, and from then on exactly, bit for bit, what the
 * batch form of the same file answers at that index. Inputs must be finite; candles are checked before they get here.
 */
export type ValueStream = { next(value: number): number };

/** The same, fed with one closed candle's high, low and close. */
export type CandleStream = { next(high: number, low: number, close: number): number };

/**
 * Below this a sum or variance counts as zero. The reference library's own absolute threshold: part of being equal to it, and the
 * reason why prices of a millionth should be scaled up first (`build-context.ts` divides by the last close).
 */
export const ZERO_BELOW = 1e-14;

/** True for numbers so close to zero, on either side, that dividing by them means nothing. */
export const nearZero = (value: number): boolean => value > -ZERO_BELOW && value < ZERO_BELOW;
