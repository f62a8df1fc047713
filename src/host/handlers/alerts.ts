import type { PriceAlert } from '#core/alerts/price-watch.ts';
import type { Alert } from '#core/alerts/types.ts';
import { type Decimal, formatDecimal, isMultipleOf, parseDecimal } from '#core/domain/decimal.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AlertView, alertsContract, PriceAlertView } from '#shared/contract/alerts.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

type AlertCall = {
  [K in keyof typeof alertsContract]: (typeof alertsContract)[K]['kind'] extends 'call' ? K : never;
}[keyof typeof alertsContract];

/** The market of this program, as price alerts name it. */
const SIMULATED = 'simulated';

/** A row as the faces see it; whoever asks has the vault open, so its amounts are shown. */
export const alertView = ({ hidden: _hidden, ...alert }: Alert): AlertView => alert;

export function createAlertHandlers({ alerts, market, instruments }: EngineParts): Pick<AppHandlers, AlertCall> {
  /** Of a venue's market it is known only while a cycle follows it, and then it may be another one tomorrow. */
  const tickOf = (of: Pick<PriceAlert, 'market' | 'symbol'>): Decimal | undefined =>
    of.market === SIMULATED ? instruments.find(({ symbol }) => symbol === of.symbol)?.tickSize : undefined;
  const refuseOffTick = (asked: Pick<PriceAlert, 'market' | 'symbol' | 'level'>): void => {
    const tick = tickOf(asked);
    if (tick === undefined || isMultipleOf(parseDecimal(asked.level), tick)) return;
    throw new Fault(
      'usage',
      `a price of ${asked.level} is no multiple of the tick ${formatDecimal(tick)} of ${asked.symbol}`,
      `give it with at most ${tick.scale} decimals`,
    );
  };
  const priceView = (alert: PriceAlert): PriceAlertView => ({
    ...alert,
    priceDecimals: tickOf(alert)?.scale ?? null,
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
    'alerts.price_set'(asked) {
      refuseOffTick(asked);
      return priceView(alerts.prices.set(asked, market.clock.now()));
    },
    'alerts.price_remove'({ id }) {
      alerts.prices.remove(id, market.clock.now());
      return prices();
    },
  };
}
