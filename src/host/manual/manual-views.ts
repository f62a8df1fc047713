import { add, divide, formatDecimal, isPositive, isZero } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Fill } from '#core/domain/order.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import type { Placed } from '#core/manual/manual-desk.ts';
import type { OrderEstimate } from '#core/manual/order-estimate.ts';
import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import type { ManualBook, OrderOutcome, OrderPreview } from '#shared/contract/orders.ts';
import type { ManualAccount } from './manual-account.ts';

type Listed = readonly Pick<Instrument, 'id' | 'symbol' | 'tickSize'>[];

/** An instrument that is traded no more keeps its id as a name, and nobody knows its tick. */
const traded = (id: Instrument['id'], instruments: Listed): Pick<OrderView, 'instrument' | 'priceDecimals'> => {
  const found = instruments.find((instrument) => instrument.id === id);
  return { instrument: found?.symbol ?? id, priceDecimals: found?.tickSize.scale ?? null };
};

const orderView = (order: TrackedOrder, instruments: Listed): OrderView => ({
  clientOrderId: order.clientOrderId,
  agentId: order.agentId,
  ...traded(order.instrumentId, instruments),
  side: order.side,
  type: order.type,
  purpose: order.purpose,
  quantity: formatDecimal(order.quantity),
  ...(order.price === undefined ? {} : { price: formatDecimal(order.price) }),
  status: order.status,
  filledQuantity: formatDecimal(order.filledQuantity),
  createdAt: order.createdAt,
  ...(order.reason === undefined ? {} : { reason: order.reason.slice(0, 400) }),
});

const fillView = (fill: Fill, instruments: Listed): FillView => ({
  tradeId: fill.tradeId,
  clientOrderId: fill.clientOrderId,
  agentId: fill.agentId,
  ...traded(fill.instrumentId, instruments),
  side: fill.side,
  purpose: fill.purpose,
  price: formatDecimal(fill.price),
  quantity: formatDecimal(fill.quantity),
  fee: formatDecimal(fill.fee.amount),
  feeAsset: fill.fee.asset,
  ts: fill.tsEvent,
});

/** Orders, fills and holdings of one account by hand. */
export function manualBookView(account: ManualAccount): ManualBook {
  const { name, environment, instruments, desk, isPast } = account;
  const counts = ({ clientOrderId }: Pick<TrackedOrder, 'clientOrderId'>): boolean => isPast?.(clientOrderId) !== true;
  return {
    account: name,
    environment,
    orders: desk.execution
      .orders()
      .filter(counts)
      .map((order) => orderView(order, instruments)),
    fills: desk.execution
      .fills()
      .filter(counts)
      .map((fill) => fillView(fill, instruments)),
    holdings: instruments.flatMap(({ id, symbol }) =>
      isZero(desk.held(id)) ? [] : [{ instrument: symbol, quantity: formatDecimal(desk.held(id)) }],
    ),
    asOf: account.now(),
  };
}

/** Decimals of a share of the equity: hundredths of a basis point. */
const SHARE_DECIMALS = 6;

/** What an order would be answered, in the words of the contract. */
export function previewView(
  account: ManualAccount,
  { symbol, quote, tickSize }: Instrument,
  side: OrderPreview['side'],
  { worst, verdict, remedy, equity, ...costs }: OrderEstimate,
): OrderPreview {
  const loss = worst === null ? undefined : add(worst.atStop, worst.gap);
  return {
    account: account.name,
    environment: account.environment,
    instrument: symbol,
    side,
    quoteAsset: quote,
    quantity: formatDecimal(costs.quantity),
    price: formatDecimal(costs.price),
    priceDecimals: tickSize.scale,
    notional: formatDecimal(costs.notional),
    fee: formatDecimal(costs.fee),
    cash: formatDecimal(costs.cash),
    worst:
      worst === null || loss === undefined
        ? null
        : {
            atStop: formatDecimal(worst.atStop),
            gap: formatDecimal(worst.gap),
            ofEquity: isPositive(equity) ? formatDecimal(divide(loss, equity, SHARE_DECIMALS, 'up')) : '1',
          },
    verdict: verdict.kind,
    checks: verdict.kind === 'approved' ? [...verdict.checks] : [],
    refusal:
      verdict.kind === 'denied'
        ? { check: verdict.check, reason: verdict.reason.slice(0, 400), remedy: (remedy ?? '').slice(0, 400) }
        : null,
    asOf: account.now(),
  };
}

/** What became of an order that was placed: as it stands now, with its protection and its fills. */
export function outcomeView(account: ManualAccount, { order, checks }: Placed): OrderOutcome {
  const { desk, instruments } = account;
  const mine = (id: string): boolean => id === order.clientOrderId;
  return {
    account: account.name,
    environment: account.environment,
    order: orderView(desk.execution.order(order.clientOrderId) ?? order, instruments),
    protection: desk.execution
      .openOrders()
      .filter(({ parent }) => parent !== undefined && mine(parent))
      .map((leg) => orderView(leg, instruments)),
    fills: desk.execution
      .fills()
      .filter(({ clientOrderId }) => mine(clientOrderId))
      .map((fill) => fillView(fill, instruments)),
    checks: [...checks],
  };
}
