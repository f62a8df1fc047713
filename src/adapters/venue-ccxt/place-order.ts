import { type Decimal, equals, formatDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { PlaceAnswer, PlaceOrder } from '#core/ports/venue-gateway.ts';
import { type Account, failureOf, venueNow } from './account-call.ts';
import { provesAnswer } from './answer-proof.ts';
import { inLane } from './call-context.ts';
import { errorText } from './error-text.ts';
import { exactDecimal } from './parse/exact-decimal.ts';
import { textField, timeField } from './parse/fields.ts';
import { symbolOf } from './parse/symbols.ts';

/** Nothing was sent, and this is why. */
const notSent = (code: string, reason: string): PlaceAnswer => ({ kind: 'refused', code: `not sent: ${code}`, reason });

type Request = {
  readonly type: 'market' | 'limit';
  readonly price?: Decimal;
  readonly trigger?: Decimal;
};

/** The order in ccxt's words; undefined for types that are emulated above this. */
function requestOf(order: PlaceOrder): Request | undefined {
  const { type, price, limitPrice } = order;
  switch (type) {
    case 'market':
      return { type: 'market' };
    case 'limit':
    case 'take_profit':
      return price === undefined ? undefined : { type: 'limit', price };
    case 'stop':
      return price === undefined ? undefined : { type: 'market', trigger: price };
    case 'stop_limit':
      return price === undefined || limitPrice === undefined
        ? undefined
        : { type: 'limit', price: limitPrice, trigger: price };
    case 'trailing_stop':
      return undefined;
  }
}

/** ccxt cuts numbers to the market's precision by itself. What is sent must be what was checked, so a number that it would change is refused. */
function wouldChange(account: Account, symbol: string, order: PlaceOrder, request: Request): string | undefined {
  const { exchange } = account;
  const same = (value: Decimal, sent: string): boolean => {
    const read = exactDecimal(sent);
    return read !== undefined && equals(read, value);
  };
  const amount = formatDecimal(order.quantity);
  if (!same(order.quantity, exchange.amountToPrecision(symbol, amount))) return `quantity ${amount}`;
  for (const value of [request.price, request.trigger]) {
    if (value === undefined) continue;
    const text = formatDecimal(value);
    if (!same(value, exchange.priceToPrecision(symbol, text))) return `price ${text}`;
  }
  return undefined;
}

/**
 * Sends one order once. Everything that can be refused without the venue is refused before a byte leaves; afterwards only the allow-list of
 * errors refuses, and what can't be told is unknown.
 */
export async function placeOrder(account: Account, order: PlaceOrder): Promise<PlaceAnswer> {
  const { exchange, traits, open } = account;
  const symbol = symbolOf(order.instrumentId, exchange.id);
  if (symbol === undefined)
    return notSent('instrument', `${order.instrumentId} is not an instrument of ${exchange.id}`);
  const clientId = traits.clientId.toVenue(order.clientOrderId);
  if (clientId === undefined)
    return notSent('client id', `${exchange.id} does not take ${order.clientOrderId} as an id`);
  const request = requestOf(order);
  if (request === undefined)
    return notSent('type', `a ${order.type} order cannot be placed at ${exchange.id} as it stands`);
  if (exchange.options['maxRetriesOnFailure'] !== 0)
    return notSent('retries', 'the exchange object would repeat a failed request');
  try {
    await inLane('order', () => exchange.loadMarkets());
    const changed = wouldChange(account, symbol, order, request);
    if (changed !== undefined) return notSent('precision', `${exchange.id} does not trade ${symbol} at a ${changed}`);
    await open.budget.take('order', traits.orderCost);
  } catch (error) {
    return notSent('not ready', errorText(error, open.secrets));
  }
  // Only now, after all waiting: an expiry that was computed before would be too late or too long.
  const expiry = traits.expiry?.({ expiresAt: order.expiresAt, venueNow: venueNow(account) });
  if (expiry?.kind === 'too_late') return notSent('expired', expiry.why);
  const params = {
    ...expiry?.params,
    clientOrderId: clientId,
    ...(request.trigger === undefined ? {} : { stopLossPrice: formatDecimal(request.trigger) }),
    ...(request.type === 'limit' && order.timeInForce !== undefined && order.postOnly !== true
      ? { timeInForce: order.timeInForce.toUpperCase() }
      : {}),
    ...(order.postOnly === true ? { postOnly: true } : {}),
  };
  return inLane(
    'order',
    async (call): Promise<PlaceAnswer> => {
      if (expiry?.headers !== undefined) call.headers = expiry.headers;
      try {
        const answer = await exchange.createOrder(
          symbol,
          request.type,
          order.side,
          formatDecimal(order.quantity),
          request.price === undefined ? undefined : formatDecimal(request.price),
          params,
        );
        const venueOrderId = textField(answer, ['id']);
        if (venueOrderId === undefined || !provesAnswer(exchange.id, 'created', call.response?.body))
          return { kind: 'unknown', reason: "the venue's answer names no order" };
        const at = timeField((answer as { readonly timestamp?: unknown }).timestamp);
        return { kind: 'accepted', venueOrderId, at: at === undefined ? venueNow(account) : unixMs(at) };
      } catch (error) {
        const { verdict, code, reason } = failureOf(account, error, call);
        if (verdict === 'refused') return { kind: 'refused', code, reason };
        return { kind: verdict === 'exists' ? 'exists' : 'unknown', reason: `${code}: ${reason}` };
      }
    },
    true,
  );
}
