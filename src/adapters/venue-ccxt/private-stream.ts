import { unixMs } from '#core/domain/ids.ts';
import type { Cancel } from '#core/kernel/clock.ts';
import type { GatewayEvent } from '#core/ports/venue-gateway.ts';
import { type Account, readingOf } from './account-call.ts';
import { inLane } from './call-context.ts';
import { errorText } from './error-text.ts';
import type { CcxtClient } from './exchange.ts';
import { createExecutionReader } from './kraken-executions.ts';
import { orderReport } from './parse/order-report.ts';
import { tradeReport } from './parse/trade-report.ts';

/** Between two looks at whether a subscription stands. */
const LOOK_MS = 100;
/** A subscription that stands for so long without being refused counts as news being back. */
const SETTLE_MS = 300;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

type Topic = 'orders' | 'myTrades';

export type PrivateStream = { start(): void; stop(): void };

/** ccxt calls what it waits for on a socket by such names. */
const isSubscribed = (clients: Readonly<Record<string, CcxtClient>>, topic: Topic): boolean =>
  Object.values(clients).some(
    (client) =>
      (client as CcxtClient & { readonly isConnected?: boolean }).isConnected === true &&
      Object.keys(client.futures).some((hash) => hash.startsWith(topic)),
  );

/**
 * Orders and trades of the account as the venue pushes them. What can't be read is not guessed: a loss is announced instead, so that the
 * listener asks for the state. It reconnects by itself, with growing waits.
 */
export function createPrivateStream(
  account: Account,
  emit: (event: GatewayEvent) => void,
  chance: () => number,
): PrivateStream {
  const { exchange, traits, clocks, open } = account;
  const topics: readonly Topic[] = traits.rawExecutions ? ['orders'] : ['orders', 'myTrades'];
  const up = new Set<Topic>();
  let told: 'lost' | 'restored' | undefined;
  let running = false;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => void clocks.steady.setTimer(unixMs(clocks.steady.now() + Math.ceil(ms)), resolve));

  const lose = (topic: Topic, reason: string): void => {
    up.delete(topic);
    if (told === 'lost' || !running) return;
    told = 'lost';
    emit({ kind: 'lost', reason });
  };
  const regain = (topic: Topic): void => {
    up.add(topic);
    if (told === 'restored' || up.size < topics.length) return;
    told = 'restored';
    emit({ kind: 'restored' });
  };
  /** Something was missed or unreadable, though the connection stands. */
  const doubt = (reason: string): void => {
    if (told === 'restored') {
      emit({ kind: 'lost', reason });
      emit({ kind: 'restored' });
    }
  };

  const publish = (topic: Topic, items: unknown): void => {
    if (!Array.isArray(items)) return doubt('the private stream sent something that is no list');
    for (const item of items) {
      if (topic === 'orders') {
        const order = orderReport(item, readingOf(account));
        if (order === undefined) doubt('an order of the private stream could not be read');
        else emit({ kind: 'order', order });
      } else {
        const trade = tradeReport(item, readingOf(account));
        if (trade === undefined) doubt('a trade of the private stream could not be read');
        else emit({ kind: 'trade', trade });
      }
    }
  };

  /** Announces the topic once its subscription has stood for a moment. */
  const watchSubscription = (topic: Topic): Cancel => {
    let stop: Cancel = () => undefined;
    let stoodSince: number | undefined;
    const look = (): void => {
      const now = clocks.steady.now();
      stoodSince = isSubscribed(exchange.clients, topic) ? (stoodSince ?? now) : undefined;
      if (stoodSince !== undefined && now - stoodSince >= SETTLE_MS) regain(topic);
      else stop = clocks.steady.setTimer(unixMs(now + LOOK_MS), look);
    };
    look();
    return () => stop();
  };

  const follow = async (topic: Topic): Promise<void> => {
    let wait = FIRST_WAIT_MS;
    while (running) {
      const stopLooking = up.has(topic) ? () => undefined : watchSubscription(topic);
      try {
        const items = await inLane('reconcile', () =>
          topic === 'orders' ? exchange.watchOrders() : exchange.watchMyTrades(),
        );
        stopLooking();
        regain(topic);
        wait = FIRST_WAIT_MS;
        if (!traits.rawExecutions) publish(topic, items);
      } catch (error) {
        stopLooking();
        if (!running) return;
        lose(topic, errorText(error, open.secrets));
        await sleep(wait * (1 + chance() * 0.5));
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  };

  const tap = (): Cancel => {
    const reader = createExecutionReader(account, emit, doubt);
    const original = exchange.handleMessage;
    exchange.handleMessage = (client, message) => {
      reader.read(message);
      original.call(exchange, client, message);
    };
    return () => {
      exchange.handleMessage = original;
    };
  };
  let untap: Cancel | undefined;

  return {
    start() {
      if (running) return;
      running = true;
      if (traits.rawExecutions) untap = tap();
      for (const topic of topics) void follow(topic);
    },
    stop() {
      running = false;
      untap?.();
    },
  };
}
