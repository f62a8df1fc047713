import { describe, expect, it } from 'vitest';
import type { OrderPurpose } from '#core/domain/order.ts';
import type { JournalRecord, RecordType } from '#core/journal/types.ts';
import { auditSummary } from '#core/projections/audit-summary.ts';
import { portfolioWords } from '#core/projections/portfolio-words.ts';
import { names } from '#shared/i18n/en/names.ts';
import { names as swahiliNames } from '#shared/i18n/sw/names.ts';
import { leftUnsaid } from '../../support/left-unsaid.ts';

const AT = Date.UTC(2026, 10, 20, 11, 2);
const who = (how: string, face = 'the window') => ({ at: AT, face, how });
const schedule = { everyMinutes: 60, instrument: 'B/T', interval: '1h', between: null };
const of = (model: string) => ({ regime: 'trending_up', confidence: 0.62, source: 'rules', model: { kind: model } });
const entry = { purpose: 'entry', side: 'buy', quantity: '0.1' };
const started = { symbol: 'B/T', interval: '1h', seed: 42 };
const sent = { clientOrderId: 'C-1', ...entry };
const order = (confirmedAt: number | null) => ({ confirmedAt });

/**
 * Records of every type, in each form that their sentences have. What a person typed, and names of things, stand here without vowels: a vowel
 * that is left is a word of the engine that nobody put into the table.
 */
const SAMPLES: Readonly<Record<RecordType, readonly unknown[]>> = {
  'account.opened': [{ cash: '10', asset: 'T', marketSeed: 42 }],
  'cycle.started': [
    { ...started, trigger: 'button' },
    { ...started, trigger: 'tray', chosen: { family: 'mean-reversion', by: 'master' } },
    ...['hotkey', 'terminal', 'schedule'].map((trigger) => ({ ...started, trigger })),
    { ...started, trigger: 'terminal', chosen: { family: 'scalping', by: 'program' } },
  ],
  'market.snapshot': [
    { candles: 1, gaps: 1 },
    { candles: 1000, gaps: 0 },
  ],
  'context.built': [{ facts: [{}] }, { facts: [{}, {}] }],
  'news.read': ['low', 'medium', 'high'].map((risk) => ({
    reading: { items: risk === 'low' ? 1 : 3, sentiment: { toFixed: () => '0.20' }, risk },
  })),
  'analyst.asked': [
    { receipt: { model: null, samples: [{}] } },
    { receipt: { model: { name: 'q.ggf' }, samples: [{}, {}] } },
  ],
  'text.kept': [{ hash: 'bcd' }],
  'analyst.assessed': ['absent', 'late', 'failed', 'invalid', 'ungrounded', 'outvoted', 'used'].map((kind) => ({
    assessment: of(kind),
  })),
  'analyst.called': [
    { calls: [{}], dueAt: AT },
    { calls: [{}, {}], dueAt: AT },
  ],
  'analyst.resolved': ['up', 'down', 'flat'].map((direction) => ({
    cycle: 3,
    outcome: { direction, regime: 'trending_down' },
  })),
  'spawner.decided': [
    { kind: 'spawn', why: 'no model is chosen' },
    { kind: 'no_trade', why: 'no similar trade is remembered' },
  ],
  'agent.spawned': [
    'trend-following',
    'mean-reversion',
    'scalping',
    'dca',
    'reversal',
    'sentiment',
    'news-reaction',
    'pattern-recognition',
    'sma-cross',
  ].map((family) => ({ agentId: 'X-1', spec: { family } })),
  'agent.paused': ['window', 'terminal'].map((by) => ({ agentId: 'X-1', by, reason: 'slw' })),
  'agent.resumed': [{ agentId: 'X-1', by: 'page', reason: 'rdy' }],
  'agent.decided': ['enter', 'exit', 'hold'].map((kind) => ({ intent: { kind, reason: 'nothing to exit' } })),
  'risk.approved': [
    { ...entry, checks: ['x'] },
    { purpose: 'stop', side: 'sell', quantity: '0.1', checks: ['x', 'y'] },
  ],
  'risk.denied': ['exit', 'target', 'flatten'].map((purpose) => ({
    purpose,
    check: 'csh',
    reason: 'the quantity must be positive',
  })),
  'order.submitted': ['market', 'limit', 'stop', 'stop_limit', 'take_profit', 'trailing_stop'].map((type) => ({
    ...sent,
    type,
    price: type === 'market' ? null : '10',
  })),
  'order.accepted': [sent],
  'order.unresolved': [{ ...sent, reason: 'T.' }],
  'order.cancel_requested': [{ ...sent, reason: 'position closed' }],
  'order.stop_tightened': [{ ...sent, from: '9', to: '10' }],
  'order.filled': [{ ...entry, price: '10', fee: '0.1', feeAsset: 'T' }],
  'order.canceled': [{ ...sent, reason: 'position closed' }],
  'order.rejected': [{ ...sent, reason: 'X.' }],
  'position.external': [{ ...entry, price: '10', fee: '0.1', feeAsset: 'T' }],
  'ledger.posted': [
    { postings: [{}], event: 'opening' },
    { postings: [{}, {}], event: 'C-1' },
  ],
  'agent.retired': [
    { agentId: 'X-1', barsLived: 1, why: 'position closed' },
    { agentId: 'X-1', barsLived: 4, why: 'the stop was hit at 10' },
  ],
  'memory.lesson': [{ lesson: { text: 'no lesson matches yet' } }],
  'memory.revoked': [{ lessonId: 'L-1', reason: 'wrng.' }],
  'cycle.completed': ['traded', 'no_trade', 'interrupted'].map((outcome) => ({
    outcome,
    netPnl: '1',
    r: '0.5',
    fees: '0.1',
  })),
  'cycle.failed': [{ error: 'nothing can be recorded' }],
  'cycle.interrupted': [{ reason: 'the program ended before the cycle did' }],
  'risk.marked': [{ equity: '10', peakEquity: '11', dayStartEquity: '9' }],
  'risk.breached': ['halt', 'flatten'].map((kind) => ({ kind, reason: 'drawdown 5 % from 11 to 10 has reached 5 %' })),
  'risk.limits_changed': [{ policy: { mx: 3 }, changed: ['mx'], reason: 'lwr' }],
  'prompt.edited': [
    { id: 'rl', version: 2, text: 'x', reason: 'bttr' },
    { id: 'rl', version: 3, text: null, reason: 'bck' },
  ],
  'preferences.changed': [{ changed: ['thm', 'zn'] }],
  'alert.muted': [{ kinds: [] }, { kinds: ['fll', 'dgst'] }],
  'alert.price_set': [true, false].map((once) => ({
    id: 'P-1',
    symbol: 'B/T',
    side: once ? 'above' : 'below',
    level: '10',
    market: 'BN',
    once,
  })),
  'alert.price_removed': [{ id: 'P-1' }],
  'alert.price_fired': [{ id: 'P-1', price: '10' }],
  'alert.price_armed': [{ id: 'P-1' }],
  'outbound.changed': [
    { channel: 'ntfy', setting: null },
    ...['info', 'warning', 'critical'].map((least) => ({ channel: 'ntfy', setting: { least } })),
  ],
  'api_token.made': [
    { name: 'bt', scope: 'view', expiresAt: null },
    { name: 'bt', scope: 'trade', expiresAt: AT },
  ],
  'api_token.revoked': [{ name: 'bt' }],
  'kill.proof': [
    { verb: 'flatten', venues: [{ verifiedEmptyAt: 1, orders: [order(1)] }] },
    { verb: 'stop_managing', venues: [{ verifiedEmptyAt: null, orders: [order(1), order(null)] }] },
    {
      verb: 'flatten',
      venues: [
        { verifiedEmptyAt: null, orders: [] },
        { verifiedEmptyAt: null, orders: [] },
      ],
    },
  ],
  'journal.restored': [
    { records: 1, knownRecords: 2 },
    { records: 5, knownRecords: 5 },
    { records: 5, knownRecords: 9 },
  ],
  'venue_account.added': ['sandbox', 'live'].map((environment) => ({
    config: { name: 'krk', exchange: 'BN', environment, instruments: ['B/T', 'T/B'] },
  })),
  'venue_account.removed': [{ name: 'krk' }],
  'venue_account.opened': [{ name: 'krk', cash: '10', asset: 'T' }],
  'paper_account.opened': [
    { environment: 'paper', venue: 'BN', standIn: false, cash: '10', asset: 'T' },
    { environment: 'shadow', venue: 'BN', standIn: true, cash: '10', asset: 'T' },
  ],
  'cycle.offline': [
    { from: AT, to: AT, candles: 1 },
    { from: AT, to: AT, candles: 9 },
  ],
  'shadow.quoted': [
    { ...entry, price: '10' },
    { ...entry, price: null },
  ],
  'shadow.compared': [{ simulated: '10', quoted: '11', slippageBps: '3' }],
  'account.reset': [{ asset: 'T', cash: '10', equityBefore: '9', resultBefore: '-1', reason: 'nw' }],
  'profit.policy_set': [{ share: '0.5', threshold: '10', reason: 'sv' }],
  'profit.locked': [{ amount: '10', locked: '20', why: 'T.' }],
  'profit.released': [{ amount: '10', locked: '0', reason: 'spnt' }],
  'portfolio.targets_set': [
    { weights: { 'B/T': '0.2' }, band: '0.05', reason: 'pln' },
    { weights: {}, band: '0.05', reason: 'pln' },
  ],
  'portfolio.rebalance_planned': [
    { phase: 'sales', trades: [{ symbol: 'B/T', side: 'sell', quantity: '1', why: 'T.' }], left: [] },
    { phase: 'purchases', trades: [], left: [] },
  ],
  'strategy.switched': [{ from: { family: 'scalping' }, to: { family: 'trend-following' }, why: 'no model is chosen' }],
  'mode.changed': [{ from: 'full', to: 'semi', reason: 'slw', by: 'window' }],
  'schedule.set': [
    { on: true, schedule, by: 'window' },
    { on: true, schedule: { ...schedule, between: { from: '08:00', to: '17:00' } }, by: 'terminal' },
    { on: false, schedule, by: 'tray' },
  ],
  'schedule.pressed': [{ due: AT, cycle: 3 }],
  'schedule.skipped': [{ due: AT, why: 'nothing ran at that moment' }],
  'approval.requested': ['brief', 'entry'].map((kind) => ({ id: 'Q-1', kind, symbol: 'B/T', cycle: 3 })),
  'approval.edited': [
    { id: 'Q-1', by: 'window', limits: { riskPerTrade: '0.1', maxNotionalFraction: '0.2', maxBars: 9 } },
  ],
  'approval.approved': [{ id: 'Q-1', by: 'window' }],
  'approval.rejected': [{ id: 'Q-1', by: 'tray', reason: 'n' }],
  'approval.expired': [{ id: 'Q-1', reason: 'nobody decided in time' }],
  'access.unlocked': ['passphrase', 'recovery code', 'authenticator code'].map((how) => who(how)),
  'access.unlock_failed': [who('the vault did not open', 'the terminal')],
  'access.locked': [who('idle'), who('asked')],
  'access.stepped_up': [who('confirmation'), who('backup code'), who('biometrics', 'a browser page')],
  'access.step_up_failed': [who('it could not be judged')],
  'access.connected': [who(''), who('after 3 more within a minute', 'the view token bt')],
  'access.disconnected': [who('', 'the trade token bt'), who('', 'the engine')],
  'access.factor_changed': [
    who('enrolled'),
    who('enrolled, asked at unlock'),
    who('disabled'),
    who('ten new backup codes'),
  ],
  'trading_state.changed': ['active', 'reducing', 'halted'].map((state) => ({ state, reason: 'slw' })),
};

describe('what a record says', () => {
  it.each(Object.entries(SAMPLES))('is known to the catalogue to the last word: %s', (type, payloads) => {
    expect(payloads.length).toBeGreaterThan(0);
    const records = payloads.map((payload) => ({ type, payload }) as JournalRecord);
    const texts = records.flatMap((record) => [auditSummary(record), portfolioWords(record)?.what ?? '']);
    expect(texts.filter((text) => leftUnsaid(text) !== '')).toEqual([]);
  });
});

/** Every purpose that a fill on a chart can have; one that is missing here does not compile. */
const PURPOSES: Readonly<Record<OrderPurpose, true>> = {
  entry: true,
  exit: true,
  stop: true,
  target: true,
  flatten: true,
};

describe('a fill on a chart', () => {
  it('has a name for its purpose, and not the same one in both languages', () => {
    expect(Object.keys(names.purposes).sort()).toEqual(Object.keys(PURPOSES).sort());
    for (const purpose of Object.keys(PURPOSES) as OrderPurpose[])
      expect(swahiliNames.purposes[purpose]).not.toBe(names.purposes[purpose]);
  });
});
