import type { AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import { reportArbitrage } from './arbitrage-report.ts';
import { type LabParts, playAndKeep } from './backtests.ts';
import { exportReport, reportText } from './export-report.ts';
import { measureFamilies } from './family-study/measure-families.ts';
import { openHoldoutOf } from './holdout.ts';
import { readCurve, readRun, summaryOf } from './keep-run.ts';
import { lineageOf } from './lineage-view.ts';
import { createMeasurements, type Measurements } from './measurements.ts';
import { reportFile } from './report-file.ts';
import { reviewGenome } from './review.ts';
import { createStudies } from './studies.ts';
import { createTradeCharts, type TradeCharts } from './trade-chart.ts';

/** Back-tests, searches and walk-forwards of one engine. */
export type Lab = {
  backtest(request: AppInput<'lab.backtest'>): Promise<AppOutput<'lab.backtest'>>;
  arbitrage(request: AppInput<'lab.arbitrage'>): Promise<AppOutput<'lab.arbitrage'>>;
  measureFamilies(request: AppInput<'lab.measureFamilies'>): Promise<AppOutput<'lab.measureFamilies'>>;
  /** Other measurements, of work that the lab does not do itself, listed and stopped beside its own. */
  measure: Measurements['run'];
  measurements(): AppOutput<'lab.measurements'>;
  measurement(id: string): AppOutput<'lab.measurement'>;
  stopMeasurement(id: string): boolean;
  search(request: AppInput<'lab.search'>): Promise<AppOutput<'lab.search'>>;
  walkForward(request: AppInput<'lab.walkForward'>): Promise<AppOutput<'lab.walkForward'>>;
  evolve(request: AppInput<'lab.evolve'>): Promise<AppOutput<'lab.evolve'>>;
  lineage(id: string): AppOutput<'lab.lineage'>;
  review(request: AppInput<'lab.review'>): Promise<AppOutput<'lab.review'>>;
  resume(id: string): Promise<AppOutput<'lab.resume'>>;
  cancel(id: string): boolean;
  wait(id: string): Promise<LabStudyView>;
  list(limit: number): AppOutput<'lab.list'>;
  show(id: string): AppOutput<'lab.show'>;
  curve(id: string): AppOutput<'lab.curve'>;
  chart: TradeCharts;
  compare(ids: readonly string[]): AppOutput<'lab.compare'>;
  export(request: AppInput<'lab.export'>): AppOutput<'lab.export'>;
  report(request: AppInput<'lab.report'>): AppOutput<'lab.report'>;
  openHoldout(id: string): Promise<LabStudyView>;
  /** Stops a running study so that it can be resumed, and closes the database. */
  close(): Promise<void>;
};

const isRun = (id: string): boolean => id.startsWith('B-');

export type LabTold = {
  readonly tell: (summary: LabStudySummary) => void;
  readonly tellMeasured: (summary: MeasurementSummary) => void;
};

export function createLab(parts: LabParts & LabTold): Lab {
  const { store } = parts;
  // The program that ran them is gone: this one holds the lock of the data folder.
  store.interruptRunning();
  const studies = createStudies(parts);
  const measurements = createMeasurements({ ...parts, tell: parts.tellMeasured });
  return {
    async backtest(request) {
      const worker = parts.startWorker();
      try {
        return await playAndKeep(request, parts, worker);
      } finally {
        await worker.end();
      }
    },
    arbitrage: (request) =>
      measurements.run('arbitrage', { source: marketsText(request), interval: request.interval }, ({ startWorker }) =>
        reportArbitrage(request, parts.candles, startWorker),
      ),
    measureFamilies: (request) =>
      measurements.run('families', { source: candlesText(request), interval: request.interval }, (measuring) =>
        measureFamilies(request, parts, measuring),
      ),
    measure: (kind, head, work) => measurements.run(kind, head, work),
    measurements: () => measurements.list(),
    measurement: (id) => measurements.show(id),
    stopMeasurement: (id) => measurements.stop(id),
    search: (request) => studies.start({ kind: 'search', request }),
    walkForward: (request) => studies.start({ kind: 'walk-forward', request }),
    evolve: (request) => studies.start({ kind: 'evolution', request }),
    lineage: (id) => lineageOf(store, id),
    review: (request) => reviewGenome(request, parts),
    resume: (id) => studies.resume(id),
    cancel: (id) => studies.cancel(id),
    wait: (id) => studies.wait(id),
    list: (limit) => ({ runs: store.runs(limit).map(summaryOf), studies: [...studies.list(limit)] }),
    show: (id) => (isRun(id) ? readRun(store, id).view : studies.view(id)),
    curve: (id) => ({ id, ...readCurve(store, id) }),
    chart: createTradeCharts(parts),
    compare: (ids) => {
      const runs = ids.map((id) => ({ ...readRun(store, id).view, tradeList: [] }));
      const notes = [
        ...differing(
          runs.map(({ dataHash }) => dataHash),
          'The candles differ, so the results are of different markets.',
        ),
        ...differing(
          runs.map(({ from, to }) => `${from} ${to}`),
          'The periods differ.',
        ),
        ...differing(
          runs.map(({ profiles }) => `${profiles.limits} ${profiles.costs}`),
          'The limits or cost profiles differ.',
        ),
        ...differing(
          runs.map(({ startingCash }) => startingCash),
          'The starting cash differs.',
        ),
        ...differing(
          runs.map(({ feeBps }) => feeBps),
          'The fees differ.',
        ),
      ];
      return { runs, notes };
    },
    report: (request) =>
      reportFile(
        request,
        request.id.startsWith('M-')
          ? measurements.report(request)
          : reportText(store, request, (id) => studies.view(id)),
      ),
    export: (request) => exportReport(store, request, (id) => studies.view(id)),
    openHoldout: (id) => openHoldoutOf(id, parts),
    async close() {
      // They must not keep a program that ends waiting for minutes.
      await measurements.close();
      await studies.close();
      store.close();
    },
  };
}

/** `kraken BTC/USD, binanceus BTC/USD` */
const marketsText = ({ markets }: AppInput<'lab.arbitrage'>): string =>
  markets.map(({ venue, instrument }) => `${venue} ${instrument}`).join(', ');

const candlesText = ({ market, instrument }: AppInput<'lab.measureFamilies'>): string =>
  market.kind === 'file'
    ? market.path
    : [MARKETS[market.kind], instrument].filter((part) => part !== undefined).join(' ');
const MARKETS = { imported: 'imported', generator: 'simulated market' } as const;

const differing = (values: readonly string[], note: string): readonly string[] =>
  new Set(values).size > 1 ? [note] : [];
