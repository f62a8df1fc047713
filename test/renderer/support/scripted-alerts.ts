import { ALERT_KINDS, ruleOf } from '#core/alerts/kinds.ts';
import type { AlertKindView, AlertView, PriceAlertView } from '#shared/contract/alerts.ts';
import type { AppEvent, AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { OutboundView } from '#shared/contract/outbound.ts';
import { NOW } from './sample-market.ts';

type AlertCalls = Pick<
  AppHandlers,
  | 'alerts.list'
  | 'alerts.read'
  | 'alerts.kinds'
  | 'alerts.mute'
  | 'alerts.price_list'
  | 'alerts.price_set'
  | 'alerts.price_remove'
  | 'outbound.show'
  | 'outbound.set'
  | 'outbound.remove'
  | 'outbound.test'
  | 'outbound.log'
>;

const MINUTE_MS = 60_000;
export const sampleAlert = (
  id: number,
  alert: Pick<AlertView, 'kind' | 'text' | 'link'> & Partial<AlertView>,
): AlertView => ({
  id,
  urgency: ruleOf(alert.kind).urgency,
  environment: 'simulated',
  at: NOW - id * MINUTE_MS,
  lastAt: NOW - id * MINUTE_MS,
  count: 1,
  read: false,
  heldBack: null,
  ...alert,
});

/** An Alert centre as it looks after a while. */
export const sampleAlerts = (): AlertView[] => [
  sampleAlert(5, {
    kind: 'risk_breached',
    text: '−1.61% from the peak: no new entries. day loss limit of 1.50% reached',
    link: '/portfolio',
  }),
  sampleAlert(4, {
    kind: 'agent_ended',
    text: '−12.40 USDT (−0.50 R): A-1f2e3d4c on BTC/USDT has ended. stop hit',
    link: '/agents/A-1f2e3d4c',
  }),
  sampleAlert(3, {
    kind: 'disk_low',
    text: '412 MB are free on the disk of the data folder; records need room',
    link: '/alerts',
    environment: null,
    count: 3,
  }),
  sampleAlert(2, {
    kind: 'order_filled',
    text: '0.01 BTC bought, A-1f2e3d4c BTC/USDT 64,012.5',
    link: '/agents/A-1f2e3d4c',
    read: true,
    heldBack: 'off here',
  }),
  sampleAlert(1, {
    kind: 'agent_spawned',
    text: 'A-1f2e3d4c spawned: trend following on BTC/USDT 5m',
    link: '/agents/A-1f2e3d4c',
    read: true,
  }),
];

type Told = {
  raised(payload: AppEvent<'alerts.raised'>): void;
  changed(payload: AppEvent<'alerts.changed'>): void;
};

/** The calls of the Alert centre, with what was done to it kept, and `raise` for what the engine has to tell. */
export function scriptedAlerts(
  start: readonly AlertView[],
  told: Told,
): { readonly handlers: AlertCalls; readonly raise: (alert: AlertView) => void } {
  let alerts = [...start];
  let prices: PriceAlertView[] = [];
  let channels: OutboundView['channels'] = [];
  const muted = new Set<string>();
  const unread = (): number => alerts.filter(({ read }) => !read).length;
  const kinds = (): AlertKindView[] =>
    ALERT_KINDS.map((kind) => {
      const { urgency, os, sound, mutable, on } = ruleOf(kind);
      return { kind, urgency, os, sound, mutable, muted: muted.has(kind), onMade: on.made, onVenues: on.venue };
    });
  const handlers: AlertCalls = {
    'alerts.list': ({ limit, unreadOnly }) => ({
      alerts: alerts.filter(({ read }) => !unreadOnly || !read).slice(0, limit),
      unread: unread(),
    }),
    'alerts.read'({ ids }) {
      const before = unread();
      alerts = alerts.map((alert) => (ids === 'all' || ids.includes(alert.id) ? { ...alert, read: true } : alert));
      told.changed({ unread: unread() });
      return { changed: before - unread(), unread: unread() };
    },
    'alerts.kinds': kinds,
    'alerts.mute'({ kind, muted: on }) {
      if (on && ruleOf(kind).mutable === 'never')
        throw new ContractError({
          code: 'rejected',
          reason: 'refused',
          message: `alerts of the kind ${kind} are always told`,
        });
      if (on) muted.add(kind);
      else muted.delete(kind);
      return kinds();
    },
    'outbound.show': () => ({ channels }),
    'outbound.set': ({ setting }) => {
      channels = [...channels.filter((one) => one.setting.channel !== setting.channel), { setting, ready: true }];
      return { channels };
    },
    'outbound.remove': ({ channel }) => {
      channels = channels.filter(({ setting }) => setting.channel !== channel);
      return { channels };
    },
    'outbound.test': () => ({ sent: true }),
    'outbound.log': () => ({ entries: [] }),
    'alerts.price_list': () => prices,
    'alerts.price_set'(asked) {
      const set = { id: `P-${prices.length + 1}`, ...asked, priceDecimals: 2, watched: asked.market === 'simulated' };
      prices = [...prices, set];
      return set;
    },
    'alerts.price_remove'({ id }) {
      prices = prices.filter((one) => one.id !== id);
      return prices;
    },
  };
  return {
    handlers,
    raise(alert) {
      alerts = [alert, ...alerts];
      told.raised({ alert, tell: true, unread: unread() });
    },
  };
}
