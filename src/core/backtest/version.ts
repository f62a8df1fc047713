/**
 * Part of every run hash. Raise it with any change after which the same inputs may give another result: fills, fees, order of events,
 * rules of a family. A change that is only faster keeps it.
 *
 * 1: the first engine.
 * 2: agents keep a position protected while it is being closed and wait for an entry that they have sent; columns know short positions
 *    on margin, interest and liquidation.
 * 3: agents keep the reserve for a stated gap, are closed before they could fall through 5 %, and halt for good at 4.5 %.
 * 4: agents on several markets know what is in which instrument, and what an entry of another may lose until it fills.
 */
export const BACKTEST_CODE_VERSION = 4;
