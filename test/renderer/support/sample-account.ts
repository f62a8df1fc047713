import type { AgentView } from '#shared/contract/agents.ts';
import type { AuditRecord } from '#shared/contract/audit.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { KillPreview, KillReport, KillVerb } from '#shared/contract/kill.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { agentIdOf, frames, runIdOf } from './sample-cycle.ts';
import { NOW, repeatable } from './sample-market.ts';
import { pnl } from './scripted-performance.ts';

const HOUR = 3_600_000;
const hexOf = (seed: number): string => {
  const chance = repeatable(seed * 7919 + 1);
  return Array.from({ length: 64 }, () => Math.floor(chance() * 16).toString(16)).join('');
};

export const status: EngineStatus = {
  version: '0.1.0',
  environment: 'simulated',
  tradingState: 'active',
  haltReason: null,
  mode: 'full',
  equity: '10042.18',
  cash: '10042.18',
  quoteAsset: 'USDT',
  totalPnl: '42.18',
  totalSince: NOW - 40 * 24 * HOUR,
  dayPnl: '42.18',
  dayPnlFraction: '0.004218',
  drawdownFraction: '0.0063',
  drawdownLimits: { reduceOnlyAt: '0.04', most: '0.05' },
  agentsRunning: 0,
  cycleRunning: null,
  cyclesRunning: [],
  feed: { label: 'simulated market', seed: 42, ageMs: 400, speed: 60 },
  analyst: { kind: 'rules', label: 'rules, no model' },
  journal: { records: 168, head: hexOf(168), writable: true, why: null },
  disk: { freeBytes: 120_000_000_000, low: false },
  protection: {
    slot: 'open_keychain',
    protected: false,
    label:
      'The journal is encrypted with a key of this machine; set a passphrase to protect it from others who use this account.',
  },
  paper: [],
  livePrices: null,
  lessons: 6,
  marketTime: NOW,
  startedAt: NOW - HOUR,
};

export const killPreview: KillPreview = {
  venues: [
    {
      venue: 'simulated',
      fromMemory: false,
      orders: [
        {
          clientOrderId: 'mt00000000000000a1',
          venueOrderId: null,
          foreign: false,
          instrument: 'BTC/USDT.SIM',
          protects: true,
          flatten: 'cancel',
          stopManaging: 'keep',
        },
      ],
      positions: [
        { instrument: 'BTC/USDT.SIM', quantity: '0.03105', value: '1987.2', flatten: 'close', stopManaging: 'keep' },
      ],
    },
  ],
};

export const killReport = (already: boolean, verb: KillVerb): KillReport => ({
  tradingState: 'halted',
  verb,
  venues: [],
  alreadyHalted: already,
  steps: [
    { name: 'Gate closed', done: true, detail: 'no entry is accepted any more', ts: NOW },
    { name: 'Agents stopped', done: true, detail: 'the running cycles were told to stop', ts: NOW + 20 },
    verb === 'flatten'
      ? { name: 'Positions closed', done: true, detail: 'nothing is held', ts: NOW + 140 }
      : { name: 'Positions kept', done: true, detail: '1 position and what protects it stay', ts: NOW + 140 },
    {
      name: 'Open orders canceled',
      done: true,
      detail: 'the venue lists none any more; 2 orders proven gone',
      ts: NOW + 160,
    },
    {
      name: 'Reconciled',
      done: true,
      detail: 'last entry before the gate: 2026-11-20T10:59:00.000Z; none after it',
      ts: NOW + 180,
    },
  ],
});

export const pastAgents: readonly AgentView[] = [
  {
    cycle: 6,
    family: 'mean-reversion',
    regime: 'ranging',
    state: 'retired',
    netPnl: '33.59',
    r: '0.84',
    retiredWhy: 'target reached',
  },
  {
    cycle: 5,
    family: 'trend-following',
    regime: 'trending_up',
    state: 'retired',
    netPnl: '61.07',
    r: '1.42',
    retiredWhy: 'trend ended',
  },
  {
    cycle: 4,
    family: 'mean-reversion',
    regime: 'ranging',
    state: 'retired',
    netPnl: '-50.21',
    r: '-1.00',
    retiredWhy: 'stop hit',
  },
  {
    cycle: 2,
    family: 'trend-following',
    regime: 'trending_down',
    state: 'interrupted',
    netPnl: '-2.27',
    r: '-0.05',
    retiredWhy: 'kill switch',
  },
].map((agent) => ({
  ...agent,
  state: agent.state as AgentView['state'],
  agentId: agentIdOf(agent.cycle),
  runId: runIdOf(agent.cycle),
  environment: 'simulated',
  paused: null,
  instrument: agent.cycle === 5 ? 'ETH/USDT' : 'BTC/USDT',
  interval: '1h',
  spawnedAt: NOW - (8 - agent.cycle) * 9 * HOUR,
  retiredAt: NOW - (8 - agent.cycle) * 9 * HOUR + 6 * HOUR,
  quoteAsset: 'USDT',
  specHash: hexOf(agent.cycle),
}));

const TYPES: readonly (readonly [string, string])[] = [
  ['cycle.started', 'A cycle was started by the button for BTC/USDT 1h.'],
  ['market.snapshot', 'Looked at 500 candles of 1h; the newest closed 11:00, no gap.'],
  ['context.built', '31 facts were made from the snapshot.'],
  ['analyst.assessed', 'The rules say ranging with confidence 0.71; no model was asked.'],
  ['agent.spawned', 'A mean-reversion agent was spawned with 0.5% risk for 24 candles.'],
  ['agent.decided', 'Hold: price is inside the band (z −0.9), waits for −1.5.'],
  ['risk.approved', 'The gate approved an entry of 0.03105 BTC.'],
  ['order.submitted', 'A market order to buy 0.03105 BTC was submitted.'],
  ['order.filled', 'Bought 0.03105 BTC at 64,408.20, fee 1.99987461 USDT.'],
  ['lesson.kept', 'Mean reversion in a ranging market: +0.84 R.'],
];

export const auditRecords = (count: number): readonly AuditRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const seq = count - index;
    const [type, summary] = TYPES[seq % TYPES.length] ?? ['note', ''];
    const cycle = Math.floor(seq / 28) + 1;
    return {
      seq,
      cycle,
      runId: runIdOf(cycle),
      ts: NOW - index * 61_000,
      type,
      summary,
      payload: JSON.stringify({ cycle, environment: 'simulated', instrument: 'BTC/USDT', seq, type }),
      hash: hexOf(seq),
    };
  });

export function portfolio(newest: CycleView | null): PortfolioView {
  const holding = newest !== null && newest.fills.length === 1;
  const chance = repeatable(7);
  let equity = 10_000;
  const equityCurve = Array.from({ length: 180 }, (_, index) => {
    equity += (chance() - 0.47) * 9 + (index > 80 && index < 96 ? -5.4 : 0.3);
    return { ts: NOW - (180 - index) * HOUR, equity: equity.toFixed(2) };
  });
  equityCurve.push({ ts: NOW, equity: '10042.18' });
  const past = frames('traded', 6).at(-1);
  return {
    environment: 'simulated',
    quoteAsset: 'USDT',
    startingEquity: '10000',
    cash: holding ? '8040.31' : '10042.18',
    positionValue: holding ? '2001.87' : '0',
    equity: '10042.18',
    peakEquity: '10105.84',
    drawdownFraction: '0.0063',
    realisedPnl: '58.60',
    unrealisedPnl: holding ? '0' : '0',
    fees: '16.42',
    pnl,
    basis: 'equity minus net deposits, marked at the last close',
    asOf: NOW,
    positions: [
      {
        instrument: 'BTC/USDT',
        direction: holding ? 'long' : 'flat',
        quantity: holding ? '0.03105' : '0',
        averagePrice: holding ? '64408.2' : null,
        lastPrice: '64472.4',
        priceDecimals: 2,
        value: holding ? '2001.87' : '0',
        unrealisedPnl: holding ? '1.99' : '0',
        realisedPnl: '-2.47',
        fees: '12.17',
      },
      {
        instrument: 'ETH/USDT',
        direction: 'flat',
        quantity: '0',
        averagePrice: null,
        lastPrice: '3411.06',
        priceDecimals: 2,
        value: '0',
        unrealisedPnl: '0',
        realisedPnl: '61.07',
        fees: '4.25',
      },
    ],
    openOrders: newest?.orders.filter((order) => order.status === 'accepted') ?? [],
    fills: [
      ...(newest?.fills ?? []),
      ...(past?.fills ?? []).map((fill) => ({ ...fill, tradeId: `p${fill.tradeId}`, ts: fill.ts - 20 * HOUR })),
    ],
    equityCurve,
  };
}
