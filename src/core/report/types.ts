import type { BacktestMetrics } from '../statistics/summarise.ts';
import type { EquityRecord, TradeRecord } from '../statistics/types.ts';

/** All that a report shows, as plain data. Every text in it is foreign: it is escaped wherever it is printed. */
export type ReportInput = {
  readonly strategy: string;
  readonly instrument: string;
  readonly interval: string;
  /** Where the candles came from: a file's name, a generator and its seed. */
  readonly source: string;
  readonly params: { readonly [name: string]: number };
  /** Names of the profiles under which the run was played. */
  readonly profiles: { readonly limits: string; readonly costs: string };
  readonly runHash: string;
  readonly dataHash: string;
  readonly seed: number;
  /** Asset in which equity is counted. */
  readonly currency: string;
  /** Exact decimal text, from the ledger of the run. */
  readonly startingCash: string;
  readonly finalEquity: string;
  readonly metrics: BacktestMetrics;
  readonly record: EquityRecord;
  /** Equity of buy and hold at each candle, for the chart. */
  readonly held?: Float64Array;
  readonly trades: readonly TradeRecord[];
  /** Sentences that a reader must know: what was assumed, which data were seen before, which candles are missing. */
  readonly notes?: readonly string[];
};
