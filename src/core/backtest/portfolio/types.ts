import type { Hash, InstrumentId, UnixMs } from '../../domain/ids.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Interval } from '../../domain/interval.ts';
import type { FamilyParameters } from '../../domain/strategy.ts';
import type { CandleColumns } from '../../market/types.ts';
import type {
  Assumed,
  BacktestCosts,
  BacktestFailure,
  BacktestGaps,
  BacktestOptions,
  EquityColumns,
  FillColumns,
  Profiles,
  TradeColumns,
} from '../types.ts';
import type { VenueConditions } from './conditions.ts';

/** One market that a run trades. */
export type PortfolioMarket = {
  readonly instrumentId: InstrumentId;
  /** The traded series; its interval may differ from those of the other markets. */
  readonly columns: CandleColumns;
  /** Other timeframes of it that a family of columns may look at, each candle only after its close. */
  readonly looked?: readonly CandleColumns[];
  /** Finer candles; where they have holes the coarse candle decides. */
  readonly detail?: CandleColumns;
  readonly instrument?: Instrument;
  readonly venue?: VenueConditions;
};

export type PortfolioOptions = Pick<
  BacktestOptions,
  'strategy' | 'params' | 'from' | 'to' | 'feeBps' | 'cash' | 'seed' | 'profiles'
> & {
  /** All on one account. Where two things happen in the same instant, the earlier in this list comes first. */
  readonly markets: readonly PortfolioMarket[];
};

/** What came of one market. Costs in quote; a fee in another asset is valued at the fill's price, or at the schedule's. */
export type MarketResult = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly assumed?: Assumed;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly candles: number;
  readonly warmUp: number;
  readonly gaps: BacktestGaps;
  readonly openPosition: string;
  /** What is still held, at the last close of this market. */
  readonly openValue: string;
  /** What this market added to the account: sales less purchases, fees and interest, plus what is still held. */
  readonly netPnl: string;
  readonly costs: BacktestCosts;
  readonly turnover: string;
  /** Share of its candles at whose close something was held. */
  readonly exposure: number;
  readonly trades: TradeColumns;
  readonly fills: FillColumns;
  /** Orders that were refused: by the limits, by the gate or by the venue. */
  readonly refused: number;
};

export type PortfolioResult = {
  readonly status: 'completed';
  readonly strategy: string;
  readonly params: FamilyParameters;
  readonly seed: number;
  readonly profiles: Profiles;
  readonly startingCash: string;
  readonly finalCash: string;
  readonly finalEquity: string;
  readonly costs: BacktestCosts;
  readonly turnover: string;
  /** One point for each moment at which a candle of any market closes. */
  readonly equity: EquityColumns;
  /** Share of those points at which something was held. */
  readonly exposure: number;
  readonly markets: readonly MarketResult[];
  /** Over every market's series, detail, rules and conditions, and over everything that a single run's hash covers. */
  readonly runHash: Hash;
};

export type PortfolioOutcome = PortfolioResult | BacktestFailure;
