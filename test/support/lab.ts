import { join, resolve } from 'node:path';
import { loadInstruments } from '#adapters/instruments/load-instruments.ts';
import { createCandleStore } from '#adapters/sqlite/candle-store.ts';
import { type LabStore, openLabStore } from '#adapters/sqlite/lab-store.ts';
import { migrate } from '#adapters/sqlite/migrate.ts';
import { openDb } from '#adapters/sqlite/open-db.ts';
import { MARKET_MIGRATIONS } from '#adapters/sqlite/open-storage.ts';
import type { CandleStore } from '#core/ports/candle-store.ts';
import { createLab, type Lab } from '#host/lab/create-lab.ts';
import { startLabWorker } from '#host/lab/lab-worker.ts';
import type { LabTask } from '#host/lab/protocol.ts';
import {
  type BacktestRequest,
  backtestRequest,
  type SearchRequest,
  searchRequest,
  type WalkForwardRequest,
  walkForwardRequest,
} from '#shared/contract/lab.ts';
import type { LabStudySummary } from '#shared/contract/lab-views.ts';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { SIMULATED_INSTRUMENTS } from './instruments.ts';
import { TEST_KEY } from './storage.ts';

const SUPPORT = import.meta.dirname;
export const LAB_WORKER = resolve(SUPPORT, '../../src/host/lab/worker.ts');
/** A worker whose family `fails` throws at its third decision and whose family `peeks` asks for what is not closed. */
export const FAILING_WORKER = resolve(SUPPORT, 'failing-lab-worker.ts');

export type TestLab = {
  readonly lab: Lab;
  readonly store: LabStore;
  /** What was imported. */
  readonly candles: CandleStore;
  /** Every task that was given to a thread. */
  readonly tasks: readonly LabTask[];
  readonly told: readonly LabStudySummary[];
  readonly measured: readonly MeasurementSummary[];
  close(): Promise<void>;
};

/** The real lab on real databases and threads. */
export function openTestLab(
  folder: string,
  options: { readonly worker?: string; readonly onTold?: (study: LabStudySummary) => void } = {},
): TestLab {
  const store = openLabStore(join(folder, 'lab.db'), TEST_KEY);
  const market = openDb(join(folder, 'market.db'), TEST_KEY, 'market');
  migrate(market, join(folder, 'market.db'), MARKET_MIGRATIONS);
  const tasks: LabTask[] = [];
  const told: LabStudySummary[] = [];
  const measured: MeasurementSummary[] = [];
  const candles = createCandleStore(market, join(folder, 'market.db'));
  const lab = createLab({
    store,
    candles,
    instruments: loadInstruments(SIMULATED_INSTRUMENTS),
    startWorker: () => {
      const worker = startLabWorker(options.worker ?? LAB_WORKER);
      return {
        ask: (task) => {
          tasks.push(task);
          return worker.ask(task);
        },
        end: () => worker.end(),
      };
    },
    now: () => 1_700_000_000_000,
    tell: (study) => {
      told.push(study);
      options.onTold?.(study);
    },
    tellMeasured: (measurement) => measured.push(measurement),
  });
  return {
    lab,
    store,
    candles,
    tasks,
    told,
    measured,
    async close() {
      await lab.close();
      market.close();
    },
  };
}

const simulated = {
  market: { kind: 'generator', seed: 11, candles: 4000 },
  interval: '1h',
  strategy: 'sma-cross',
} as const;

/** A back-test of the yardstick on the simulated market. */
export const askBacktest = (more: Partial<BacktestRequest> = {}): BacktestRequest =>
  backtestRequest.parse({ ...simulated, ...more });

/** A grid of twelve configurations on the simulated market. */
export const askSearch = (more: Partial<SearchRequest> = {}): SearchRequest =>
  searchRequest.parse({
    ...simulated,
    method: 'grid',
    space: [
      { name: 'fast', values: [5, 10, 20, 30] },
      { name: 'slow', values: [50, 80, 120] },
    ],
    ...more,
  });

export const askWalkForward = (more: Partial<WalkForwardRequest> = {}): WalkForwardRequest =>
  walkForwardRequest.parse({ ...askSearch(), folds: 3, purge: 24, embargo: 24, ...more });

export const trialsOf = (tasks: readonly LabTask[]): readonly Extract<LabTask, { readonly kind: 'trial' }>[] =>
  tasks.filter((task) => task.kind === 'trial');
