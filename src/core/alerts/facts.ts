import type { AlertKind } from './kinds.ts';

type Symbolic = { readonly agent: string; readonly symbol: string };
/** Fills of one agent that came together. Amounts are decimal text; `net` is null while the position is open or its fees are in a coin. */
export type FillFacts = Symbolic & {
  readonly fills: number;
  readonly side: 'buy' | 'sell';
  readonly quantity: string;
  readonly price: string;
  /** Of the tick; null where nobody knows it. */
  readonly priceDecimals: number | null;
  readonly base: string;
  readonly quote: string;
  readonly net: string | null;
};

/** What each kind is told of. Amounts are decimal text with their asset, fractions decimal text. */
export type AlertFacts = {
  kill_done: { readonly verb: 'flatten' | 'stop_managing'; readonly steps: number; readonly why: string };
  kill_failed: {
    readonly verb: 'flatten' | 'stop_managing';
    readonly done: number;
    readonly steps: number;
    readonly step: string;
    readonly detail: string;
  };
  risk_breached: { readonly fromPeak: string; readonly act: 'halt' | 'flatten'; readonly reason: string };
  position_unprotected: Symbolic & { readonly purpose: 'stop' | 'target'; readonly why: string };
  account_mismatch: { readonly account: string; readonly why: string };
  journal_unwritable: { readonly why: string };
  approval_needed: { readonly id: string; readonly what: string; readonly minutesLeft: number };
  stop_hit: FillFacts;
  target_hit: FillFacts;
  order_filled: FillFacts;
  agent_spawned: Symbolic & { readonly family: string; readonly interval: string };
  agent_ended: Symbolic & { readonly net: string; readonly r: string; readonly quote: string; readonly why: string };
  cycle_failed: { readonly cycle: number; readonly why: string };
  schedule_skipped: { readonly time: string; readonly why: string };
  feed_stale: { readonly seconds: number; readonly label: string; readonly why: string };
  venue_trouble: { readonly account: string; readonly state: string; readonly why: string };
  clock_skew: { readonly why: string };
  machine_slept: { readonly minutes: number; readonly accounts: number };
  disk_low: { readonly freeBytes: number };
  price_reached: {
    readonly symbol: string;
    readonly price: string;
    readonly priceDecimals: number | null;
    readonly side: 'above' | 'below';
    readonly level: string;
    readonly label: string;
  };
  model_ready: { readonly name: string };
  download_failed: { readonly name: string; readonly why: string };
  model_safe_mode: { readonly why: string };
  daily_summary: {
    readonly dayFraction: string;
    readonly dayAmount: string;
    readonly quote: string;
    readonly agents: number;
    readonly drawdown: string;
  };
  outbound_failed: { readonly tries: number; readonly channel: string; readonly host: string; readonly why: string };
  digest: { readonly more: number };
};

/** Something to be told, before anybody has decided whether and how. */
export type AlertDraft = {
  [K in AlertKind]: { readonly kind: K; readonly facts: AlertFacts[K] };
}[AlertKind];
