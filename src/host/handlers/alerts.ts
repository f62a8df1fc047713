import type { PriceAlert } from '#core/alerts/price-watch.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { AlertView, alertsContract, PriceAlertView } from '#shared/contract/alerts.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

type AlertCall = {
  [K in keyof typeof alertsContract]: (typeof alertsContract)[K]['kind'] extends 'call' ? K : never;
}[keyof typeof alertsContract];

/** A row as the faces see it; whoever asks has the vault open, so its amounts are shown. */
export const alertView = ({ hidden: _hidden, ...alert }: Alert): AlertView => alert;

export function createAlertHandlers({ alerts, market }: EngineParts): Pick<AppHandlers, AlertCall> {
  const priceView = (alert: PriceAlert): PriceAlertView => ({
    ...alert,
    watched: alerts.isWatched(alert.market, alert.symbol),
  });
  const prices = (): PriceAlertView[] => alerts.prices.list().map(priceView);
  return {
    'alerts.list'(query) {
      const { alerts: found, unread } = alerts.list(query);
      return { alerts: found.map(alertView), unread };
    },
    'alerts.read': ({ ids }) => alerts.markRead(ids),
    'alerts.kinds': () => [...alerts.kinds()],
    'alerts.mute'({ kind, muted }) {
      alerts.mute(kind, muted, market.clock.now());
      return [...alerts.kinds()];
    },
    'alerts.price_list': prices,
    'alerts.price_set': (asked) => priceView(alerts.prices.set(asked, market.clock.now())),
    'alerts.price_remove'({ id }) {
      alerts.prices.remove(id, market.clock.now());
      return prices();
    },
  };
}
