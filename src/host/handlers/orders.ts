import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { isPositive, parseDecimal } from '#core/domain/decimal.ts';
import type { ClientOrderId } from '#core/domain/ids.ts';
import { type Price, price as priceOf, quantity as quantityOf } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Placed } from '#core/manual/manual-desk.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { OrderOutcome, OrderRequest } from '#shared/contract/orders.ts';
import type { ManualTrading } from '../manual-trading.ts';
import type { EngineParts } from '../parts.ts';

type OrderHandlers = Pick<AppHandlers, 'orders.place' | 'orders.cancel' | 'orders.close' | 'orders.list'>;

/** The contract lets any decimal pass. */
function positive(text: string, what: string): ReturnType<typeof parseDecimal> {
  const value = parseDecimal(text);
  if (isPositive(value)) return value;
  throw new Fault('usage', `${what} of ${text} is not above zero`, 'give a plain amount above zero, for instance 0.01');
}

const priceFrom = (text: string, what: string): Price => priceOf(positive(text, what));

/** `place` of the request in the terms of the desk. Throws Fault `usage` on an amount that is none. */
const manualOrder = ({ side, quantity, limit, stop, take }: OrderRequest) => ({
  side,
  quantity: quantityOf(positive(quantity, 'the quantity')),
  ...(limit === undefined ? {} : { limit: priceFrom(limit, 'the limit') }),
  ...(stop === undefined ? {} : { stop: priceFrom(stop, 'the stop') }),
  ...(take === undefined ? {} : { take: priceFrom(take, 'the target') }),
});

export function createOrderHandlers({ instruments, market }: EngineParts, manual: ManualTrading): OrderHandlers {
  const only = (account: string): void => {
    if (account === 'simulated') return;
    throw new Fault('not_found', `there is no account ${account}`, 'list the accounts: mt venue ls');
  };

  async function outcome({ order, checks }: Placed): Promise<OrderOutcome> {
    await manual.untilFilled(order);
    const { execution } = manual.desk;
    const now = execution.order(order.clientOrderId) ?? order;
    return {
      account: 'simulated',
      environment: 'simulated',
      order: manual.orderView(now),
      protection: execution
        .openOrders()
        .filter(({ parent }) => parent === order.clientOrderId)
        .map((leg) => manual.orderView(leg)),
      fills: [...manual.fillsOf(now)],
      checks: [...checks],
    };
  }

  return {
    async 'orders.place'(request) {
      only(request.account);
      manual.advance();
      const { id } = instrumentFor(request.instrument, instruments);
      return outcome(manual.desk.place({ instrumentId: id, ...manualOrder(request) }, market.clock.now()));
    },
    'orders.cancel'({ account, clientOrderId }) {
      only(account);
      manual.advance();
      manual.desk.cancel(clientOrderId as ClientOrderId, market.clock.now());
      return manual.book();
    },
    async 'orders.close'({ account, instrument }) {
      only(account);
      manual.advance();
      return outcome(manual.desk.close(instrumentFor(instrument, instruments).id, market.clock.now()));
    },
    'orders.list'({ account }) {
      only(account);
      manual.advance();
      return manual.book();
    },
  };
}
