import type { AssessmentView, CycleView, StageView } from '#shared/contract/cycle.ts';
import { STAGE_NAMES } from '#shared/contract/cycle.ts';
import { NOW } from './sample-market.ts';

export type Script = 'traded' | 'no_trade' | 'failed';

const HOUR = 3_600_000;
const hash = (letter: string): string => letter.repeat(8).concat('0f3c9a71d2b84e65'.repeat(4)).slice(0, 64);
export const runIdOf = (cycle: number): string => `R-${(0x5f2c91ab00 + cycle).toString(16).padStart(12, '0')}`;
export const agentIdOf = (cycle: number): string => `A-${(0x7d10e4c0 + cycle).toString(16)}`;

const judgement = {
  regime: 'ranging',
  bias: 'long',
  confidence: 0.71,
  evidence: [
    { id: 'F4', name: 'adx14', label: 'ADX(14): strength of a trend', value: 14.26, unit: 'index' },
    { id: 'F7', name: 'bbw', label: 'Bollinger width against its last 100', value: 0.22, unit: 'ratio' },
    { id: 'F2', name: 'ret7d', label: 'Return over 7 days', value: 0.0094, unit: 'fraction' },
    { id: 'F9', name: 'rsi14', label: 'RSI(14)', value: 38.4, unit: 'index' },
    { id: 'F12', name: 'z', label: 'Distance from the mean in deviations', value: -1.62, unit: 'score' },
  ],
  reasons: ['Trend strength is low and the bands are narrow', 'Price stands 1.6 deviations under its mean'],
} satisfies Omit<AssessmentView, 'source' | 'rules' | 'model'>;

export const assessment: AssessmentView = {
  ...judgement,
  source: 'rules',
  rules: judgement,
  model: { outcome: 'absent', why: 'no model file is set, so the rules decide alone' },
};

export const spec = (cycle: number): NonNullable<CycleView['agentSpec']> => ({
  hash: hash('c'),
  family: 'mean-reversion',
  parameters: { lookback: 20, entryZ: 1.5, exitZ: 0.2, rsiMax: 40 },
  envelope: {
    riskPerTrade: '0.005',
    maxNotionalFraction: '0.2',
    stopAtr: '1.5',
    targetAtr: '2.25',
    maxPositions: 1,
    dayLoss: '0.01',
    allowShort: false,
  },
  lifespan: { expiresAt: NOW + 24 * HOUR, maxBars: 24 },
  instructions: `You trade BTC/USDT on closed candles of one hour, in a ranging market.\n\nBuy when price closes more than 1.5 deviations under its mean of 20 candles and RSI(14) is under 40. Leave when it is back within 0.2 deviations.\n\nNever add to a position. Never sell short. When nothing fits, hold and say why.\n\nRun ${runIdOf(cycle)}.`,
  promptParts: [
    { id: 'role', version: 3, hash: hash('a') },
    { id: 'family.mean-reversion', version: 2, hash: hash('b') },
    { id: 'limits', version: 1, hash: hash('d') },
  ],
  lessons: [
    {
      id: 'L-0f3c9a71d2b8',
      environment: 'simulated',
      outcomeR: '-1.00',
      similarity: 0.83,
      effect: 'risk halved: the last one in a market like this lost',
    },
    {
      id: 'L-7a11c0de42f0',
      environment: 'simulated',
      outcomeR: '0.80',
      similarity: 0.71,
      effect: 'kept the exit near the mean',
    },
  ],
  regime: 'ranging',
  confidence: 0.71,
  why: 'Mean reversion fits a ranging market; trend following was left out because ADX is under 20.',
});

const DETAILS: Readonly<Record<(typeof STAGE_NAMES)[number], string>> = {
  preflight: '9 of 9 ready, account 10,000 USDT',
  market: '500 candles of 1h, newest closed 11:00, no gap',
  context: '31 facts from 500 candles',
  analyst: 'rules: ranging 0.71; no model installed',
  memory: '2 lessons for a market like this',
  spawner: 'mean reversion, 0.5% risk, lives 24 candles',
  agent: 'trading BTC/USDT',
  debrief: '+0.84 R, lesson kept',
};
const TOOK: Readonly<Record<(typeof STAGE_NAMES)[number], number>> = {
  preflight: 2.1,
  market: 14.2,
  context: 9.4,
  analyst: 3.2,
  memory: 1.1,
  spawner: 4.7,
  agent: 41_250,
  debrief: 6.8,
};

const RUNS_SINCE_MS = 65_000;

/** Stages with the first `done` finished and the next one running. */
const stages = (done: number, last: StageView['state'] = 'running'): StageView[] =>
  STAGE_NAMES.map((name, index) =>
    index < done
      ? { name, state: 'done', detail: DETAILS[name], elapsedMs: TOOK[name] }
      : {
          name,
          state: index === done ? last : 'waiting',
          detail: index === done ? (last === 'running' ? '' : DETAILS[name]) : '',
          // As the engine says it of a stage that it began this long ago.
          ...(index === done && last === 'running' ? { elapsedMs: RUNS_SINCE_MS } : {}),
        },
  );

export const blank = (cycle: number): CycleView => ({
  cycle,
  runId: runIdOf(cycle),
  state: 'running',
  environment: 'simulated',
  marketSource: 'simulated market, seed 42',
  instrument: 'BTC/USDT',
  interval: '1h',
  priceDecimals: 2,
  trigger: 'button',
  seed: 42,
  startedAt: NOW,
  at: NOW,
  startedWith: { equity: '10042.18', asset: 'USDT' },
  stages: stages(0),
  assessment: null,
  agentId: null,
  agentSpec: null,
  orders: [],
  fills: [],
  decisions: [],
  result: null,
  fees: '0',
  offline: null,
  shadow: null,
  lesson: null,
  journalHead: null,
  error: null,
  timings: null,
});

const story = (cycle: number) => {
  const agentId = agentIdOf(cycle);
  const order = { agentId, instrument: 'BTC/USDT', priceDecimals: 2, quantity: '0.03105', createdAt: NOW } as const;
  const fill = {
    agentId,
    instrument: 'BTC/USDT',
    priceDecimals: 2,
    quantity: '0.03105',
    feeAsset: 'USDT',
  } as const;
  const entry = {
    ...order,
    clientOrderId: 'MT7d10e4c2-1',
    side: 'buy',
    type: 'market',
    purpose: 'entry',
    status: 'filled',
    filledQuantity: '0.03105',
    createdAt: NOW + 2 * HOUR,
  } as const;
  const stop = {
    ...order,
    clientOrderId: 'MT7d10e4c2-2',
    side: 'sell',
    type: 'stop',
    purpose: 'stop',
    price: '63612.48',
    createdAt: NOW + 3 * HOUR,
  } as const;
  const target = {
    ...order,
    clientOrderId: 'MT7d10e4c2-3',
    side: 'sell',
    type: 'take_profit',
    purpose: 'target',
    price: '65620.10',
    createdAt: NOW + 3 * HOUR,
  } as const;
  const bought = {
    ...fill,
    tradeId: 'T1',
    clientOrderId: entry.clientOrderId,
    side: 'buy',
    purpose: 'entry',
    price: '64408.20',
    fee: '1.99987461',
    ts: NOW + 3 * HOUR,
  } as const;
  const sold = {
    ...fill,
    tradeId: 'T2',
    clientOrderId: target.clientOrderId,
    side: 'sell',
    purpose: 'target',
    price: '65620.10',
    fee: '2.03750411',
    ts: NOW + 9 * HOUR,
  } as const;
  const hold = (hours: number, reason: string) => ({ agentId, ts: NOW + hours * HOUR, kind: 'hold', reason }) as const;
  return { entry, stop, target, bought, sold, hold, agentId };
};

/** The pictures of one cycle in order, as the engine would publish them. */
export function frames(script: Script, cycle: number): readonly CycleView[] {
  const start = blank(cycle);
  const judged = { ...start, stages: stages(4), assessment };
  const { entry, stop, target, bought, sold, hold, agentId } = story(cycle);
  const head = hash('e');

  if (script === 'failed') {
    return [
      start,
      {
        ...start,
        state: 'failed',
        stages: stages(1, 'failed').map((stage) =>
          stage.name === 'market' ? { ...stage, detail: 'the newest candle is 3 h old', elapsedMs: 12 } : stage,
        ),
        error:
          'Market data is stale: the newest BTC/USDT candle closed 3 h ago. Wait for the feed, or import newer candles.',
        journalHead: head,
      },
    ];
  }
  if (script === 'no_trade') {
    const done = stages(8).map((stage) =>
      stage.name === 'agent' || stage.name === 'spawner'
        ? { ...stage, state: 'skipped' as const, detail: 'nothing fits' }
        : stage,
    );
    return [
      start,
      judged,
      {
        ...judged,
        state: 'completed',
        assessment: { ...assessment, regime: 'volatile', bias: 'none', confidence: 0.64 },
        stages: done,
        result: {
          outcome: 'no_trade',
          reason: 'No strategy family fits a volatile market: both wait until the range narrows.',
          netPnl: '0',
          r: '0',
          quoteAsset: 'USDT',
          barsLived: 0,
          reconciliation: {
            startingEquity: '10042.18',
            cash: '10042.18',
            positionValue: '0',
            equity: '10042.18',
            grossPnl: '0',
            fees: '0',
            difference: '0',
          },
        },
        lesson: {
          id: 'L-1',
          environment: 'simulated',
          regime: 'volatile',
          family: null,
          decidedAt: NOW,
          resolvedAt: NOW,
          outcomeR: '0',
          outcomeMoney: '0',
          traded: false,
          text: 'Stayed out of a volatile market; BTC/USDT moved 4.1% within the next day.',
        },
        journalHead: head,
        timings: { totalMs: 48, pressToFirstOrderMs: null, stages: {} },
      },
    ];
  }

  const spawned = { ...judged, stages: stages(6), agentId, agentSpec: spec(cycle) };
  const waiting = { ...spawned, decisions: [hold(1, 'price is inside the band (z −0.9), waits for −1.5')] };
  const entered: CycleView = {
    ...waiting,
    decisions: [
      ...waiting.decisions,
      {
        agentId,
        ts: NOW + 2 * HOUR,
        kind: 'enter',
        reason: 'z −1.62 under −1.5 and RSI 38 under 40',
        verdict: 'approved',
      },
    ],
    orders: [
      entry,
      { ...stop, status: 'accepted', filledQuantity: '0' },
      { ...target, status: 'accepted', filledQuantity: '0' },
    ],
    fills: [bought],
    fees: '1.99987461',
  };
  const holding: CycleView = {
    ...entered,
    decisions: [
      ...entered.decisions,
      ...[4, 5, 6, 7, 8].map((hours) => hold(hours, 'holds: target and stop stand, mean not reached')),
    ],
  };
  return [
    start,
    { ...start, stages: stages(2) },
    { ...start, stages: stages(3) },
    judged,
    { ...judged, stages: stages(5) },
    spawned,
    waiting,
    entered,
    holding,
    {
      ...holding,
      state: 'completed',
      stages: stages(8),
      orders: [
        entry,
        { ...stop, status: 'canceled', filledQuantity: '0' },
        { ...target, status: 'filled', filledQuantity: '0.03105' },
      ],
      fills: [bought, sold],
      fees: '4.03737872',
      result: {
        outcome: 'traded',
        reason: 'The target was reached after 6 candles, so the agent retired.',
        netPnl: '33.59311628',
        r: '0.84',
        quoteAsset: 'USDT',
        barsLived: 9,
        reconciliation: {
          startingEquity: '10042.18',
          cash: '10075.77311628',
          positionValue: '0',
          equity: '10075.77311628',
          grossPnl: '37.630495',
          fees: '4.03737872',
          difference: '0',
        },
      },
      lesson: {
        id: 'L-2',
        environment: 'simulated',
        regime: 'ranging',
        family: 'mean-reversion',
        decidedAt: NOW,
        resolvedAt: NOW + 9 * HOUR,
        outcomeR: '0.84',
        outcomeMoney: '33.59311628',
        traded: true,
        text: 'Mean reversion in a ranging market: bought 1.6 deviations under the mean, target after 6 candles, +0.84 R.',
      },
      journalHead: head,
      timings: { totalMs: 41_340, pressToFirstOrderMs: 312, stages: {} },
    },
  ];
}
