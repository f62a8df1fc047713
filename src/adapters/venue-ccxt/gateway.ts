import { Fault } from '#core/kernel/fault.ts';
import type { GatewayEvent, PlaceAnswer, VenueGateway } from '#core/ports/venue-gateway.ts';
import type { Account } from './account-call.ts';
import { balances, closedOrders, deadMan, openOrders, trades, venueTime } from './account-queries.ts';
import { cancelAllOrders, cancelOrder } from './cancel-orders.ts';
import { checkKeyRights, type KeyRights } from './key-rights.ts';
import { type OpenExchange, type OpenExchangeOptions, openExchange } from './open-exchange.ts';
import { lookUpOrder } from './order-lookup.ts';
import { venueCode } from './parse/symbols.ts';
import { placeOrder } from './place-order.ts';
import { createPrivateStream } from './private-stream.ts';
import { createVenueClock, type VenueClock } from './venue-clock.ts';

export type CcxtGatewayOptions = OpenExchangeOptions & {
  /** Refuses orders until the venue has said that the keys may not withdraw. Off only for stand-ins that have no such question. */
  readonly checkKeys?: boolean;
  /** The venue's clock, where somebody measures it already. */
  readonly clock?: VenueClock;
};

export type CcxtGateway = VenueGateway & {
  readonly open: OpenExchange;
  readonly clock: VenueClock;
  /**
   * Measures the venue's clock and asks for the rights of the keys. Orders wait for it; cancels and questions do not. Throws a Fault when
   * the keys may withdraw or could not be checked.
   */
  ready(): Promise<KeyRights>;
};

/** One account at one venue of ccxt. Loads the exchange's code and nothing from the network; a venue that is down is no reason to throw. */
export async function openCcxtGateway(options: CcxtGatewayOptions): Promise<CcxtGateway> {
  if (options.keys === undefined)
    throw new Fault('usage', `An account at ${options.id} needs its keys.`, 'Add the keys in the settings first.');
  const open = await openExchange(options, { money: true });
  return createCcxtGateway(open, options);
}

/** The gateway over an exchange that was opened for money. */
export function createCcxtGateway(open: OpenExchange, options: CcxtGatewayOptions): CcxtGateway {
  const { clocks, chance, checkKeys = true } = options;
  const { exchange, traits } = open;
  const account: Account = { exchange, traits, open, clocks, offsetMs: () => clock.offsetMs() };
  const clock = options.clock ?? createVenueClock(clocks, () => venueTime(account));
  // What ccxt dates and signs follows the venue's clock as far as it is known.
  exchange.milliseconds = () => Math.round(clocks.wall.now() + clock.offsetMs());
  const listeners = new Set<(event: GatewayEvent) => void>();
  const stream = createPrivateStream(
    account,
    (event) => {
      for (const listener of Array.from(listeners)) listener(event);
    },
    chance,
  );

  const checkOnce = async (): Promise<KeyRights> => {
    // The clock first: a venue refuses every signed question that is dated by a clock that is far off.
    if (clock.measuredAt() === undefined) await clock.measure();
    return checkKeys ? checkKeyRights(open) : 'unchecked';
  };
  let readiness: Promise<KeyRights> | undefined;
  const ready = (): Promise<KeyRights> => {
    readiness ??= checkOnce().catch((error: unknown) => {
      readiness = undefined;
      throw error;
    });
    return readiness;
  };

  return {
    name: venueCode(exchange.id),
    open,
    clock,
    ready,
    capabilities: {
      requestExpiry: traits.expiry !== undefined,
      lookupByClientId: traits.lookup !== 'scan',
      clientIdUnique: traits.clientId.unique,
      deadMan: traits.deadMan,
      indexLagMs: traits.indexLagMs,
    },
    async place(order): Promise<PlaceAnswer> {
      try {
        await ready();
      } catch (error) {
        const why = error instanceof Fault ? error.message : 'the rights of the keys are not known';
        return { kind: 'refused', code: 'not sent: keys', reason: why };
      }
      const trouble = clock.trouble();
      if (trouble !== undefined) return { kind: 'refused', code: 'not sent: clock', reason: trouble };
      return placeOrder(account, order);
    },
    cancel: (order) => cancelOrder(account, order),
    cancelAll: (instrumentId) => cancelAllOrders(account, instrumentId),
    order: (order) => lookUpOrder(account, order),
    openOrders: (instrumentId) => openOrders(account, instrumentId),
    closedOrders: (instrumentId, since) => closedOrders(account, instrumentId, since),
    trades: (instrumentId, since) => trades(account, instrumentId, since),
    balances: () => balances(account),
    time: () => venueTime(account),
    deadMan: (timeoutMs) => deadMan(account, timeoutMs),
    subscribe(listener) {
      listeners.add(listener);
      stream.start();
      return () => {
        listeners.delete(listener);
      };
    },
    async close() {
      stream.stop();
      if (options.clock === undefined) clock.stop();
      await open.close();
    },
  };
}
