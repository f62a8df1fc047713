import { decimalsOf, type Fixed, parseFixed } from '../core/fixed.ts';
import type { PlaceRequest } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import { DEADLINE, UNKNOWN_PAIR, wrongArgument } from './errors.ts';
import { KIND_NAMES } from './order-view.ts';
import { LOT_DECIMALS, pairNamed } from './pairs.ts';
import type { Params } from './params.ts';

const DEADLINE_MAX_MS = 60_000;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const FREE_TEXT = /^[\x21-\x7e]{1,18}$/;

/** Undefined while the request may still be carried out; kraken's engine checks it, and not its gateway. */
export function pastDeadline(venue: Venue, params: Params): Answer | undefined {
  const text = params.text('deadline');
  if (text === undefined) return undefined;
  const deadline = Date.parse(text);
  const now = venue.clock.now();
  if (Number.isNaN(deadline) || deadline > now + DEADLINE_MAX_MS) return wrongArgument('deadline');
  return deadline <= now ? DEADLINE : undefined;
}

function amountOf(params: Params, name: string): Fixed | undefined | Answer {
  const text = params.text(name);
  if (text === undefined) return undefined;
  const value = parseFixed(text);
  return value === undefined || decimalsOf(text) > LOT_DECIMALS ? wrongArgument(name) : value;
}

const isAnswer = (value: unknown): value is Answer => typeof value === 'object';

/** Reads a new order as kraken's gateway does. */
export function readNewOrder(venue: Venue, account: string, params: Params): PlaceRequest | Answer {
  const pair = pairNamed(params.text('pair') ?? '');
  if (pair === undefined || venue.exchange.market(pair.altname) === undefined) return UNKNOWN_PAIR;
  const side = params.text('type');
  if (side !== 'buy' && side !== 'sell') return wrongArgument('type');
  const kind = KIND_NAMES.get(params.text('ordertype') ?? '');
  if (kind === undefined) return wrongArgument('ordertype');
  const timeInForce = params.text('timeinforce')?.toUpperCase() ?? 'GTC';
  if (timeInForce !== 'GTC' && timeInForce !== 'IOC') return wrongArgument('timeinforce');
  const clientId = params.text('cl_ord_id');
  if (clientId !== undefined && !UUID.test(clientId) && !FREE_TEXT.test(clientId)) return wrongArgument('cl_ord_id');
  const userref = params.integer('userref');
  if (params.text('userref') !== undefined && userref === undefined) return wrongArgument('userref');
  // The venue takes one of the two names, never both.
  if (userref !== undefined && clientId !== undefined) return wrongArgument('userref');
  const volume = amountOf(params, 'volume');
  const price = amountOf(params, 'price');
  const second = amountOf(params, 'price2');
  if (isAnswer(volume)) return volume;
  if (isAnswer(price)) return price;
  if (isAnswer(second)) return second;
  if (volume === undefined) return wrongArgument('volume');
  if (kind !== 'market' && price === undefined) return wrongArgument('price');
  const isTriggered = kind !== 'market' && kind !== 'limit';
  const needsLimit = kind === 'stop_limit' || kind === 'take_limit';
  if (needsLimit && second === undefined) return wrongArgument('price2');
  const flags = (params.text('oflags') ?? '').split(',');
  const byCost = flags.includes('viqc');
  if (byCost && (kind !== 'market' || side === 'sell')) return wrongArgument('viqc');
  return {
    account,
    instrument: pair.altname,
    side,
    kind,
    timeInForce,
    postOnly: flags.includes('post'),
    clientId,
    userref,
    price: kind === 'limit' ? price : needsLimit ? second : undefined,
    triggerPrice: isTriggered ? price : undefined,
    quantity: byCost ? undefined : volume,
    budget: byCost ? volume : undefined,
  };
}
