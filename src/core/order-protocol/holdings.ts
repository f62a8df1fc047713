import { compare, type Decimal, formatDecimal, isPositive, min, subtract, sum, ZERO } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, TradeId, UnixMs } from '../domain/ids.ts';
import { unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { money, quantity } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import type { TradeReport } from '../ports/venue-gateway.ts';
import { isSettled } from './known-order.ts';
import type { KnownOrders } from './known-orders.ts';
import { tradeIdOf } from './known-orders.ts';
import { ask, type Task } from './steps.ts';

/** What one agent holds of one instrument by our books. */
export type Holding = {
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly quantity: Decimal;
  /** Time of the first fill that it comes from. */
  readonly since: UnixMs;
};

export type HoldingsParts = {
  readonly known: KnownOrders;
  readonly skewMs: number;
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly holdings: () => readonly Holding[];
  readonly isBooked: (tradeId: TradeId) => boolean;
  /** Books a fill that no order of ours has made. */
  readonly bookExternal: (fill: Fill) => void;
};

/** `failed`: the venue did not answer, which says nothing. `differs`: it did, and what it says does not explain our books. */
export type Comparison = { readonly kind: 'agrees' } | { readonly kind: 'failed'; readonly reason: string } | Differs;

/** Of one asset: what our books hold, and what the account has, which is less. */
export type Shortfall = { readonly asset: string; readonly ours: Decimal; readonly theirs: Decimal };
export type Differs = {
  readonly kind: 'differs';
  readonly reason: string;
  readonly shortfalls: readonly Shortfall[];
};

const bookedAs = (trade: TradeReport, agentId: AgentId): TradeId => `${tradeIdOf(trade)} ${agentId}` as TradeId;

/** The part of a foreign sale that closed something of an agent's. */
const closingFill = (trade: TradeReport, agentId: AgentId, size: Decimal, isFirst: boolean): Fill => ({
  tradeId: bookedAs(trade, agentId),
  clientOrderId: (trade.clientOrderId ?? trade.venueOrderId) as ClientOrderId,
  agentId,
  instrumentId: trade.instrumentId,
  side: trade.side,
  purpose: 'exit',
  price: trade.price,
  quantity: quantity(size),
  fee: isFirst ? trade.fee : money(ZERO, trade.fee.asset),
  liquidity: trade.liquidity,
  tsEvent: trade.ts,
});

/**
 * Compares what our books hold with what the account has. An account may hold more: what is beyond our books is the master's own. When it holds less,
 * somebody closed by hand, or moved it: sales on the account that are not ours explain it and are booked as external, newest last, up to what
 * is missing. What stays missing is a difference that only the master can explain: an answer that is empty never closes anything.
 */
export function* compareHoldings(parts: HoldingsParts): Task<Comparison> {
  const held = parts.holdings().filter(({ quantity: size }) => isPositive(size));
  if (held.length === 0) return { kind: 'agrees' };
  const balances = yield* ask('balances');
  if (balances.kind === 'failed') return { kind: 'failed', reason: `balances: ${balances.reason}` };
  const assets = new Map(held.map(({ instrumentId }) => [parts.instruments.get(instrumentId)?.base, instrumentId]));
  const shortfalls: Shortfall[] = [];
  for (const base of assets.keys()) {
    const ours = held.filter(({ instrumentId }) => parts.instruments.get(instrumentId)?.base === base);
    const lots = ours.map(({ instrumentId }) => parts.instruments.get(instrumentId)?.lotSize ?? ZERO);
    const total = balances.value.find(({ asset }) => asset === base)?.total ?? ZERO;
    let missing = subtract(sum(ours.map(({ quantity: size }) => size)), total);
    const isDust = (): boolean => !isPositive(missing) || lots.some((lot) => compare(missing, lot) < 0);
    for (const instrumentId of new Set(ours.map((holding) => holding.instrumentId))) {
      if (isDust()) break;
      const holders = ours.filter((holding) => holding.instrumentId === instrumentId);
      const since = Math.min(...holders.map((holding) => holding.since)) - parts.skewMs;
      const trades = yield* ask('trades', instrumentId, unixMs(Math.max(0, since)));
      if (trades.kind === 'failed') return { kind: 'failed', reason: `trades: ${trades.reason}` };
      // A trade may belong to an order whose name at the venue is not known yet; booking it as foreign would book it twice.
      if (parts.known.unfinished().some((order) => order.instrumentId === instrumentId && !isSettled(order)))
        return { kind: 'failed', reason: 'an order is under way' };
      for (const fill of closings(trades.value, holders, missing, parts)) {
        missing = subtract(missing, fill.quantity);
        parts.bookExternal(fill);
      }
    }
    if (!isDust())
      shortfalls.push({
        asset: base ?? 'of an unknown asset',
        ours: sum(ours.map(({ quantity: size }) => size)),
        theirs: total,
      });
  }
  return shortfalls.length === 0
    ? { kind: 'agrees' }
    : { kind: 'differs', reason: shortfalls.map(shortfallText).join('; '), shortfalls };
}

const shortfallText = ({ asset, ours, theirs }: Shortfall): string =>
  `our books hold ${formatDecimal(ours)} ${asset}, the account has ${formatDecimal(theirs)}`;

/** Foreign sales shared out among the holders, oldest sale first, until nothing is missing. */
function closings(
  trades: readonly TradeReport[],
  holders: readonly Holding[],
  missing: Decimal,
  { known, isBooked }: HoldingsParts,
): readonly Fill[] {
  const fills: Fill[] = [];
  const left = new Map(holders.map(({ agentId, quantity: size }) => [agentId, size]));
  let open = missing;
  const foreign = trades.filter(
    (trade) => trade.side === 'sell' && !isBooked(tradeIdOf(trade)) && known.trade(trade) === undefined,
  );
  for (const trade of foreign.toSorted((a, b) => a.ts - b.ts)) {
    let rest: Decimal = trade.quantity;
    if (holders.some(({ agentId }) => isBooked(bookedAs(trade, agentId)))) continue;
    for (const [agentId, size] of left) {
      const part = min(min(rest, size), open);
      if (!isPositive(part)) continue;
      fills.push(closingFill(trade, agentId, part, compare(rest, trade.quantity) === 0));
      left.set(agentId, subtract(size, part));
      rest = subtract(rest, part);
      open = subtract(open, part);
    }
  }
  return fills;
}
