import { randomBytes } from 'node:crypto';
import { createSteadyClock, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { type CcxtGateway, openCcxtGateway } from '#adapters/venue-ccxt/gateway.ts';
import { type CcxtLiveMarket, openLiveMarket } from '#adapters/venue-ccxt/open-live-market.ts';
import { createRateBudget } from '#adapters/venue-ccxt/rate-budget.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type AgentId, type ClientOrderId, type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import type { OrderRef, PlaceOrder } from '#core/ports/venue-gateway.ts';
import { type ExchangeProcess, type StartOptions, startExchange } from '#test/exchange/client.ts';
import { LONGEST_WAIT_MS } from './longest-wait.ts';

export const realClocks = {
  wall: createSystemClock({ keepsProcessAlive: true }),
  steady: createSteadyClock({ keepsProcessAlive: true }),
};

export type VenueRig = {
  readonly exchange: ExchangeProcess;
  readonly instrumentId: InstrumentId;
  readonly gateway: CcxtGateway;
  /** A limit order far below the market, with an id of its own. */
  order(change?: Partial<PlaceOrder> & { readonly at?: string; readonly size?: string }): PlaceOrder;
  ref(order: PlaceOrder): OrderRef;
  openGateway(keys?: { readonly apiKey: string; readonly secret: string }): Promise<CcxtGateway>;
  openMarket(): Promise<CcxtLiveMarket>;
  stop(): Promise<void>;
};

export const freshDigits = (): string => randomBytes(8).toString('hex');

/** The whole adapter over unmodified ccxt, talking to an exchange in a process of its own. */
export async function venueRig(options: StartOptions): Promise<VenueRig> {
  const exchange = await startExchange(options);
  const own = { apiKey: exchange.ccxt.apiKey, secret: exchange.ccxt.secret };
  // The venue's limits have tests of their own; here kraken's three seconds for each question would only be waited off.
  const budget = createRateBudget({ clock: realClocks.steady, chance: () => 0.5, msPerUnit: 1, burst: 100 });
  const base = {
    id: exchange.venue,
    clocks: realClocks,
    chance: () => 0.5,
    url: `http://127.0.0.1:${exchange.port}`,
    ...(exchange.venue === 'kraken' ? { budget } : {}),
  };
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };
  const openGateway = async (keys = own) => keep(await openCcxtGateway({ ...base, keys }));
  const instrumentId = `BTC/USDT.${exchange.venue.toUpperCase()}` as InstrumentId;
  const gateway = await openGateway();
  return {
    exchange,
    instrumentId,
    gateway,
    order: ({ at = '30000.0', size = '0.001', ...change } = {}) => ({
      clientOrderId: `mt${freshDigits()}` as ClientOrderId,
      agentId: 'A-test' as AgentId,
      instrumentId,
      side: 'buy',
      type: 'limit',
      quantity: quantity(parseDecimal(size)),
      price: price(parseDecimal(at)),
      timeInForce: 'gtc',
      reduceOnly: false,
      expiresAt: unixMs(realClocks.wall.now() + Math.round(gateway.clock.offsetMs()) + 10_000),
      ...change,
    }),
    ref: ({ clientOrderId, instrumentId }) => ({ clientOrderId, instrumentId, submittedAt: realClocks.wall.now() }),
    openGateway,
    openMarket: async () => keep(await openLiveMarket(base)),
    async stop() {
      for (const one of opened) await one.close();
      await exchange.stop();
    },
  };
}

/** Asks again until there is an answer, for two minutes. */
export async function until<T>(what: () => T | undefined | Promise<T | undefined>, ms = LONGEST_WAIT_MS): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await what();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
