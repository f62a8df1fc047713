import { type CycleView, cycleView } from '#shared/contract/cycle.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { cycle } from '../fixtures/terminal/cycle.ts';

// A real cycle as the engine told it, so that a frame of it can be compared letter by letter.

export const finishedCycle = (): CycleView => cycleView.parse(cycle);

/** The same cycle while its agent is at work. */
export function runningCycle(): CycleView {
  const view = finishedCycle();
  return {
    ...view,
    state: 'running',
    result: null,
    lesson: null,
    timings: null,
    orders: view.orders.map((order) => (order.purpose === 'entry' ? order : { ...order, status: 'accepted' })),
    fills: view.fills.slice(0, 1),
    decisions: view.decisions.slice(0, 3),
    stages: view.stages.map((stage) => {
      if (stage.name === 'agent')
        return { name: 'agent', state: 'running', detail: 'trend-following', elapsedMs: 61_000 };
      if (stage.name === 'debrief') return { name: 'debrief', state: 'waiting', detail: '' };
      return stage;
    }),
  };
}

/** A cycle that decided not to trade. */
export function noTradeCycle(): CycleView {
  const view = finishedCycle();
  if (view.result === null) throw new TypeError('the fixture has a result');
  const reason = 'The confidence in "trending up" is 0.36, below the 0.5 that is needed';
  return {
    ...view,
    agentId: null,
    agentSpec: null,
    orders: [],
    fills: [],
    decisions: [],
    fees: '0',
    stages: view.stages.map((stage) => {
      if (stage.name === 'agent') return { name: 'agent', state: 'skipped', detail: 'no agent was spawned' };
      return stage.name === 'spawner' || stage.name === 'debrief' ? { ...stage, detail: reason } : stage;
    }),
    result: {
      ...view.result,
      outcome: 'no_trade',
      reason,
      netPnl: '0',
      r: '0',
      barsLived: 0,
      reconciliation: {
        startingEquity: '10000',
        cash: '10000',
        positionValue: '0',
        equity: '10000',
        grossPnl: '0',
        fees: '0',
        difference: '0',
      },
    },
    lesson: null,
    timings: { totalMs: 40, pressToFirstOrderMs: null, stages: {} },
  };
}

/** A chart of a wave that ends where the trade of the fixture happened. */
export function waveChart(): ChartView {
  const start = Date.UTC(2026, 0, 31, 21);
  const count = 187;
  const close = Float64Array.from({ length: count }, (_, i) => 52_700 + 300 * Math.sin(i / 14) + 2 * i);
  const openTime = Float64Array.from({ length: count }, (_, i) => start + i * 60_000);
  return {
    instrument: 'BTC/USDT',
    interval: '1m',
    source: 'simulated market, seed 27',
    columns: { openTime, open: close, high: close, low: close, close, volume: close },
    markers: [
      {
        ts: start + 180 * 60_000,
        side: 'buy',
        purpose: 'entry',
        price: '52969.91',
        quantity: '0.04719',
        agentId: 'A-1',
      },
    ],
    lines: [
      { kind: 'entry', price: '52969.91', agentId: 'A-1', side: 'buy', open: true },
      { kind: 'stop', price: '52886.85', agentId: 'A-1', side: 'buy', open: true },
      { kind: 'target', price: '53084.87', agentId: 'A-1', side: 'buy', open: true },
    ],
    priceDecimals: 2,
    asOf: start + count * 60_000,
  };
}

/** As the engine tells it beside that cycle. Typed, so that a field that joins the status is missed here by the compiler. */
export const STATUS: EngineStatus = {
  version: '0.1.0',
  environment: 'simulated',
  tradingState: 'active',
  haltReason: null,
  mode: 'full',
  equity: '10000.42023732',
  cash: '10000.42023732',
  quoteAsset: 'USDT',
  totalPnl: '0.42023732',
  totalSince: 0,
  dayPnl: '0.42023732',
  dayPnlFraction: '0.00004202',
  drawdownFraction: '0.00005764',
  drawdownLimits: { reduceOnlyAt: '0.04', most: '0.05' },
  agentsRunning: 0,
  cycleRunning: null,
  cyclesRunning: [],
  feed: {
    label: 'Simulated market',
    seed: 27,
    ageMs: 0,
    speed: 0,
  },
  paper: [],
  livePrices: null,
  analyst: {
    kind: 'rules',
    label: 'Rules (no model)',
  },
  journal: {
    records: 29,
    head: '81f522086ed58424aee62da6ed243d21ff2659590f405a5b760c2e7a3e4618ae',
    writable: true,
    why: null,
  },
  disk: {
    freeBytes: 200000000000,
    low: false,
  },
  protection: {
    slot: 'open_file',
    protected: false,
    label: 'not locked: no passphrase yet, the key lies in a file that only your user can read',
  },
  lessons: 1,
  marketTime: 1769904420000,
  startedAt: 1795158568949,
};
