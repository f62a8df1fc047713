import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ArbitrageSieve, ArbitrageView } from '#shared/contract/arbitrage.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import type { FigureView } from '#shared/contract/lab-views.ts';
import type { MeasurementSummary } from '#shared/contract/measurements.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { NOW } from './sample-market.ts';
import { scorecard } from './scripted-scorecard.ts';

const DAY = 86_400_000;

type Handlers = Pick<
  AppHandlers,
  | 'lab.measureFamilies'
  | 'lab.arbitrage'
  | 'lab.measurements'
  | 'lab.measurement'
  | 'lab.stopMeasurement'
  | 'lab.report'
  | 'scorecard.measure'
>;

const figure = (value: number, n: number, half?: number): FigureView => ({
  value,
  n,
  ...(half === undefined
    ? {}
    : { interval: { low: value - half, high: value + half, confidence: 0.95, method: 'block bootstrap' } }),
});
const lacking: FigureView = { notEnough: { have: 4, need: 30, of: 'days' } };

type Row = FamilyStudyView['families'][number];
const TRIED: Row = {
  family: 'trend-following',
  left: null,
  configurations: [
    { params: { fastLength: 20, slowLength: 50 }, trades: 41, dailySharpe: 0.041 },
    { params: { fastLength: 12, slowLength: 60 }, trades: 66, dailySharpe: 0.078 },
  ],
  windows: [
    {
      kind: 'bull',
      from: NOW - 400 * DAY,
      to: NOW - 300 * DAY,
      candles: 2400,
      held: 0.61,
      results: [
        { trades: 9, totalReturn: figure(0.021, 100), maxDrawdown: figure(0.014, 100) },
        { trades: 14, totalReturn: figure(0.034, 100), maxDrawdown: figure(0.019, 100) },
      ],
    },
    {
      kind: 'crash',
      from: NOW - 200 * DAY,
      to: NOW - 190 * DAY,
      candles: 240,
      held: -0.38,
      results: [
        { trades: 1, totalReturn: figure(-0.008, 10), maxDrawdown: figure(0.011, 10) },
        { trades: 2, totalReturn: figure(-0.012, 10), maxDrawdown: figure(0.016, 10) },
      ],
    },
  ],
  folds: [
    { from: NOW - 180 * DAY, to: NOW - 120 * DAY, chosen: 1, trades: 8, totalReturn: figure(0.006, 60) },
    { from: NOW - 120 * DAY, to: NOW - 60 * DAY, chosen: null, trades: 0, totalReturn: lacking },
  ],
  best: { place: 1, sharpe: figure(1.49, 110, 0.9), undeflated: figure(0.93, 110), deflated: figure(0.61, 110) },
  outOfSample: { totalReturn: figure(0.006, 60), sharpe: figure(0.31, 60, 1.2), deflated: lacking },
};
const FAMILIES: FamilyStudyView = {
  source: 'imported BTC/USDT 1h',
  interval: '1h',
  from: NOW - 420 * DAY,
  to: NOW,
  candles: 10_080,
  dataHash: 'f'.repeat(64),
  feeBps: '10',
  cash: '10000',
  tried: 2,
  runs: 9,
  families: [
    TRIED,
    {
      family: 'sentiment',
      left: 'it needs news, and none were given: without them it opens nothing',
      configurations: [],
      windows: [],
      folds: [],
      best: null,
      outOfSample: { totalReturn: lacking, sharpe: lacking, deflated: lacking },
    },
  ],
  notes: ['The windows were chosen after the fact by their prices: no result here says what comes next.'],
  files: [],
};

const SIEVE: ArbitrageSieve = {
  moments: 1440,
  gross: 912,
  quoted: 120,
  net: 14,
  survived: 9,
  certain: 2,
  detectOnly: 3,
  grossMedianPpm: 900,
  grossMostPpm: 12_400,
  netMostPpm: 3100,
  parMostPpm: 0,
  trades: 9,
  legFailures: 2,
  forced: 1,
  losing: 3,
  open: 0,
  profit: '-12.40',
  losses: '-31.10',
};
const ARBITRAGE: ArbitrageView = {
  mode: 'detect-only',
  family: {
    name: 'arbitrage',
    summary: 'Buys an asset where it is cheaper and sells it at once where it is dearer.',
    shouldNotTrade: ['A leg is not funded on its own venue.'],
  },
  from: NOW - DAY,
  to: NOW,
  dataHash: 'a'.repeat(64),
  conditions: ['Taker fees: kraken BTC/USDT 26 bps, binance BTC/USDT 10 bps.'],
  notes: ['Candles are no books: what stood at these prices is assumed from what was traded.'],
  pairs: [
    {
      pair: 'BTC/USDT kraken : binance',
      kind: 'cross-venue',
      home: 'USDT',
      total: SIEVE,
      days: [{ day: '2025-10-10', ...SIEVE }],
      transfers: 1,
      networkFees: '25',
      reasons: [{ reason: 'the second leg was rejected', times: 2 }],
    },
  ],
  files: [],
};

const kept = (id: string, part: Partial<MeasurementSummary>): MeasurementSummary => ({
  id,
  kind: 'families',
  state: 'completed',
  source: 'imported BTC/USDT',
  interval: '1h',
  startedAt: NOW - 600_000,
  endedAt: NOW - 400_000,
  progress: { done: 8, planned: 8 },
  cause: null,
  ...part,
});

const measuredCard = (moments: number): ScorecardView => ({
  ...scorecard(false),
  resolved: moments,
  waiting: 0,
  authorities: [],
});

/** A measurement of families goes on until it is stopped, one of arbitrage is done at once; one of families is there already. */
export function scriptedMeasurements(tell: (summary: MeasurementSummary) => void, fresh: boolean): Handlers {
  const list: MeasurementSummary[] = fresh ? [] : [kept('M-0000000000a1', {})];
  let stopWaiting: ((thrown: unknown) => void) | undefined;
  const put = (summary: MeasurementSummary): void => {
    const place = list.findIndex(({ id }) => id === summary.id);
    if (place === -1) list.unshift(summary);
    else list[place] = summary;
    tell(summary);
  };
  const refuse = (message: string) =>
    new ContractError({ code: 'rejected', reason: 'refused', message, remedy: 'Start it again.' });
  return {
    'lab.measureFamilies': ({ interval }) => {
      const id = 'M-0000000000b2';
      put(
        kept(id, {
          state: 'running',
          interval,
          source: 'simulated market',
          startedAt: NOW,
          endedAt: null,
          progress: { done: 3, planned: 8 },
        }),
      );
      return new Promise((_, reject) => {
        stopWaiting = reject;
      });
    },
    'lab.arbitrage': ({ interval, markets }) => {
      if (markets.some(({ path }) => path === '/nowhere.csv'))
        throw refuse('/nowhere.csv cannot be read: there is no such file');
      const one = kept('M-0000000000c3', {
        kind: 'arbitrage',
        interval,
        source: markets.map(({ venue, instrument }) => `${venue} ${instrument}`).join(', '),
        progress: null,
      });
      put({ ...one, state: 'running', endedAt: null });
      put(one);
      return ARBITRAGE;
    },
    'scorecard.measure': ({ instrument, interval = '1h', moments }) => {
      const one = kept('M-0000000000d4', {
        kind: 'scorecard',
        state: 'running',
        interval,
        source: `imported ${instrument}`,
        startedAt: NOW,
        endedAt: null,
        progress: { done: 45, planned: moments },
      });
      put(one);
      // So few are done at once; of more the test sees how far they are, and stops them.
      if (moments > 60)
        return new Promise((_, reject) => {
          stopWaiting = reject;
        });
      const card = measuredCard(moments);
      put({ ...one, state: 'completed', endedAt: NOW, progress: { done: moments, planned: moments } });
      return card;
    },
    'lab.measurements': () => [...list],
    'lab.measurement': ({ id }) => {
      const summary = list.find((one) => one.id === id);
      if (summary === undefined) throw refuse(`nothing in the lab is called ${id}`);
      const done = summary.state === 'completed';
      return {
        summary,
        families: done && summary.kind === 'families' ? FAMILIES : null,
        arbitrage: done && summary.kind === 'arbitrage' ? ARBITRAGE : null,
        scorecard: done && summary.kind === 'scorecard' ? measuredCard(summary.progress?.planned ?? 0) : null,
      };
    },
    'lab.stopMeasurement': ({ id }) => {
      const summary = list.find((one) => one.id === id);
      if (summary?.state !== 'running') return { stopped: false };
      put({ ...summary, state: 'canceled', endedAt: NOW });
      stopWaiting?.(refuse(`${id} was stopped before its end`));
      return { stopped: true };
    },
    'lab.report': ({ id, as }) => ({
      name: as === 'html' ? `${id}.html` : as === 'csv' ? `${id}.csv` : `${id}-${as}.csv`,
      text: `the ${as} of ${id}`,
    }),
  };
}

const series = (venue: string, interval: '1m' | '1h') => ({
  instrument: 'BTC/USDT',
  venue,
  interval,
  candles: 43_200,
  firstOpen: NOW - 30 * DAY,
  lastOpen: NOW,
  gaps: 0,
  missing: 0,
  revisions: 0,
});
/** What was imported: minutes of two venues, and hours from a file. */
export const IMPORTED = [series('BINANCE', '1m'), series('KRAKEN', '1m'), series('SIM', '1h')];
