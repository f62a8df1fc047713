import type { AgentView } from '#shared/contract/agents.ts';
import { EMPTY, edited } from '../../src/terminal/console/editor.ts';
import { type ConsoleState, initialState } from '../../src/terminal/console/state.ts';
import { line, span } from '../../src/terminal/text/line.ts';
import { finishedCycle, noTradeCycle, runningCycle, STATUS, waveChart } from './run-states.ts';

// Moments and figures stand still, so that a frame can be compared letter by letter.

const NOW = Date.UTC(2026, 10, 20, 11, 17, 5);

const agent = (index: number, change: Partial<AgentView> = {}): AgentView => ({
  agentId: `A-1f2e3d${String(index).padStart(2, '0')}`,
  cycle: index,
  runId: `R-1f2e3d${String(index).padStart(2, '0')}`,
  environment: 'simulated',
  family: 'mean-reversion',
  instrument: 'BTC/USDT',
  interval: '5m',
  regime: 'ranging',
  state: 'retired',
  paused: null,
  spawnedAt: NOW - index * 3_600_000,
  retiredAt: NOW,
  retiredWhy: 'target reached',
  netPnl: '-3.4177',
  r: '-0.31',
  quoteAsset: 'USDT',
  specHash: 'a'.repeat(64),
  ...change,
});

const AGENTS: readonly AgentView[] = [
  agent(9, { state: 'trading', netPnl: '42.18', r: '0.84', retiredAt: null, retiredWhy: null }),
  agent(8, {
    state: 'waiting',
    family: 'trend-following',
    instrument: 'ETH/USDT',
    netPnl: '0',
    r: '0',
    retiredAt: null,
    retiredWhy: null,
  }),
  ...Array.from({ length: 30 }, (_, index) => agent(40 - index)),
];

const fresh = (): ConsoleState => ({
  ...initialState(NOW, 'Africa/Nairobi', false),
  engine: { latencyMs: 12, silentMs: null, gone: false, own: false },
  status: STATUS,
  instruments: ['BTC/USDT', 'ETH/USDT'],
});

const busy = (): ConsoleState => ({
  ...fresh(),
  status: { ...STATUS, mode: 'semi', agentsRunning: 2 },
  agents: AGENTS,
  cycle: runningCycle(),
  chart: waveChart(),
});

const output = {
  title: 'lab list',
  running: false,
  lines: Array.from({ length: 60 }, (_, index) =>
    line(span(`B-${String(index).padStart(12, '0')}`, 'strong'), `  back-test ${index}`),
  ),
};

export const CONSOLE_STATES: Readonly<Record<string, () => ConsoleState>> = {
  fresh,
  busy,
  'selected below': () => ({ ...busy(), selected: 25 }),
  filtered: () => ({ ...busy(), filter: 'eth', mode: { kind: 'filter', editor: edited('eth') } }),
  typing: () => ({ ...busy(), mode: { kind: 'line', editor: edited('agents'), picked: 1 } }),
  secret: () => ({ ...busy(), mode: { kind: 'secret', question: 'Passphrase', editor: edited('hunter2') } }),
  asking: () => ({ ...busy(), mode: { kind: 'ask', question: 'Leave? The engine goes on.', yes: () => undefined } }),
  keys: () => ({ ...busy(), panel: 'chart', mode: { kind: 'help' } }),
  output: () => ({ ...busy(), pane: output, scroll: 7 }),
  market: () => ({ ...busy(), view: 'market', panel: 'chart' }),
  cycle: () => ({ ...busy(), view: 'run' }),
  'run idle': () => ({ ...fresh(), view: 'run' }),
  'run finished': () => ({ ...fresh(), view: 'run', cycle: finishedCycle(), chart: waveChart() }),
  'run untraded': () => ({ ...fresh(), view: 'run', cycle: noTradeCycle() }),
  silent: () => ({ ...busy(), engine: { latencyMs: 12, silentMs: 7_400, gone: false, own: false } }),
  halted: () => ({ ...busy(), status: { ...STATUS, tradingState: 'halted', haltReason: 'kill switch' } }),
  locked: () => ({
    ...fresh(),
    status: null,
    mode: { kind: 'line', editor: EMPTY, picked: -1 },
    sealed: {
      version: '0.1.0',
      sealed: 'locked',
      tradingState: 'unknown',
      haltReason: null,
      protection: STATUS.protection,
      startedAt: NOW,
    },
  }),
};
