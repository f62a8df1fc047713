import { type Hash, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { FamilyName, FamilyParameters } from '#core/domain/strategy.ts';
import { countBefore } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { Measure } from '#core/statistics/figure.ts';
import { planWalkForward } from '#core/statistics/walk-forward.ts';
import { loadRun, type RunSource } from '../candle-data.ts';
import { dailySharpeOf } from '../daily-sharpe.ts';
import { labFamily } from '../families.ts';
import { loadNews, type NewsFiles } from '../news-file.ts';
import { createPlayer } from '../play.ts';
import { judgeTrial } from '../play-trial.ts';
import type { RunSetup, TrialResult } from '../protocol.ts';
import { configurationsOf } from './configurations.ts';
import { REGIME_WINDOWS } from './windows.ts';

/** Candles cut out between training and test: more than an agent holds a position, twice. */
const PURGE = 100;
const FOLDS = 4;
const TRAIN_SHARE = 0.15;

export type FamilyStudyTask = {
  readonly source: RunSource;
  readonly setup: Omit<RunSetup, 'strategy'>;
  readonly family: FamilyName;
  /** For a family that reads them. */
  readonly news?: NewsFiles;
};

export type PlayedWindow = {
  readonly kind: string;
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly candles: number;
  /** From the first open to the last close: what buying and holding would have made before costs. */
  readonly held: number;
  /** One result for each configuration, in their order. */
  readonly results: readonly {
    readonly trades: number;
    readonly totalReturn: Measure;
    readonly maxDrawdown: Measure;
  }[];
};

export type PlayedFold = {
  readonly from: UnixMs;
  readonly to: UnixMs;
  /** Place of the configuration that was best in training; undefined where none had a score. */
  readonly chosen: number | undefined;
  readonly trades: number;
  readonly totalReturn: Measure | undefined;
};

/** What one family came to on one set of candles. */
export type FamilyStudy = {
  readonly family: FamilyName;
  readonly dataHash: string;
  readonly newsHash?: Hash;
  readonly candles: number;
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly configurations: readonly {
    readonly params: FamilyParameters;
    readonly trades: number;
    /** Daily returns of all windows put together. */
    readonly returns: Float64Array;
    readonly dailySharpe: number | null;
  }[];
  readonly windows: readonly PlayedWindow[];
  readonly folds: readonly PlayedFold[];
  /** Daily returns of the tests put together: no choice has seen them. */
  readonly outOfSample: Float64Array;
};

/** Every configuration over every window with an account of its own, and a walk-forward over all candles. Each run pays its costs. */
export function playFamily({ source, setup, family, news: files }: FamilyStudyTask): FamilyStudy {
  const data = loadRun(source);
  const { columns, dataHash } = data;
  const lab = labFamily(family);
  const news = files === undefined ? undefined : loadNews(files);
  const play = createPlayer(data, { ...setup, strategy: family }, { many: true, news });
  const configurations = configurationsOf(family, INTERVAL_MS[columns.interval] / 60_000, news?.sources);

  /** What lies before `from` only warms the indicators up, and nothing is decided there. */
  const run = (params: FamilyParameters, from: number, to: number): TrialResult => {
    const warmUp = lab.warmUp(params);
    const period = { from: openAt(columns, Math.max(0, from - warmUp)), to: closeAt(columns, to - 1) };
    return judgeTrial(play(params, period).outcome, openAt(columns, from));
  };

  const returns: Float64Array[][] = configurations.map(() => []);
  const trades = configurations.map(() => 0);
  const windows = REGIME_WINDOWS.flatMap(({ kind, from, to }): PlayedWindow[] => {
    const [first, end] = [countBefore(columns.openTime, from), countBefore(columns.openTime, to)];
    if (end - first < 2) return [];
    const results = configurations.map((params, place) => {
      const result = run(params, first, end);
      returns[place]?.push(result.returns ?? new Float64Array());
      trades[place] = (trades[place] ?? 0) + result.trades;
      return { trades: result.trades, totalReturn: result.totalReturn, maxDrawdown: result.maxDrawdown };
    });
    const held = (columns.close[end - 1] as number) / (columns.open[first] as number) - 1;
    return [{ kind, from: openAt(columns, first), to: closeAt(columns, end - 1), candles: end - first, held, results }];
  });
  const { folds, outOfSample } = walkForward(columns, configurations, run);
  return {
    family,
    dataHash,
    ...(news === undefined ? {} : { newsHash: news.hash }),
    candles: columns.length,
    from: openAt(columns, 0),
    to: closeAt(columns, columns.length - 1),
    configurations: configurations.map((params, place) => {
      const all = joined(returns[place] ?? []);
      return { params, trades: trades[place] ?? 0, returns: all, dailySharpe: dailySharpeOf(all) };
    }),
    windows,
    folds,
    outOfSample,
  };
}

/** Chooses in each training by the Sharpe ratio of a day, tests on candles that no choice has seen, with a purge between the two. */
function walkForward(
  columns: CandleColumns,
  configurations: readonly FamilyParameters[],
  run: (params: FamilyParameters, from: number, to: number) => TrialResult,
): Pick<FamilyStudy, 'folds' | 'outOfSample'> {
  const { length } = columns;
  const trainLength = Math.floor(length * TRAIN_SHARE);
  const { splits } = planWalkForward({
    length,
    kind: 'rolling',
    trainLength,
    testLength: Math.max(1, Math.ceil((length - trainLength - PURGE) / FOLDS)),
    purge: PURGE,
    embargo: 0,
    holdoutLength: 0,
  });
  const tests: Float64Array[] = [];
  const folds = splits.map(({ train: [train], test }): PlayedFold => {
    if (train === undefined) throw new Error('a fold without training');
    const scores = configurations.map(
      (params) => run(params, train.from, train.to).dailySharpe ?? Number.NEGATIVE_INFINITY,
    );
    const best = Math.max(...scores);
    const place = best === Number.NEGATIVE_INFINITY ? undefined : scores.indexOf(best);
    const moments = { from: openAt(columns, test.from), to: closeAt(columns, test.to - 1) };
    const params = place === undefined ? undefined : configurations[place];
    if (params === undefined) return { ...moments, chosen: undefined, trades: 0, totalReturn: undefined };
    const tested = run(params, test.from, test.to);
    tests.push(tested.returns ?? new Float64Array());
    return { ...moments, chosen: place, trades: tested.trades, totalReturn: tested.totalReturn };
  });
  return { folds, outOfSample: joined(tests) };
}

const openAt = ({ openTime }: CandleColumns, index: number): UnixMs => unixMs(openTime[index] as number);
const closeAt = ({ openTime, interval }: CandleColumns, index: number): UnixMs =>
  unixMs((openTime[index] as number) + INTERVAL_MS[interval]);

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
