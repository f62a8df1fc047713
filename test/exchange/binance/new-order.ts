import type { Fixed } from '../core/fixed.ts';
import type { OrderKind, PlaceRequest, TimeInForce } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import { INVALID_SYMBOL, illegal, missing, notRequired, refuse, tooPrecise } from './errors.ts';
import { amount, type Params } from './params.ts';

type Form = {
  readonly kind: OrderKind;
  readonly needs: readonly AmountName[];
  readonly timed: boolean;
  readonly postOnly?: boolean;
};
type AmountName = 'price' | 'quantity' | 'stopPrice' | 'quoteOrderQty';

const AMOUNT_NAMES: readonly AmountName[] = ['price', 'quantity', 'stopPrice', 'quoteOrderQty'];
const FORMS: Readonly<Record<string, Form>> = {
  LIMIT: { kind: 'limit', needs: ['price', 'quantity'], timed: true },
  LIMIT_MAKER: { kind: 'limit', needs: ['price', 'quantity'], timed: false, postOnly: true },
  MARKET: { kind: 'market', needs: [], timed: false },
  STOP_LOSS: { kind: 'stop', needs: ['quantity', 'stopPrice'], timed: false },
  STOP_LOSS_LIMIT: { kind: 'stop_limit', needs: ['price', 'quantity', 'stopPrice'], timed: true },
  TAKE_PROFIT: { kind: 'take', needs: ['quantity', 'stopPrice'], timed: false },
  TAKE_PROFIT_LIMIT: { kind: 'take_limit', needs: ['price', 'quantity', 'stopPrice'], timed: true },
};
export const ORDER_TYPES: readonly string[] = Object.keys(FORMS);

const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;
const AMOUNT_RANGE = '^([0-9]{1,20})(\\.[0-9]{1,20})?$';

const isTimeInForce = (text: string | undefined): text is TimeInForce =>
  text === 'GTC' || text === 'IOC' || text === 'FOK';

/** Reads and checks the parameters of a new order as far as binance does before its matching engine sees it. */
export function readNewOrder(venue: Venue, account: string, params: Params): PlaceRequest | Answer {
  const symbol = params.text('symbol');
  if (symbol === undefined) return missing('symbol');
  if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  const side = params.text('side');
  if (side === undefined) return missing('side');
  if (side !== 'BUY' && side !== 'SELL') return refuse(-1117, 'Invalid side.');
  const type = params.text('type');
  if (type === undefined) return missing('type');
  const form = FORMS[type];
  if (form === undefined) return refuse(-1116, 'Invalid orderType.');
  const timeInForce = params.text('timeInForce');
  if (form.timed && timeInForce === undefined) return missing('timeInForce');
  if (!form.timed && timeInForce !== undefined) return notRequired('timeInForce');
  if (timeInForce !== undefined && !isTimeInForce(timeInForce)) return refuse(-1115, 'Invalid timeInForce.');
  const clientId = params.text('newClientOrderId');
  if (clientId !== undefined && !CLIENT_ID.test(clientId))
    return illegal('newClientOrderId', '^[\\.A-Z\\:/a-z0-9_-]{1,36}$');
  const amounts = readAmounts(params, form);
  if ('status' in amounts) return amounts;
  if (form.kind === 'market' && (amounts.quantity === undefined) === (amounts.quoteOrderQty === undefined))
    return refuse(-1128, 'Combination of optional parameters invalid.');
  if (amounts.quoteOrderQty !== undefined && side === 'SELL')
    return refuse(-1128, 'Combination of optional parameters invalid.');
  return {
    account,
    instrument: symbol,
    side: side === 'BUY' ? 'buy' : 'sell',
    kind: form.kind,
    timeInForce: timeInForce ?? 'GTC',
    postOnly: form.postOnly ?? false,
    clientId,
    price: amounts.price,
    triggerPrice: amounts.stopPrice,
    quantity: amounts.quantity,
    budget: amounts.quoteOrderQty,
  };
}

function readAmounts(params: Params, form: Form): Partial<Record<AmountName, Fixed>> | Answer {
  const found: Partial<Record<AmountName, Fixed>> = {};
  const optional = form.kind === 'market' ? ['quantity', 'quoteOrderQty'] : [];
  for (const name of AMOUNT_NAMES) {
    const read = amount(params, name);
    const needed = form.needs.includes(name);
    if (read.kind === 'absent' && needed) return missing(name);
    if (read.kind === 'absent') continue;
    if (!needed && !optional.includes(name)) return notRequired(name);
    if (read.kind === 'illegal') return illegal(name, AMOUNT_RANGE);
    if (read.kind === 'too_precise') return tooPrecise(name);
    found[name] = read.value;
  }
  return found;
}
