import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import { deflatedSharpe } from '#core/statistics/deflated-sharpe.ts';
import type { BacktestRequest } from '#shared/contract/lab.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { keepFailure, keepRun, runId } from './keep-run.ts';
import type { LabWorker } from './lab-worker.ts';
import { metricFigures } from './metric-figures.ts';
import type { NewsFiles } from './news-file.ts';
import { openRequest } from './open-request.ts';
import type { PlayedRun } from './protocol.ts';
import { configurationHash, triedSoFar } from './tried.ts';

export type LabParts = {
  readonly store: LabStore;
  readonly candles: CandleStore;
  readonly instruments: readonly Instrument[];
  readonly startWorker: () => LabWorker;
  /** Milliseconds since 1970, for when something was made; nothing is decided by it. */
  readonly now: () => number;
};

/** Bytes on Linux are counted in KiB by the system, and by libuv everywhere else too. */
const peakRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** What a worker needs to read news. Throws Fault `usage` where nobody said what is traded: news are about something. */
export function newsOf(
  paths: readonly string[] | undefined,
  instrument: Instrument | undefined,
): { readonly news?: NewsFiles } {
  if (paths === undefined) return {};
  if (instrument === undefined)
    throw new Fault('usage', 'news need to know what is traded', 'Name the instrument, such as BTC/USDT.');
  return { news: { paths, base: instrument.base } };
}

/** Plays one back-test in a thread of its own and keeps what came of it. Throws a Fault for bad input and for a run that failed. */
export async function playAndKeep(request: BacktestRequest, parts: LabParts, worker: LabWorker): Promise<LabRunView> {
  const { store, instruments, candles, now } = parts;
  const { family, setup, source, sourceText, period } = openRequest(request, instruments, candles);
  const params = family.complete(request.params);
  const played = await worker.ask({
    kind: 'backtest',
    source,
    setup,
    params,
    period,
    fillsPath: request.fills,
    ...newsOf(request.news, setup.instrument),
  });
  const configuration = configurationHash(setup, params, played.newsHash);
  const head = { source: sourceText, instrument: setup.instrument?.symbol ?? null, createdAt: now() };
  if (played.status === 'failed') {
    const { failure, dataHash } = played;
    store.putConfiguration(dataHash, family.name, { configurationHash: configuration, dailySharpe: null });
    const { cause } = failure;
    keepFailure(store, {
      ...head,
      id: runId(failure.runHash),
      runHash: failure.runHash,
      strategy: family.name,
      params,
      profiles: setup.profiles,
      seed: setup.seed,
      interval: request.interval,
      dataHash,
      cause,
      from: null,
      to: null,
      startingCash: setup.cash,
    });
    throw new Fault('refused', `the run failed and has no result: ${cause.message}`, cause.remedy);
  }
  const { dataHash } = played.view;
  store.putConfiguration(dataHash, family.name, { configurationHash: configuration, dailySharpe: played.dailySharpe });
  return keepPlayed(played, head, request, parts);
}

function keepPlayed(
  played: Extract<PlayedRun, { readonly status: 'completed' }>,
  head: Pick<LabRunView, 'source' | 'instrument' | 'createdAt'>,
  request: BacktestRequest,
  { store }: LabParts,
): LabRunView {
  const { view, elapsedMs, loadMs, returns, curve, trades } = played;
  const count = triedSoFar(store, view.dataHash, view.strategy);
  const metrics = {
    ...played.metrics,
    significance: { ...played.metrics.significance, deflated: deflatedSharpe(returns, count) },
  };
  const kept: LabRunView = {
    ...view,
    ...head,
    kind: 'backtest',
    id: runId(view.runHash),
    metrics: metricFigures(metrics),
    tried: count.trials,
    elapsedMs: round(elapsedMs),
    loadMs: round(loadMs),
    candlesPerSecond: elapsedMs > 0 ? Math.round((view.candles / elapsedMs) * 1000) : 0,
    peakRssMb: peakRssMb(),
  };
  keepRun(store, { view: kept, metrics, request }, curve, trades);
  return kept;
}
