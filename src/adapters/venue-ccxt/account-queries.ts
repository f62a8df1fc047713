import type { InstrumentId, UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Answer, BalanceReport, OrderReport, TradeReport } from '#core/ports/venue-gateway.ts';
import { type Account, ask, readAll, readingOf } from './account-call.ts';
import type { Lane } from './call-context.ts';
import { balanceReports } from './parse/balance-report.ts';
import { timeField } from './parse/fields.ts';
import { orderReport } from './parse/order-report.ts';
import { symbolOf } from './parse/symbols.ts';
import { tradeReport } from './parse/trade-report.ts';

const otherVenue = (instrumentId: InstrumentId): Promise<Answer<never>> =>
  Promise.resolve({ kind: 'failed', reason: `${instrumentId} is of another venue` });

export const readOrders =
  (account: Account) =>
  (value: unknown): readonly OrderReport[] | undefined =>
    readAll(value, (item) => orderReport(item, readingOf(account)));

export function openOrders(
  account: Account,
  instrumentId: InstrumentId | undefined,
  lane: Lane = 'reconcile',
  params: object = {},
): Promise<Answer<readonly OrderReport[]>> {
  const { exchange } = account;
  const symbol = instrumentId === undefined ? undefined : symbolOf(instrumentId, exchange.id);
  if (instrumentId !== undefined && symbol === undefined) return otherVenue(instrumentId);
  return ask(
    account,
    lane,
    'open',
    () => exchange.fetchOpenOrders(symbol, undefined, undefined, params),
    readOrders(account),
  );
}

/** Orders that are no longer open, filled and canceled alike. ccxt's "closed" means filled only where it lists all orders, so those are filtered here. */
export function closedOrders(
  account: Account,
  instrumentId: InstrumentId,
  since: UnixMs,
  params: object = {},
): Promise<Answer<readonly OrderReport[]>> {
  const { exchange } = account;
  const symbol = symbolOf(instrumentId, exchange.id);
  if (symbol === undefined) return otherVenue(instrumentId);
  return ask(
    account,
    'reconcile',
    'closed',
    () =>
      exchange.has['fetchOrders'] === true
        ? exchange.fetchOrders(symbol, since, undefined, params)
        : exchange.fetchClosedOrders(symbol, since, undefined, params),
    (value) => readOrders(account)(value)?.filter(({ status }) => status !== 'open'),
  );
}

export function trades(
  account: Account,
  instrumentId: InstrumentId,
  since: UnixMs,
): Promise<Answer<readonly TradeReport[]>> {
  const { exchange } = account;
  const symbol = symbolOf(instrumentId, exchange.id);
  if (symbol === undefined) return otherVenue(instrumentId);
  return ask(
    account,
    'reconcile',
    'trades',
    () => exchange.fetchMyTrades(symbol, since),
    (value) => readAll(value, (item) => tradeReport(item, readingOf(account))),
  );
}

export const balances = (account: Account): Promise<Answer<readonly BalanceReport[]>> =>
  ask(account, 'reconcile', 'balances', () => account.exchange.fetchBalance(), balanceReports);

export const venueTime = (account: Account): Promise<Answer<UnixMs>> =>
  ask(
    account,
    'reconcile',
    undefined,
    () => account.exchange.fetchTime(),
    (value) => {
      const time = timeField(value);
      return time === undefined ? undefined : unixMs(time + Math.floor(account.traits.timeStepMs / 2));
    },
  );

/** Arms the venue's dead man's switch; zero disarms it. */
export function deadMan(account: Account, timeoutMs: number): Promise<Answer<true>> {
  if (!account.traits.deadMan)
    return Promise.resolve({ kind: 'failed', reason: `${account.exchange.id} has no dead man's switch` });
  return ask(
    account,
    'cancel',
    undefined,
    () => account.exchange.cancelAllOrdersAfter(timeoutMs),
    () => true as const,
  );
}
