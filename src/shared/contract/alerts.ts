import { z } from 'zod';
import { call, event } from './define.ts';
import { decimalText, environmentText, nothing, priceDecimals, symbolText, unixMsNumber } from './primitives.ts';

/** Everything the engine can tell. The engine's own table of them must have the same names; a type holds it to that. */
export const alertKind = z.enum([
  'kill_done',
  'kill_failed',
  'risk_breached',
  'position_unprotected',
  'account_mismatch',
  'journal_unwritable',
  'approval_needed',
  'stop_hit',
  'target_hit',
  'order_filled',
  'agent_spawned',
  'agent_ended',
  'cycle_failed',
  'schedule_skipped',
  'feed_stale',
  'venue_trouble',
  'clock_skew',
  'machine_slept',
  'disk_low',
  'price_reached',
  'model_ready',
  'download_failed',
  'model_safe_mode',
  'daily_summary',
  'outbound_failed',
  'digest',
]);

export const alertView = z.strictObject({
  /** Below zero for one that the disk did not take. */
  id: z.int(),
  kind: alertKind,
  urgency: z.enum(['critical', 'normal', 'low']),
  environment: environmentText.nullable(),
  /** Machine's clock: when it first came, when it came last, and how often. */
  at: unixMsNumber,
  lastAt: unixMsNumber,
  count: z.int().min(1),
  text: z.string().max(110),
  /** The screen that it is about. */
  link: z.string().max(100),
  read: z.boolean(),
  /** Why it was kept and not told. */
  heldBack: z.enum(['muted', 'off here', 'quiet hours', 'too many']).nullable(),
});
export type AlertView = z.infer<typeof alertView>;

export const alertKindView = z.strictObject({
  kind: alertKind,
  urgency: alertView.shape.urgency,
  os: z.boolean(),
  sound: z.enum(['none', 'soft', 'loud']),
  mutable: z.enum(['yes', 'not live', 'never']),
  muted: z.boolean(),
  /** Told by default on made prices, and on a venue's. */
  onMade: z.boolean(),
  onVenues: z.boolean(),
});
export type AlertKindView = z.infer<typeof alertKindView>;

const alertKinds = z.array(alertKindView);

export const alertList = z.strictObject({ alerts: z.array(alertView), unread: z.int().min(0) });
export type AlertListView = z.infer<typeof alertList>;

export const priceAlertId = z.string().regex(/^P-\d{1,9}$/, 'is not the id of a price alert');
/** `simulated`, or ccxt's id of a venue. */
export const priceMarket = z.string().regex(/^[a-z0-9]{2,40}$/, 'is neither simulated nor the id of a venue');
export const priceAlertView = z.strictObject({
  id: priceAlertId,
  symbol: symbolText,
  market: priceMarket,
  side: z.enum(['above', 'below']),
  level: decimalText,
  priceDecimals,
  once: z.boolean(),
  /** Whether prices of this market come in now; a venue's do only while a cycle follows them. */
  watched: z.boolean(),
});
export type PriceAlertView = z.infer<typeof priceAlertView>;
const priceAlerts = z.array(priceAlertView);

export const appAlertRead = z.strictObject({ changed: z.int(), unread: z.int() });

const MOST_ROWS = 500;

export const alertsContract = {
  /** The Alert centre, newest first. */
  'alerts.list': call(
    'view',
    z.strictObject({
      limit: z.int().min(1).max(MOST_ROWS).default(100),
      unreadOnly: z.boolean().default(false),
      beforeId: z.int().min(1).optional(),
    }),
    alertList,
  ),
  'alerts.read': call(
    'trade',
    z.strictObject({ ids: z.union([z.literal('all'), z.array(z.int()).min(1).max(MOST_ROWS)]) }),
    appAlertRead,
  ),
  'alerts.kinds': call('view', nothing, alertKinds),
  /** A muted kind is still kept in the centre. Refused for what must always be told. */
  'alerts.mute': call('trade', z.strictObject({ kind: alertKind, muted: z.boolean() }), alertKinds),
  /** `tell`: to be shown now; otherwise only the count has changed. */
  'alerts.raised': event('view', z.strictObject({ alert: alertView, tell: z.boolean(), unread: z.int() })),
  'alerts.changed': event('view', z.strictObject({ unread: z.int() })),
  'alerts.price_list': call('view', nothing, priceAlerts),
  'alerts.price_set': call(
    'trade',
    z.strictObject({
      symbol: symbolText,
      market: priceMarket.default('simulated'),
      side: z.enum(['above', 'below']),
      level: decimalText,
      once: z.boolean().default(true),
    }),
    priceAlertView,
  ),
  'alerts.price_remove': call('trade', z.strictObject({ id: priceAlertId }), priceAlerts),
} as const;
