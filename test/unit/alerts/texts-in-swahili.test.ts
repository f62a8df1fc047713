import { describe, expect, it } from 'vitest';
import type { AlertDraft, AlertFacts, FillFacts } from '#core/alerts/facts.ts';
import { ALERT_KINDS, type AlertKind } from '#core/alerts/kinds.ts';
import { textsOf } from '#core/alerts/texts.ts';
import { wordsIn } from '../../../src/main/words.ts';

const why = 'the venue does not answer';
const agent = { agent: 'A-0007', symbol: 'BTC/USDT' };
const fill: FillFacts = {
  ...agent,
  fills: 1,
  side: 'sell',
  quantity: '0.015',
  price: '63880.5',
  priceDecimals: 2,
  base: 'BTC',
  quote: 'USDT',
  net: '-50',
};

/** Each kind as it is usually told. */
const USUAL: { readonly [K in AlertKind]: AlertFacts[K] } = {
  kill_done: { verb: 'flatten', steps: 5, why },
  kill_failed: { verb: 'flatten', done: 4, steps: 5, step: 'close positions', detail: why },
  risk_breached: { fromPeak: '-0.0161', act: 'flatten', reason: why },
  position_unprotected: { ...agent, purpose: 'stop', why },
  account_mismatch: { account: 'kraken', why },
  journal_unwritable: { why },
  approval_needed: { id: 'AP-19', what: 'an agent on BTC/USDT, trend following', minutesLeft: 10 },
  stop_hit: fill,
  target_hit: fill,
  order_filled: { ...fill, fills: 2 },
  agent_spawned: { ...agent, family: 'trend following', interval: '15m' },
  agent_ended: { ...agent, net: '12.34', r: '0.8', quote: 'USDT', why },
  cycle_failed: { cycle: 12, why },
  schedule_skipped: { time: '14:00', why },
  feed_stale: { seconds: 61, label: 'Kraken', why },
  venue_trouble: { account: 'kraken', state: 'without its stream', why },
  clock_skew: { why },
  machine_slept: { minutes: 42, accounts: 2 },
  disk_low: { freeBytes: 499_999_999 },
  price_reached: {
    symbol: 'BTC/USDT',
    price: '65012.3',
    priceDecimals: 2,
    side: 'above',
    level: '65000',
    label: 'simulated',
  },
  model_ready: { name: 'qwen3' },
  download_failed: { name: 'qwen3', why },
  model_safe_mode: { why },
  daily_summary: { dayFraction: '0.0042', dayAmount: '42.18', quote: 'USDT', agents: 2, drawdown: '0.01' },
  outbound_failed: { tries: 3, channel: 'webhook', host: 'example.org', why },
  digest: { more: 7 },
};
// The table pairs each kind with its facts; TypeScript cannot follow the pair through a loop.
const draftOf = (kind: AlertKind): AlertDraft => ({ kind, facts: USUAL[kind] }) as AlertDraft;

describe('alerts in Swahili, as the notifications of the desktop tell them', () => {
  it.each(ALERT_KINDS)('%s is worded, with its amounts and without, and keeps every number', (kind) => {
    const { said } = wordsIn('sw');
    const numbers = (text: string) => (text.match(/\d[\d,.]*\d|\d|•••/g) ?? []).toSorted();
    for (const text of new Set(Object.values(textsOf(draftOf(kind))))) {
      expect(said(text)).not.toBe(text);
      expect(numbers(said(text))).toEqual(numbers(text));
    }
  });
});
