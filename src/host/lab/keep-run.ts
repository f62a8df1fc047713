import type { LabStore, StoredRun } from '#adapters/sqlite/lab-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { BacktestMetrics } from '#core/statistics/summarise.ts';
import type { TradeRecord } from '#core/statistics/types.ts';
import type { BacktestRequest } from '#shared/contract/lab.ts';
import type { LabRunView, RunSummary } from '#shared/contract/lab-views.ts';
import { unpackTrades } from './packed-trades.ts';
import type { Curve } from './thin-curve.ts';

/** All that is kept of a run: what the screens show and what a report is made of. */
export type KeptRun = {
  readonly view: LabRunView;
  readonly metrics: BacktestMetrics;
  /** What was asked for, so that its candles can be read again; left out in runs that were kept before it was. */
  readonly request?: BacktestRequest;
};

/** The same run has the same id: playing it again replaces it and doesn't count twice. */
export const runId = (runHash: string): string => `B-${runHash.slice(0, 12)}`;

export function keepRun(
  store: LabStore,
  { view, metrics, request }: Required<KeptRun>,
  curve: Curve,
  trades: Float64Array,
): void {
  const summary: RunSummary = {
    kind: 'backtest',
    id: view.id,
    runHash: view.runHash,
    strategy: view.strategy,
    params: view.params,
    profiles: view.profiles,
    seed: view.seed,
    instrument: view.instrument,
    interval: view.interval,
    source: view.source,
    dataHash: view.dataHash,
    createdAt: view.createdAt,
    status: 'completed',
    cause: null,
    from: view.from,
    to: view.to,
    trades: view.trades,
    startingCash: view.startingCash,
    finalEquity: view.finalEquity,
    totalReturn: view.metrics['totalReturn'] ?? NONE,
    sharpe: view.metrics['sharpe'] ?? NONE,
    maxDrawdown: view.metrics['maxDrawdown'] ?? NONE,
  };
  store.putRun({
    id: view.id,
    createdAt: view.createdAt,
    dataHash: view.dataHash,
    strategy: view.strategy,
    status: 'completed',
    summary: JSON.stringify(summary),
    body: JSON.stringify({ view, metrics, request } satisfies KeptRun),
    curve: packCurve(curve),
    trades: bytesOf(trades),
  });
}

const NONE = { undefinable: 'the run failed' };

/** A failed run has a cause and nothing that could be taken for a result. */
export function keepFailure(
  store: LabStore,
  run: Omit<RunSummary, 'kind' | 'status' | 'trades' | 'finalEquity' | 'totalReturn' | 'sharpe' | 'maxDrawdown'>,
): void {
  const summary: RunSummary = {
    ...run,
    kind: 'backtest',
    status: 'failed',
    trades: 0,
    finalEquity: null,
    totalReturn: NONE,
    sharpe: NONE,
    maxDrawdown: NONE,
  };
  store.putRun({
    id: run.id,
    createdAt: run.createdAt,
    dataHash: run.dataHash,
    strategy: run.strategy,
    status: 'failed',
    summary: JSON.stringify(summary),
    body: null,
    curve: null,
    trades: null,
  });
}

export const summaryOf = (row: StoredRun): RunSummary => JSON.parse(row.summary) as RunSummary;

export const unknownId = (id: string): Fault =>
  new Fault('not_found', `nothing in the lab is called ${id}`, 'List what is there: mt lab list');

/** The kept run. Throws Fault `not_found` for an unknown id, and `refused` with the cause for one that failed. */
export function readRun(store: LabStore, id: string): KeptRun {
  const row = store.run(id);
  if (row === undefined) throw unknownId(id);
  if (row.body === null) {
    const { cause } = summaryOf(row);
    throw new Fault(
      'refused',
      `${id} failed: ${cause?.message ?? 'the cause is not known'}`,
      cause?.remedy ?? 'Play it again.',
    );
  }
  return JSON.parse(row.body) as KeptRun;
}

const bytesOf = (doubles: Float64Array): Uint8Array =>
  new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength);
/** A copy, because a blob of SQLite need not lie on the eight-byte border that doubles want. */
const doublesOf = (blob: Uint8Array | null | undefined): Float64Array<ArrayBuffer> =>
  new Float64Array((blob ?? new Uint8Array(0)).slice().buffer);

export function readCurve(store: LabStore, id: string): Curve {
  readRun(store, id);
  const all = doublesOf(store.run(id)?.curve);
  const points = all.length / CURVE_COLUMNS;
  const column = (index: number): Float64Array<ArrayBuffer> => all.slice(index * points, (index + 1) * points);
  return { time: column(0), equity: column(1), drawdown: column(2), held: column(3) };
}

export const readTrades = (store: LabStore, id: string): readonly TradeRecord[] => {
  const { view } = readRun(store, id);
  return unpackTrades(doublesOf(store.run(id)?.trades), view.trades);
};

const CURVE_COLUMNS = 4;

function packCurve({ time, equity, drawdown, held }: Curve): Uint8Array {
  const all = new Float64Array(time.length * CURVE_COLUMNS);
  for (const [index, column] of [time, equity, drawdown, held].entries()) all.set(column, index * time.length);
  return bytesOf(all);
}
