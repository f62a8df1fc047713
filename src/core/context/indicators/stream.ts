/**
 * An indicator fed one value at a time. It answers NaN until it has seen enough, and from then on exactly, bit for bit, what the
 * batch form of the same file answers at that index. Inputs must be finite; candles are checked before they get here.
 */
export type ValueStream = { next(value: number): number };

/** The same, fed with one closed candle's high, low and close. */
export type CandleStream = { next(high: number, low: number, close: number): number };

/*
 * Below 1e-14 a sum or variance counts as zero. The reference library's own absolute threshold: part of being equal to it, and the
 * reason why prices of a millionth should be scaled up first (`build-context.ts` divides by the last close). The number stands in the
 * functions themselves: as a constant of this module it is fetched anew at every candle, which doubles the time of the loops that ask.
 */

/** True for numbers so close to zero, on either side, that dividing by them means nothing. */
export const nearZero = (value: number): boolean => Math.abs(value) < 1e-14;

/** Square root of a variance; one that is rounding noise, or below zero by it, is no variance. */
export const rootOfVariance = (variance: number): number => (variance < 1e-14 ? 0 : Math.sqrt(variance));
