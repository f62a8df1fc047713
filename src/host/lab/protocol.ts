import type { VenueConditions } from '#core/backtest/portfolio/conditions.ts';
import type { BacktestFailure, Profiles } from '#core/backtest/types.ts';
import type { Hash, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import type { SteppedEnvelope } from '#core/evolution/envelope-steps.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { Measure } from '#core/statistics/figure.ts';
import type { BacktestMetrics } from '#core/statistics/summarise.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ArbitrageView } from '#shared/contract/arbitrage.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import type { CandleSource, RunSource } from './candle-data.ts';
import type { FamilyStudy, FamilyStudyTask } from './family-study/play-family.ts';
import type { NewsFiles } from './news-file.ts';
import type { Curve } from './thin-curve.ts';

/** What all runs of a study have in common; the same for a single back-test. */
export type RunSetup = {
  readonly instrument: Instrument | undefined;
  readonly strategy: string;
  readonly profiles: Profiles;
  readonly feeBps: string;
  readonly cash: string;
  readonly seed: number;
  /** Of the first market; undefined leaves everything to the profiles. */
  readonly venue?: VenueConditions;
  readonly venuePath?: string;
  /** Further markets, in the order of their candles. */
  readonly also?: readonly { readonly instrument: Instrument; readonly venue?: VenueConditions }[];
};

export type RunPeriod = { readonly from?: UnixMs; readonly to?: UnixMs };

/** Candles of a study, in memory that all of its workers share. */
export type StudyData = {
  readonly columns: CandleColumns;
  readonly detail?: CandleColumns;
  readonly also?: readonly CandleColumns[];
  /** Of all of it. */
  readonly dataHash: Hash;
};

/** One run of a study: small enough to keep thousands of. */
export type TrialResult = {
  readonly runHash: Hash;
  readonly status: 'completed' | 'failed';
  readonly cause: BacktestFailure['cause'] | null;
  readonly trades: number;
  readonly finalEquity: string | null;
  readonly totalReturn: Measure;
  readonly sharpe: Measure;
  readonly sortino: Measure;
  readonly calmar: Measure;
  readonly maxDrawdown: Measure;
  /** Sharpe ratio of a day, not annualised; null where there are too few days. */
  readonly dailySharpe: number | null;
  /** Null for a failed run. */
  readonly returns: Float64Array | null;
};

type Judged =
  | 'kind'
  | 'id'
  | 'metrics'
  | 'tried'
  | 'createdAt'
  | 'source'
  | 'instrument'
  | 'elapsedMs'
  | 'loadMs'
  | 'candlesPerSecond'
  | 'peakRssMb';

/** What a single back-test sends home: the view but for what only the engine knows. */
export type PlayedRun =
  | {
      readonly status: 'completed';
      /** Of the news that were read. */
      readonly newsHash?: Hash;
      readonly view: Omit<LabRunView, Judged>;
      readonly metrics: BacktestMetrics;
      /** Daily returns, so that the engine can deflate by what was tried before. */
      readonly returns: Float64Array;
      readonly dailySharpe: number | null;
      readonly curve: Curve;
      /** See packed-trades.ts. */
      readonly trades: Float64Array<ArrayBuffer>;
      readonly elapsedMs: number;
      readonly loadMs: number;
    }
  | {
      readonly status: 'failed';
      readonly newsHash?: Hash;
      readonly failure: BacktestFailure;
      readonly dataHash: Hash;
    };

export type LabTask =
  | {
      readonly kind: 'backtest';
      readonly source: RunSource;
      readonly setup: RunSetup;
      readonly params: FamilyParameters;
      readonly period: RunPeriod;
      readonly fillsPath: string | undefined;
      /** News that agents may read. */
      readonly news?: NewsFiles;
    }
  | {
      readonly kind: 'arbitrage';
      readonly request: AppInput<'lab.arbitrage'>;
      /** Candles of each market, in the order of the request. */
      readonly sources: readonly CandleSource[];
    }
  | ({ readonly kind: 'family-study' } & FamilyStudyTask)
  | { readonly kind: 'load'; readonly source: RunSource }
  | { readonly kind: 'begin'; readonly data: StudyData; readonly setup: RunSetup }
  | {
      readonly kind: 'trial';
      readonly params: FamilyParameters;
      readonly period: RunPeriod;
      readonly measureFrom: UnixMs | undefined;
    }
  | WindowsTask;

/** Runs of one genome over several windows, judged as one. */
export type WindowsTask = {
  readonly kind: 'windows';
  /** Of the families of a study, the one that is played. */
  readonly strategy: string;
  readonly params: FamilyParameters;
  /** Undefined for the whole policy. */
  readonly envelope: SteppedEnvelope | undefined;
  readonly windows: readonly { readonly period: RunPeriod; readonly measureFrom: UnixMs }[];
};

export type LabAnswer = {
  readonly windows: TrialResult;
  readonly backtest: PlayedRun;
  readonly arbitrage: ArbitrageView;
  readonly 'family-study': FamilyStudy;
  readonly load: StudyData;
  readonly begin: null;
  readonly trial: TrialResult;
};

export type LabRequest = { readonly id: number; readonly task: LabTask };

export type LabReply =
  | { readonly id: number; readonly kind: 'done'; readonly answer: unknown }
  /** `code` undefined: a bug of ours and no refusal. */
  | {
      readonly id: number;
      readonly kind: 'refused';
      readonly code: string | undefined;
      readonly message: string;
      readonly remedy: string;
    };
