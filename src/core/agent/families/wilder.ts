/** Candles of Wilder's averages (ATR, ADX) wherever a family does not say otherwise: his own choice. */
export const WILDER = 14;
/** After five times its length Wilder's average keeps 0.6 % of where it began. */
export const WILDER_WARM_UP = 5 * WILDER;
