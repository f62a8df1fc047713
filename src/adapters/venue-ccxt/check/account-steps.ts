import {
  type Decimal,
  divide,
  formatDecimal,
  max,
  multiply,
  parseDecimal,
  plainText,
  quantize,
} from '#core/domain/decimal.ts';
import { type AgentId, type ClientOrderId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { price, quantity } from '#core/domain/money.ts';
import type { GatewayEvent, Lookup, OrderRef, PlaceOrder } from '#core/ports/venue-gateway.ts';
import { venueNow } from '../account-call.ts';
import type { CcxtGateway } from '../gateway.ts';
import { sleep } from '../market/follow.ts';
import type { ExchangeClocks } from '../open-exchange.ts';
import { placeOrder } from '../place-order.ts';
import { fail, type StepRunner, skip } from './check-step.ts';

const WAIT_MS = 10_000;
const LOOK_MS = 200;
const EXPIRY_MS = 5_000;
/** How far a test order stays from the market, and how far above the least value it is. */
const FAR = parseDecimal('0.6');
const MARGIN = parseDecimal('1.5');
/** How old a request is made to look, in ms. */
const TOO_OLD_MS = 15_000;

export type AccountCheck = {
  readonly gateway: CcxtGateway;
  readonly instrument: Instrument;
  readonly bid: number;
  readonly clocks: ExchangeClocks;
  /** 16 hexadecimal digits that were never used, for client order ids. */
  readonly freshDigits: () => string;
};

/** A limit order far below the market: it rests, and nobody takes it. */
function farOrder({ instrument, bid, freshDigits }: AccountCheck, expiresAt: UnixMs): PlaceOrder {
  const { tickSize, lotSize, minNotional, minQuantity } = instrument;
  const at = quantize(multiply(parseDecimal(plainText(bid)), FAR), tickSize, 'down');
  const least = divide(multiply(minNotional, MARGIN), at, 18, 'up');
  const size: Decimal = quantize(max(least, minQuantity), lotSize, 'up');
  return {
    clientOrderId: `mt${freshDigits()}` as ClientOrderId,
    agentId: 'A-check' as AgentId,
    instrumentId: instrument.id,
    side: 'buy',
    type: 'limit',
    quantity: quantity(size),
    price: price(at),
    timeInForce: 'gtc',
    reduceOnly: false,
    expiresAt,
  };
}

const refOf = ({ clientOrderId, instrumentId }: PlaceOrder, submittedAt: UnixMs): OrderRef => ({
  clientOrderId,
  instrumentId,
  submittedAt,
});

/** Everything that an account is used for, with orders that nobody will take. What it placed is canceled at the end. */
export async function checkAccount({ step }: StepRunner, check: AccountCheck): Promise<void> {
  const { gateway, instrument, clocks } = check;
  const { capabilities, clock } = gateway;
  const now = (): UnixMs => unixMs(Math.round(clocks.wall.now() + clock.offsetMs()));
  const events: GatewayEvent[] = [];
  const stopListening = gateway.subscribe((event) => events.push(event));

  const until = async <T>(what: () => Promise<T | undefined> | T | undefined): Promise<T | undefined> => {
    const end = clocks.steady.now() + WAIT_MS;
    for (;;) {
      const found = await what();
      if (found !== undefined || clocks.steady.now() >= end) return found;
      await sleep(clocks.steady, LOOK_MS);
    }
  };
  const untilStatus = (ref: OrderRef, status: string): Promise<Lookup | undefined> =>
    until(async () => {
      const found = await gateway.order(ref);
      return found.kind === 'found' && found.order.status === status ? found : undefined;
    });

  await step('rights of the keys', async () => {
    const rights = await gateway.ready();
    if (rights === 'unchecked') return skip('the venue cannot be asked; see that the keys may not withdraw');
    return ['they may not withdraw', true];
  });
  await step('balances', async () => {
    const answer = await gateway.balances();
    if (answer.kind === 'failed') return fail(answer.reason);
    const quote = answer.value.find(({ asset }) => asset === instrument.quote);
    if (quote === undefined) return fail(`there is no ${instrument.quote} to place orders with`);
    return [`${answer.value.length} assets; ${formatDecimal(quote.free)} ${instrument.quote} free`, true];
  });
  await step('private stream', async () => {
    const restored = await until(() => events.find(({ kind }) => kind === 'restored'));
    if (restored === undefined) {
      const lost = events.find((event) => event.kind === 'lost');
      return fail(lost?.kind === 'lost' ? lost.reason : 'it did not come up');
    }
    return ['up', true];
  });

  const order = farOrder(check, unixMs(now() + EXPIRY_MS));
  const ref = refOf(order, now());
  const venueOrderId = await step('place a limit order', async () => {
    const answer = await gateway.place(order);
    if (answer.kind !== 'accepted') return fail(`${answer.kind}: ${answer.reason}`);
    return [`${formatDecimal(order.quantity)} at ${order.price && formatDecimal(order.price)}`, answer.venueOrderId];
  });
  if (venueOrderId !== undefined) {
    await step('look it up by our id', async () => {
      const found = await until(async () => {
        const answer = await gateway.order(ref);
        return answer.kind === 'found' ? answer : undefined;
      });
      if (found?.kind !== 'found') return fail('it was not found');
      if (found.order.venueOrderId !== venueOrderId) return fail('another order was found');
      if (found.order.status !== 'open') return fail(`it is ${found.order.status}`);
      if (formatDecimal(found.order.quantity) !== formatDecimal(order.quantity)) return fail('its quantity differs');
      return ['open, as it was placed', true];
    });
    await step('order of the stream', async () => {
      const told = await until(() =>
        events.find((event) => event.kind === 'order' && event.order.venueOrderId === venueOrderId),
      );
      if (told?.kind !== 'order') return fail('the stream did not tell of it');
      return told.order.clientOrderId === order.clientOrderId ? ['with our id', true] : fail('without our id');
    });
    await step('open orders', async () => {
      const answer = await gateway.openOrders();
      if (answer.kind === 'failed') return fail(answer.reason);
      if (!answer.value.some((one) => one.clientOrderId === order.clientOrderId)) return fail('ours is not among them');
      return [`${answer.value.length} in all`, true];
    });
    await step('the same id again', async () => {
      const answer = await gateway.place({ ...order, expiresAt: unixMs(now() + EXPIRY_MS) });
      if (answer.kind !== 'exists') return fail(`${answer.kind}, where it should be said to exist`);
      return ['said to exist', true];
    });
  }
  await step('an id that never was', async () => {
    const answer = await gateway.order({ ...ref, clientOrderId: `mt${check.freshDigits()}` as ClientOrderId });
    return answer.kind === 'not_found' ? ['not found', true] : fail(`it was ${answer.kind}`);
  });
  await step('request expiry', async () => {
    if (!capabilities.requestExpiry) return skip('the venue has none');
    // The same request as it would look if it had been on its way for too long: dated in the past, with its window.
    const { exchange, traits } = gateway.open;
    const late = { exchange, traits, open: gateway.open, clocks, offsetMs: () => clock.offsetMs() - TOO_OLD_MS };
    const old = farOrder(check, unixMs(venueNow(late) + EXPIRY_MS));
    const milliseconds = exchange.milliseconds;
    exchange.milliseconds = () => milliseconds() - (traits.nonceMustGrow ? 0 : TOO_OLD_MS);
    const answer = await placeOrder(late, old).finally(() => {
      exchange.milliseconds = milliseconds;
    });
    const found = await gateway.order(refOf(old, now()));
    if (found.kind !== 'not_found') return fail(`an expired request was ${answer.kind}, and its order ${found.kind}`);
    return [`an expired request is ${answer.kind} and leaves no order`, true];
  });
  if (venueOrderId !== undefined) {
    await step('cancel', async () => {
      const answer = await gateway.cancel(ref);
      if (answer.kind !== 'requested') return fail(answer.kind === 'failed' ? answer.reason : answer.kind);
      return (await untilStatus(ref, 'canceled')) === undefined ? fail('it did not become canceled') : ['done', true];
    });
    await step('cancel it again', async () => {
      const answer = await gateway.cancel(ref);
      return answer.kind === 'not_found' ? ['not found, which leads to a look-up', true] : fail(answer.kind);
    });
  }
  await step('cancel all', async () => {
    for (let i = 0; i < 2; i++) {
      const placed = await gateway.place(farOrder(check, unixMs(now() + EXPIRY_MS)));
      if (placed.kind !== 'accepted') return fail(`an order to cancel was ${placed.kind}: ${placed.reason}`);
    }
    const answer = await gateway.cancelAll();
    if (answer.kind === 'failed') return fail(answer.reason);
    const empty = await until(async () => {
      const open = await gateway.openOrders();
      return open.kind === 'ok' && open.value.length === 0 ? true : undefined;
    });
    return empty === undefined ? fail('orders are still open') : ['nothing is open', true];
  });
  await step("dead man's switch", async () => {
    if (!capabilities.deadMan) return skip('the venue has none');
    const armed = await gateway.deadMan(60_000);
    if (armed.kind === 'failed') return fail(armed.reason);
    const disarmed = await gateway.deadMan(0);
    return disarmed.kind === 'failed' ? fail(disarmed.reason) : ['armed and disarmed', true];
  });
  stopListening();
}
