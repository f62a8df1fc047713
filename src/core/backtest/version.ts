/**
 * Part of every run hash. Raise it with any change after which the same inputs may give another result: fills, fees, order of events,
 * rules of a family.
 */
export const BACKTEST_CODE_VERSION = 2;
