import { compare, isPositive, ZERO } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import type { GatewayEvent, OrderReport, TradeReport } from '#core/ports/venue-gateway.ts';
import type { Account } from './account-call.ts';
import { exactDecimal } from './parse/exact-decimal.ts';
import { fieldAt, isRecord, textField } from './parse/fields.ts';
import { instrumentIdOf } from './parse/symbols.ts';
import { feeOf } from './parse/trade-report.ts';

const STATUS: Readonly<Record<string, OrderReport['status']>> = {
  pending_new: 'open',
  new: 'open',
  partially_filled: 'open',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'expired',
};
/** Orders whose fields are remembered; a report of a change names only what changed. */
const REMEMBERED = 2_000;

const sideOf = (text: string | undefined): 'buy' | 'sell' | undefined =>
  text === 'buy' || text === 'sell' ? text : undefined;

const timeOf = (text: string | undefined, otherwise: UnixMs): UnixMs => {
  const parsed = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(parsed) ? unixMs(Math.floor(parsed)) : otherwise;
};

export type ExecutionReader = { read(message: unknown): void };

/**
 * Reads kraken's `executions` channel as it comes. ccxt drops the client id from it, reads a whole message as orders or as trades by its first
 * entry, and loses reports of changes that do not repeat the instrument; all three are money here.
 */
export function createExecutionReader(
  account: Account,
  emit: (event: GatewayEvent) => void,
  doubt: (reason: string) => void,
): ExecutionReader {
  const { exchange, clocks } = account;
  const known = new Map<string, Readonly<Record<string, unknown>>>();
  let sequence: number | undefined;

  const remember = (id: string, entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const whole = { ...known.get(id), ...entry };
    known.delete(id);
    known.set(id, whole);
    const oldest = known.size > REMEMBERED ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return whole;
  };

  const orderOf = (id: string, whole: Readonly<Record<string, unknown>>): OrderReport | undefined => {
    const symbol = textField(whole, ['symbol']);
    const side = sideOf(textField(whole, ['side']));
    const status = STATUS[textField(whole, ['order_status']) ?? ''];
    const amount = exactDecimal(whole['order_qty']);
    const filled = exactDecimal(whole['cum_qty'] ?? 0);
    const limit = exactDecimal(whole['limit_price'] ?? 0);
    const clientId = textField(whole, ['cl_ord_id']);
    if (symbol === undefined || side === undefined || status === undefined) return undefined;
    if (amount === undefined || filled === undefined || limit === undefined || compare(filled, ZERO) < 0)
      return undefined;
    const reason = textField(whole, ['reason']);
    return {
      venueOrderId: id,
      ...(clientId === undefined ? {} : { clientOrderId: clientId }),
      instrumentId: instrumentIdOf(symbol, exchange.id),
      side,
      status,
      quantity: quantity(amount),
      filledQuantity: quantity(filled),
      ...(isPositive(limit) ? { price: price(limit) } : {}),
      ...(reason === undefined ? {} : { reason }),
      updatedAt: timeOf(textField(whole, ['timestamp']), clocks.wall.now()),
    };
  };

  const tradeOf = (id: string, entry: unknown, whole: Readonly<Record<string, unknown>>): TradeReport | undefined => {
    const symbol = textField(whole, ['symbol']);
    const side = sideOf(textField(whole, ['side']));
    const tradeId = textField(entry, ['exec_id']);
    const paid = exactDecimal(fieldAt(entry, ['last_price']));
    const amount = exactDecimal(fieldAt(entry, ['last_qty']));
    const feeEntry = fieldAt(entry, ['fees', '0']);
    const fee = feeOf({ cost: fieldAt(feeEntry, ['qty']), currency: fieldAt(feeEntry, ['asset']) });
    const clientId = textField(whole, ['cl_ord_id']);
    if (symbol === undefined || side === undefined || tradeId === undefined || fee === undefined) return undefined;
    if (paid === undefined || amount === undefined || !isPositive(paid) || !isPositive(amount)) return undefined;
    return {
      tradeId,
      venueOrderId: id,
      ...(clientId === undefined ? {} : { clientOrderId: clientId }),
      instrumentId: instrumentIdOf(symbol, exchange.id),
      side,
      price: price(paid),
      quantity: quantity(amount),
      fee,
      liquidity: textField(entry, ['liquidity_ind']) === 'm' ? 'maker' : 'taker',
      ts: timeOf(textField(entry, ['timestamp']), clocks.wall.now()),
    };
  };

  const readEntry = (entry: unknown): void => {
    const id = textField(entry, ['order_id']);
    if (id === undefined || !isRecord(entry)) return doubt('an execution report names no order');
    const whole = remember(id, entry);
    if (textField(entry, ['exec_type']) === 'trade') {
      const trade = tradeOf(id, entry, whole);
      if (trade === undefined) doubt('a trade of the private stream could not be read');
      else emit({ kind: 'trade', trade });
    }
    const order = orderOf(id, whole);
    if (order === undefined) doubt('an order of the private stream could not be read');
    else emit({ kind: 'order', order });
  };

  return {
    read(message) {
      if (textField(message, ['channel']) !== 'executions') return;
      const entries = fieldAt(message, ['data']);
      const number = fieldAt(message, ['sequence']);
      if (typeof number === 'number') {
        const isNext = sequence === undefined || number === sequence + 1 || number <= 1;
        if (!isNext) doubt(`the private stream went from ${sequence} to ${number}`);
        sequence = number;
      }
      if (Array.isArray(entries)) for (const entry of entries) readEntry(entry);
    },
  };
}
