import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { OrderView } from '#shared/contract/cycle.ts';
import type { ManualBook, OrderOutcome, OrderPreview } from '#shared/contract/orders.ts';
import { NOW } from './sample-market.ts';

const PRICE = 64_408.2;
const FEE = 0.001;

/** Orders by hand as a page can tell them apart; what they are worth is the real engine's to say. */
export function scriptedTrading(): Pick<
  AppHandlers,
  'orders.place' | 'orders.preview' | 'orders.cancel' | 'orders.close' | 'orders.list' | 'portfolio.export'
> {
  const orders: OrderView[] = [];
  const byKey = new Map<string, OrderView>();
  const book = (): ManualBook => ({
    account: 'simulated',
    environment: 'simulated',
    orders: [...orders],
    fills: [],
    holdings: orders.some(({ side }) => side === 'buy') ? [{ instrument: 'BTC/USDT', quantity: '0.01' }] : [],
    asOf: NOW,
  });
  const outcome = (order: OrderView): OrderOutcome => ({
    account: 'simulated',
    environment: 'simulated',
    order,
    protection: [],
    fills: [],
    checks: ['trading-state', 'data-fresh'],
  });
  const add = (
    order: Omit<OrderView, 'clientOrderId' | 'agentId' | 'createdAt'>,
    key: string | undefined,
  ): OrderView => {
    const before = key === undefined ? undefined : byKey.get(key);
    if (before !== undefined) return before;
    const made: OrderView = {
      clientOrderId: `mt${String(orders.length + 1).padStart(16, '0')}`,
      agentId: 'A-master',
      createdAt: NOW,
      ...order,
    };
    orders.push(made);
    if (key !== undefined) byKey.set(key, made);
    return made;
  };
  return {
    'orders.place': ({ instrument, side, quantity, limit, key }) =>
      outcome(
        add(
          {
            instrument,
            side,
            type: limit === undefined ? 'market' : 'limit',
            purpose: side === 'buy' ? 'entry' : 'exit',
            quantity,
            priceDecimals: 2,
            ...(limit === undefined ? {} : { price: limit }),
            status: limit === undefined ? 'filled' : 'accepted',
            filledQuantity: limit === undefined ? quantity : '0',
          },
          key,
        ),
      ),
    'orders.preview': ({ account, instrument, side, quantity, amount, limit, stop }): OrderPreview => {
      const price = Number(limit ?? PRICE);
      const size = quantity ?? (Math.floor((Number(amount) / price / (1 + FEE)) * 100_000) / 100_000).toFixed(5);
      const notional = Number(size) * price;
      const bare = side === 'buy' && stop === undefined;
      return {
        account,
        environment: 'simulated',
        instrument,
        side,
        quoteAsset: 'USDT',
        quantity: size,
        price: price.toFixed(2),
        priceDecimals: 2,
        notional: notional.toFixed(6),
        fee: (notional * FEE).toFixed(6),
        cash: (notional * (side === 'buy' ? 1.011 : 0.999)).toFixed(6),
        worst:
          side === 'sell'
            ? null
            : { atStop: (notional * 0.02).toFixed(6), gap: (notional * 0.01).toFixed(6), ofEquity: '0.0019' },
        verdict: bare ? 'denied' : 'approved',
        checks: bare ? [] : ['trading-state', 'data-fresh', 'has-protective-stop'],
        refusal: bare
          ? {
              check: 'has-protective-stop',
              reason: 'an entry needs a protective stop',
              remedy: 'say where the purchase is given up, below the price: --stop PRICE; nothing was sent',
            }
          : null,
        asOf: NOW,
      };
    },
    'orders.cancel': ({ clientOrderId }) => {
      const at = orders.findIndex((order) => order.clientOrderId === clientOrderId);
      const found = orders[at];
      if (found !== undefined) orders[at] = { ...found, status: 'canceled' };
      return book();
    },
    'orders.close': ({ instrument, key }) =>
      outcome(
        add(
          {
            instrument,
            side: 'sell',
            type: 'market',
            purpose: 'exit',
            quantity: '0.01',
            priceDecimals: 2,
            status: 'filled',
            filledQuantity: '0.01',
          },
          key,
        ),
      ),
    'orders.list': book,
    'portfolio.export': ({ what, account }) => ({
      what,
      environment: 'simulated',
      rows: 1,
      name: `${what}-${account}.csv`,
      csv: 'time,quantity\n2026-11-20T10:00:00Z,-0.01\n',
    }),
  };
}
