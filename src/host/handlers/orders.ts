import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { formatDecimal, isPositive, isZero, parseDecimal } from '#core/domain/decimal.ts';
import type { ClientOrderId } from '#core/domain/ids.ts';
import { type Price, price as priceOf, quantity as quantityOf } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Placed } from '#core/manual/manual-desk.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { OrderOutcome, OrderRequest } from '#shared/contract/orders.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { ManualAccount } from '../manual/manual-account.ts';
import { manualBookView, outcomeView, previewView } from '../manual/manual-views.ts';
import { createOrderRequests } from '../manual/order-requests.ts';
import { tightenAgent, tightenedView } from '../manual/tighten-agent.ts';

type OrderHandlers = Pick<
  AppHandlers,
  'orders.place' | 'orders.preview' | 'orders.cancel' | 'orders.close' | 'orders.tighten' | 'orders.list'
>;

/** The contract lets any decimal pass. */
function positive(text: string, what: string): ReturnType<typeof parseDecimal> {
  const value = parseDecimal(text);
  if (isPositive(value)) return value;
  throw new Fault('usage', `${what} of ${text} is not above zero`, 'give a plain amount above zero, for instance 0.01');
}

const priceFrom = (text: string, what: string): Price => priceOf(positive(text, what));

/** Prices of a request in the terms of the desk. Throws Fault `usage` on an amount that is none. */
const pricesOf = ({ limit, stop, take }: Pick<OrderRequest, 'limit' | 'stop' | 'take'>) => ({
  ...(limit === undefined ? {} : { limit: priceFrom(limit, 'the limit') }),
  ...(stop === undefined ? {} : { stop: priceFrom(stop, 'the stop') }),
  ...(take === undefined ? {} : { take: priceFrom(take, 'the target') }),
});

/** Orders by hand on any account that can be traded by hand. `accountOf` throws Fault `not_found` for a name that is none. */
export function createOrderHandlers(
  accountOf: (name: string) => ManualAccount,
  runner: Pick<CycleRunner, 'running' | 'desks'>,
): OrderHandlers {
  const requests = createOrderRequests();
  const current = (name: string): ManualAccount => {
    const account = accountOf(name);
    account.advance();
    return account;
  };
  const outcome = async (account: ManualAccount, placed: Placed, mayRest = false): Promise<OrderOutcome> => {
    await account.untilKnown(placed.order, mayRest);
    return outcomeView(account, placed);
  };
  return {
    async 'orders.place'(request) {
      const account = current(request.account);
      const { id } = instrumentFor(request.instrument, account.instruments);
      const { key, ...asked } = request;
      const order = {
        instrumentId: id,
        side: request.side,
        quantity: quantityOf(positive(request.quantity, 'the quantity')),
        ...pricesOf(request),
      };
      const placed = requests.once(account.name, key, asked, (clientOrderId) =>
        account.desk.place({ ...order, ...(clientOrderId === undefined ? {} : { clientOrderId }) }, account.now()),
      );
      return outcome(account, placed, request.limit !== undefined);
    },
    async 'orders.preview'({ amount, ...request }) {
      const account = current(request.account);
      const instrument = instrumentFor(request.instrument, account.instruments);
      const prices = pricesOf(request);
      const size =
        request.quantity === undefined
          ? account.desk.quantityFor(positive(amount ?? '0', 'the amount'), instrument.id, prices.limit)
          : quantityOf(positive(request.quantity, 'the quantity'));
      if (isZero(size))
        throw new Fault(
          'usage',
          `${amount} ${instrument.quote} does not pay for one lot of ${formatDecimal(instrument.lotSize)} ${instrument.base}`,
          'give a larger amount',
        );
      const asked = { instrumentId: instrument.id, side: request.side, quantity: size, ...prices };
      return previewView(account, instrument, request.side, account.desk.preview(asked, account.now()));
    },
    async 'orders.cancel'({ account: name, clientOrderId }) {
      const account = current(name);
      account.desk.cancel(clientOrderId as ClientOrderId, account.now());
      return manualBookView(account);
    },
    async 'orders.close'({ account: name, instrument, key }) {
      const account = current(name);
      const { id } = instrumentFor(instrument, account.instruments);
      const placed = requests.once(account.name, key, { close: instrument }, (clientOrderId) =>
        account.desk.close(id, account.now(), clientOrderId),
      );
      return outcome(account, placed);
    },
    async 'orders.tighten'({ account: name, agent, instrument: symbol, stop }) {
      const to = priceFrom(stop, 'the stop');
      if (agent !== undefined) return tightenAgent(runner, agent, symbol, to);
      const account = current(name);
      const { id, tickSize } = instrumentFor(symbol, account.instruments);
      const { agentId } = account.desk;
      const moved = account.desk.tightenStop(id, to, account.now());
      return tightenedView(moved, {
        agentId,
        environment: account.environment,
        instrument: symbol,
        priceDecimals: tickSize.scale,
        asOf: account.now(),
      });
    },
    'orders.list': async ({ account }) => manualBookView(current(account)),
  };
}
