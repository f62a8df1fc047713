import type { AlertEnvironment, AlertRule } from './types.ts';

const EVERYWHERE = { made: true, venue: true } as const;
const ON_VENUES = { made: false, venue: true } as const;

/** Whoever must act now hears it. */
const critical = (mutable: AlertRule['mutable']): AlertRule => ({
  urgency: 'critical',
  os: true,
  sound: 'loud',
  mutable,
  on: EVERYWHERE,
});
const normal = (on: AlertRule['on'] = EVERYWHERE, sound: AlertRule['sound'] = 'none'): AlertRule => ({
  urgency: 'normal',
  os: true,
  sound,
  mutable: 'yes',
  on,
});
const low = (on: AlertRule['on'] = EVERYWHERE): AlertRule => ({
  urgency: 'low',
  os: true,
  sound: 'none',
  mutable: 'yes',
  on,
});

/** Everything the engine can tell, in the order in which the settings list it. */
export const ALERT_RULES = {
  kill_done: critical('never'),
  kill_failed: critical('never'),
  risk_breached: critical('not live'),
  position_unprotected: critical('not live'),
  account_mismatch: critical('not live'),
  journal_unwritable: critical('never'),
  approval_needed: normal(EVERYWHERE, 'soft'),
  stop_hit: low(ON_VENUES),
  target_hit: low(ON_VENUES),
  order_filled: low(ON_VENUES),
  agent_spawned: low(),
  agent_ended: low(),
  cycle_failed: normal(),
  schedule_skipped: normal(),
  feed_stale: normal(ON_VENUES),
  venue_trouble: normal(ON_VENUES),
  clock_skew: normal(),
  machine_slept: normal(),
  disk_low: normal(),
  price_reached: normal(EVERYWHERE, 'soft'),
  model_ready: low(),
  download_failed: low(),
  model_safe_mode: low(),
  daily_summary: low(),
  outbound_failed: normal(),
  digest: low(),
} as const satisfies Readonly<Record<string, AlertRule>>;

export type AlertKind = keyof typeof ALERT_RULES;
export const ALERT_KINDS = Object.keys(ALERT_RULES) as readonly AlertKind[];

export const ruleOf = (kind: AlertKind): AlertRule => ALERT_RULES[kind];

const MADE: readonly AlertEnvironment[] = ['backtest', 'simulated'];

/** Whether a kind speaks by default where this happened. What belongs to no environment always does. */
export const speaksIn = (kind: AlertKind, environment: AlertEnvironment | null): boolean => {
  const { on } = ruleOf(kind);
  if (environment === null) return on.made || on.venue;
  return MADE.includes(environment) ? on.made : on.venue;
};

/** Whether being muted counts here. An alert about the whole engine may concern real money, so it is treated as if it did. */
export const mutedCounts = (kind: AlertKind, environment: AlertEnvironment | null): boolean => {
  const { mutable } = ruleOf(kind);
  if (mutable === 'yes') return true;
  return mutable === 'not live' && environment !== null && environment !== 'live';
};
