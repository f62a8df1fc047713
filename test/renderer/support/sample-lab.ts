import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { BacktestRequest, LabChart, LabFamilyView } from '#shared/contract/lab.ts';
import type { LabRunView, LabStudySummary, LabStudyView, RunSummary, TrialView } from '#shared/contract/lab-views.ts';
import { NOW, sampleColumns, TRADE_LEVELS } from './sample-market.ts';
import { evolutionPart, scriptedBreeding } from './scripted-breeding.ts';
import type { scriptedMeasurements } from './scripted-measurements.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const hash = (text: string): string => text.repeat(64).slice(0, 64);

export const FAMILIES: readonly LabFamilyView[] = [
  {
    name: 'trend-following',
    summary: 'Buys while a fast average is above a slow one, leaves at a trailing level.',
    limits: 'default',
    costs: 'default',
    parameters: [
      {
        name: 'fastLength',
        summary: 'candles of the fast exponential average',
        whole: true,
        least: 5,
        most: 50,
        usual: 20,
      },
      {
        name: 'slowLength',
        summary: 'candles of the slow exponential average',
        whole: true,
        least: 15,
        most: 120,
        usual: 50,
      },
    ],
  },
  {
    name: 'sma-cross',
    summary: 'Holds one unit while a fast simple average is above a slow one: a yardstick.',
    limits: 'none',
    costs: 'fee-only',
    parameters: [
      { name: 'fast', summary: 'candles of the fast simple average', whole: true, least: 1, most: 10_000, usual: 20 },
      { name: 'slow', summary: 'candles of the slow simple average', whole: true, least: 2, most: 20_000, usual: 50 },
    ],
  },
];

const ESTIMATE = (value: number, half: number, n: number) => ({
  value,
  n,
  interval: { low: value - half, high: value + half, confidence: 0.95, method: 'Student t' },
});

type LabTrade = LabRunView['tradeList'][number];

/** The trade that the agent of a scripted cycle makes too. */
const FIRST_TRADE: Partial<LabTrade> = {
  entryPrice: TRADE_LEVELS.entry,
  exitPrice: TRADE_LEVELS.target,
  stop: TRADE_LEVELS.stop,
  target: TRADE_LEVELS.target,
  left: 'target',
};

function sampleRun(id: string, request: Partial<BacktestRequest>, gain: number): LabRunView {
  const trades = 34;
  return {
    kind: 'backtest',
    id,
    runHash: hash(id.slice(2)),
    strategy: request.strategy ?? 'trend-following',
    params: request.params ?? { fastLength: 20, slowLength: 50 },
    profiles: { limits: request.limits ?? 'default', costs: request.costs ?? 'default' },
    seed: 1,
    instrument: 'BTC/USDT',
    interval: '1h',
    source: 'imported BTC/USDT 1h',
    dataHash: hash('da7a'),
    createdAt: NOW - 2 * HOUR,
    status: 'completed',
    from: NOW - 400 * DAY,
    to: NOW,
    candles: 9600,
    warmUp: 150,
    gaps: { count: 2, missing: 5 },
    feeBps: '10',
    startingCash: '10000',
    finalEquity: (10_000 * (1 + gain)).toFixed(2),
    finalCash: (10_000 * (1 + gain)).toFixed(2),
    openPosition: '0',
    tickSize: '0.01',
    lotSize: '0.00001',
    assumed: null,
    trades,
    tradeList: Array.from(
      { length: trades },
      (_, i): LabTrade => ({
        entryTime: NOW - (390 - i * 11) * DAY,
        exitTime: NOW - (386 - i * 11) * DAY,
        entryPrice: 40_000 + i * 310,
        exitPrice: 40_400 + i * 300,
        quantity: 0.0125,
        pnl: i % 3 === 0 ? 61.2 : -18.4,
        fees: 1.02,
        r: i % 3 === 0 ? 1.22 : -0.37,
        ...(i === 0 ? FIRST_TRADE : {}),
      }),
    ),
    fills: trades * 2,
    fillsFile: null,
    turnover: '34512.4',
    costs: { fees: '34.51', spread: '6.9', impact: '0.42' },
    metrics: {
      totalReturn: { value: gain, n: 9600 },
      yearlyGrowth: ESTIMATE(gain * 0.9, 0.16, 399),
      volatility: ESTIMATE(0.084, 0.006, 399),
      sharpe: ESTIMATE(gain * 9, 1.86, 399),
      sortino: ESTIMATE(gain * 12, 2.4, 399),
      maxDrawdown: { value: 0.043, n: 9600 },
      winRate: ESTIMATE(0.353, 0.15, trades),
      profitFactor: { notEnough: { have: 4, need: 5, of: 'losing trades' } },
      expectancyR: ESTIMATE(0.17, 0.3, trades),
      exposure: { value: 0.312, n: 9600 },
      buyAndHold: { value: 0.612, n: 9600 },
      deflatedSharpe: { value: 0.41, n: 399 },
      minimumTrackRecord: { undefinable: 'the Sharpe ratio is not above the benchmark, and more data would not help' },
    },
    tried: 42,
    elapsedMs: 41.2,
    loadMs: 20.1,
    candlesPerSecond: 233_000,
    peakRssMb: 171,
  };
}

const summaryOf = (run: LabRunView): RunSummary => ({
  kind: 'backtest',
  id: run.id,
  runHash: run.runHash,
  strategy: run.strategy,
  params: run.params,
  profiles: run.profiles,
  seed: run.seed,
  instrument: run.instrument,
  interval: run.interval,
  source: run.source,
  dataHash: run.dataHash,
  createdAt: run.createdAt,
  status: 'completed',
  cause: null,
  from: run.from,
  to: run.to,
  trades: run.trades,
  startingCash: run.startingCash,
  finalEquity: run.finalEquity,
  totalReturn: run.metrics['totalReturn'] ?? { undefinable: 'unknown' },
  sharpe: run.metrics['sharpe'] ?? { undefinable: 'unknown' },
  maxDrawdown: run.metrics['maxDrawdown'] ?? { undefinable: 'unknown' },
});

const FAILED: RunSummary = {
  ...summaryOf(sampleRun('B-0000000000fa', {}, 0)),
  status: 'failed',
  cause: {
    code: 'strategy',
    message: 'the strategy asked for a candle that is not closed',
    remedy: 'Correct the strategy.',
  },
  finalEquity: null,
  trades: 0,
};

const trial = (place: number): TrialView => ({
  place,
  params: { fast: 5 + place * 5, slow: 60 + place * 10 },
  runHash: hash(`a${place}`),
  status: 'completed',
  cause: null,
  score: 1.1 - place * 0.13,
  trades: 180 - place * 7,
  finalEquity: (1_050_000 - place * 6100).toFixed(2),
  totalReturn: { value: 0.05 - place * 0.0061, n: 9600 },
  sharpe: ESTIMATE(1.1 - place * 0.13, 0.8, 399),
  maxDrawdown: { value: 0.021 + place * 0.002, n: 9600 },
});

function sampleStudy(id: string, state: LabStudySummary['state'], done: number): LabStudySummary {
  return {
    kind: id.startsWith('S') ? 'search' : id.startsWith('E') ? 'evolution' : 'walk-forward',
    id,
    state,
    strategy: id.startsWith('E') ? 'trend-following' : 'sma-cross',
    instrument: 'BTC/USDT',
    interval: '1h',
    source: 'imported BTC/USDT 1h',
    dataHash: hash('da7a'),
    candles: 9600,
    method: 'grid',
    objective: 'sharpe',
    planned: 60,
    done,
    failed: 0,
    workers: 2,
    etaMs: state === 'running' ? 42_000 : null,
    elapsedMs: 31_000,
    createdAt: NOW - HOUR,
    cause: null,
    bestScore: 1.1,
  };
}

function studyView(summary: LabStudySummary): LabStudyView {
  const whole = summary.state === 'completed';
  const common = {
    ...summary,
    resultHash: whole ? hash('5e') : null,
    trials: Array.from({ length: 8 }, (_, place) => trial(place)),
    significance: whole
      ? {
          tried: 60,
          expectedMaximum: 0.061,
          deflatedSharpe: { value: 0.62, n: 399 },
          overfitting: { value: 0.47, n: 12_870 },
          overfittingLoss: { value: 0.38, n: 12_870 },
        }
      : null,
  };
  if (summary.kind === 'search') return { ...common, kind: 'search' };
  if (summary.kind === 'evolution') return { ...common, ...evolutionPart(whole) };
  return {
    ...common,
    kind: 'walk-forward',
    folds: [0, 1, 2].map((index) => ({
      trainFrom: NOW - 400 * DAY,
      trainTo: NOW - (240 - index * 50) * DAY,
      testFrom: NOW - (235 - index * 50) * DAY,
      testTo: NOW - (185 - index * 50) * DAY,
      params: { fast: 10 + index * 5, slow: 80 },
      trainScore: 1.2 - index * 0.1,
      testScore: 0.3 - index * 0.2,
      testReturn: { value: 0.012 - index * 0.008, n: 1200 },
      testTrades: 14,
    })),
    outOfSample: {
      totalReturn: { value: 0.011, n: 147 },
      sharpe: ESTIMATE(0.31, 2.2, 147),
      maxDrawdown: { value: 0.031, n: 147 },
    },
    holdout: {
      from: NOW - 80 * DAY,
      to: NOW,
      state: 'locked',
      params: { fast: 15, slow: 80 },
      openedAt: null,
      seenBefore: null,
      metrics: null,
      finalEquity: null,
      trades: null,
    },
  };
}

function curveOf(id: string) {
  const n = 400;
  const time = Float64Array.from({ length: n }, (_, i) => NOW - (n - i) * DAY);
  const slope = id.endsWith('2') ? 2.1 : 3.4;
  const equity = Float64Array.from(time, (_, i) => 10_000 + slope * i + 160 * Math.sin(i / 17));
  let peak = 0;
  const drawdown = Float64Array.from(equity, (value) => {
    peak = Math.max(peak, value);
    return 1 - value / peak;
  });
  return {
    id,
    time,
    equity,
    drawdown,
    held: Float64Array.from(time, (_, i) => 10_000 + 15 * i + 900 * Math.sin(i / 23)),
  };
}

const CANDLES_BEFORE = 80;

/** Candles that pass through the entry of a trade. */
function chartOf(run: LabRunView, number: number): LabChart {
  const trade = run.tradeList[number];
  if (trade === undefined) throw new Error(`no trade ${number}`);
  const { openTime, volume, ...prices } = sampleColumns(140, HOUR);
  const shift = trade.entryTime - (openTime[CANDLES_BEFORE] ?? 0);
  const scale = trade.entryPrice / (prices.close[CANDLES_BEFORE] ?? 1);
  const scaled = (column: Float64Array): Float64Array<ArrayBuffer> =>
    Float64Array.from(column, (value) => value * scale);
  const line = (kind: 'entry' | 'stop' | 'target', price: number | undefined): LabChart['lines'] =>
    price === undefined ? [] : [{ kind, price: price.toFixed(2), agentId: run.id, side: 'buy', open: false }];
  const fill = { agentId: run.id, quantity: '0.0125' };
  return {
    instrument: 'BTC/USDT',
    interval: '1h',
    source: run.source,
    columns: {
      openTime: Float64Array.from(openTime, (at) => at + shift),
      open: scaled(prices.open),
      high: scaled(prices.high),
      low: scaled(prices.low),
      close: scaled(prices.close),
      volume: Float64Array.from(volume),
    },
    markers: [
      { ...fill, ts: trade.entryTime, side: 'buy', purpose: 'entry', price: trade.entryPrice.toFixed(2) },
      { ...fill, ts: trade.exitTime, side: 'sell', purpose: trade.left ?? 'exit', price: trade.exitPrice.toFixed(2) },
    ],
    lines: [...line('entry', trade.entryPrice), ...line('stop', trade.stop), ...line('target', trade.target)],
    priceDecimals: 2,
    asOf: trade.exitTime,
  };
}

type LabHandlers = Omit<
  Pick<AppHandlers, Extract<keyof AppHandlers, `lab.${string}`>>,
  keyof ReturnType<typeof scriptedMeasurements>
>;

/** The second one traded two markets on one account. */
const TWO_MARKETS: NonNullable<LabRunView['markets']> = ['BTC/USDT.SIM', 'ETH/USDT.SIM'].map((instrument, i) => ({
  instrument,
  interval: '1h',
  candles: 4800,
  trades: 17,
  fills: 34,
  refused: 3 + i,
  openPosition: '0',
  openValue: '0',
  netPnl: i === 0 ? '512.25' : '-91.25',
  fees: '17.2',
  exposure: 0.16,
}));

/** The lab of the scripted engine: two runs, a failed one, a finished walk-forward and a search in the middle. */
export function scriptedLab(tell: (summary: LabStudySummary) => void, fresh: boolean): LabHandlers {
  const runs = new Map(
    (fresh
      ? []
      : [
          sampleRun('B-000000000001', {}, 0.1126),
          { ...sampleRun('B-000000000002', { strategy: 'mean-reversion' }, 0.0421), markets: TWO_MARKETS },
        ]
    ).map((run) => [run.id, run] as const),
  );
  const studies = new Map(
    (fresh
      ? []
      : [
          sampleStudy('S-0000000000aa', 'running', 24),
          sampleStudy('W-0000000000bb', 'completed', 60),
          sampleStudy('E-0000000000ee', 'completed', 60),
        ]
    ).map((study) => [study.id, study] as const),
  );
  const missing = (id: string): never => {
    throw new ContractError({
      code: 'rejected',
      reason: 'not_found',
      message: `nothing in the lab is called ${id}`,
      remedy: 'Look at the list.',
    });
  };
  const study = (id: string): LabStudySummary => studies.get(id) ?? missing(id);
  const change = (id: string, part: Partial<LabStudySummary>): void => {
    const next = { ...study(id), ...part };
    studies.set(id, next);
    tell(next);
  };
  const start = (id: string) => {
    studies.set(id, { ...sampleStudy(id, 'running', 0), createdAt: NOW });
    change(id, { done: 3 });
    return { id, state: 'running' as const, planned: 60, known: 0 };
  };
  const show = (id: string) => runs.get(id) ?? studyView(study(id));
  return {
    'lab.families': () => [...FAMILIES],
    'lab.backtest': (request) => {
      const run = { ...sampleRun('B-000000000003', request, 0.02), createdAt: NOW };
      runs.set(run.id, run);
      return run;
    },
    'lab.evolve': () => start('E-000000000009'),
    ...scriptedBreeding(),
    'lab.search': () => start('S-0000000000cc'),
    'lab.walkForward': () => start('W-0000000000dd'),
    'lab.resume': ({ id }) => start(id),
    'lab.cancel': ({ id }) => {
      change(id, { state: 'canceled', etaMs: null });
      return { canceled: true };
    },
    'lab.wait': ({ id }) => studyView(study(id)),
    'lab.list': () => ({
      runs: [...[...runs.values()].map(summaryOf), ...(fresh ? [] : [FAILED])].toSorted(
        (a, b) => b.createdAt - a.createdAt,
      ),
      studies: [...studies.values()],
    }),
    'lab.show': ({ id }) => show(id),
    'lab.curve': ({ id }) => curveOf(id),
    'lab.chart': ({ id, trade }) => chartOf(runs.get(id) ?? missing(id), trade),
    'lab.compare': ({ ids }) => ({
      runs: ids.map((id) => runs.get(id) ?? missing(id)),
      notes: ['The limits or cost profiles differ.'],
    }),
    'lab.export': ({ id, html }) => ({ id, files: [{ path: html ?? 'report.html', bytes: 48_120 }] }),
    'lab.openHoldout': ({ id }) => studyView(study(id)),
  };
}
