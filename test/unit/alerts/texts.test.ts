import { describe, expect, it } from 'vitest';
import type { AlertDraft, AlertFacts, FillFacts } from '#core/alerts/facts.ts';
import { ALERT_KINDS, type AlertKind, mutedCounts, ruleOf } from '#core/alerts/kinds.ts';
import { LONGEST_TEXT, textsOf } from '#core/alerts/texts.ts';
import { alertKind } from '#shared/contract/alerts.ts';
import { english } from '#shared/i18n/en/words.ts';

const LONG = 'the venue does not answer and nobody knows why, '.repeat(9).trim();
const AMOUNT = '-123456789012.12345678';
const symbolic = { agent: 'A-1f2e3d4c5b6a7988', symbol: '1000SATOSHI/USDT' };
const fill: FillFacts = {
  ...symbolic,
  fills: 1_234,
  side: 'sell',
  quantity: '98765432.12345678',
  price: '123456.78901234',
  priceDecimals: 8,
  base: '1000SATOSHI',
  quote: 'USDT',
  net: AMOUNT,
};

/** The longest that each kind may ever be given. */
const WORST: { readonly [K in AlertKind]: AlertFacts[K] } = {
  kill_done: { verb: 'flatten', steps: 12, why: LONG },
  kill_failed: { verb: 'flatten', done: 11, steps: 12, step: LONG, detail: LONG },
  risk_breached: { fromPeak: '-0.123456', act: 'flatten', reason: LONG },
  position_unprotected: { ...symbolic, purpose: 'target', why: LONG },
  account_mismatch: { account: 'a-very-long-name-of-an-account-at-a-venue', why: LONG },
  journal_unwritable: { why: LONG },
  approval_needed: { id: 'AP-123456', what: LONG, minutesLeft: 1440 },
  stop_hit: fill,
  target_hit: fill,
  order_filled: fill,
  agent_spawned: { ...symbolic, family: 'pattern recognition', interval: '15m' },
  agent_ended: { ...symbolic, net: AMOUNT, r: '-12.34', quote: 'USDT', why: LONG },
  cycle_failed: { cycle: 123_456_789, why: LONG },
  schedule_skipped: { time: '2026-11-21T14:00:00Z', why: LONG },
  feed_stale: { seconds: 123_456, label: LONG, why: LONG },
  venue_trouble: { account: 'a-very-long-name-of-an-account', state: 'without its stream', why: LONG },
  clock_skew: { why: LONG },
  machine_slept: { minutes: 123_456, accounts: 20 },
  disk_low: { freeBytes: 499_999_999 },
  price_reached: {
    symbol: symbolic.symbol,
    price: '123456.78901234',
    priceDecimals: 8,
    side: 'above',
    level: '123456.78',
    label: LONG,
  },
  model_ready: { name: 'm'.repeat(80) },
  download_failed: { name: 'm'.repeat(80), why: LONG },
  model_safe_mode: { why: LONG },
  daily_summary: { dayFraction: '-0.12345678', dayAmount: AMOUNT, quote: 'USDT', agents: 12, drawdown: '0.04999999' },
  outbound_failed: { tries: 12, channel: 'webhook', host: 'h'.repeat(60), why: LONG },
  digest: { more: 123_456 },
};
// The table pairs each kind with its facts; TypeScript cannot follow the pair through a loop.
const draftOf = (kind: AlertKind): AlertDraft => ({ kind, facts: WORST[kind] }) as AlertDraft;

/** What may not be read over a shoulder: the amounts that the worst case is made of. */
const AMOUNTS = /123,456,789,012|98,765,432/;

describe.each(ALERT_KINDS)('an alert of the kind %s', (kind) => {
  const { text, hidden } = textsOf(draftOf(kind));

  it('fits a notification, whatever it is given', () => {
    expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(hidden.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(text.length).toBeGreaterThan(10);
  });
  it('says no amount where amounts are hidden', () => {
    expect(hidden).not.toMatch(AMOUNTS);
    expect(hidden).not.toMatch(/undefined|NaN|\[object/);
  });
  it('has a title and a reason in the catalogue', () => {
    expect(english.alerts.kinds[kind].title.length).toBeGreaterThan(3);
    expect(english.alerts.kinds[kind].why).toMatch(/\.$/);
  });
});

describe('the texts', () => {
  it('begin with the number, in its money, with a real minus', () => {
    const { text, hidden } = textsOf({
      kind: 'stop_hit',
      facts: { ...fill, agent: 'A-0007', symbol: 'BTC/USDT', price: '63880', fills: 1, net: '-50', priceDecimals: 2 },
    });
    expect(text).toBe('−50.00\u00a0USDT stop hit, A-0007 BTC/USDT 63,880.00');
    expect(hidden).toBe('••• stop hit, A-0007 BTC/USDT 63,880.00');
  });
  it('are one line of plain text, whatever a venue wrote', () => {
    const { text } = textsOf({ kind: 'clock_skew', facts: { why: 'a\u001b[31m\nb\u202Ec' } });
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('the table of kinds', () => {
  it('has the names of the contract', () => {
    expect([...ALERT_KINDS]).toEqual(alertKind.options);
  });
  it('lets nothing critical be muted where money is real', () => {
    const critical = ALERT_KINDS.filter((kind) => ruleOf(kind).urgency === 'critical');
    expect(critical.length).toBeGreaterThan(4);
    for (const kind of critical) {
      expect(mutedCounts(kind, 'live'), kind).toBe(false);
      expect(mutedCounts(kind, null), `${kind} of the whole engine`).toBe(false);
      expect(ruleOf(kind).os, kind).toBe(true);
    }
  });
});
