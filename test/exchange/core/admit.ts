import type { Accounts } from './accounts.ts';
import type { Book } from './book.ts';
import { type FeeRules, withFee } from './fees.ts';
import { type Fixed, smaller, times, timesUp } from './fixed.ts';
import type { Instrument, PlaceRequest, Refusal, Side } from './types.ts';

export const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');

/** True when an order at this limit would trade with that resting price; no limit trades with any. */
export const crosses = (side: Side, limit: Fixed | undefined, resting: Fixed): boolean =>
  limit === undefined || (side === 'buy' ? resting <= limit : resting >= limit);

/** What a taker would get right now: quantity within its limit, and its cost. */
export function available(
  book: Book,
  side: Side,
  limit: Fixed | undefined,
  wanted: Fixed,
): { quantity: Fixed; cost: Fixed } {
  let quantity = 0n;
  let cost = 0n;
  for (const level of book.levels(opposite(side))) {
    if (quantity >= wanted || !crosses(side, limit, level.price)) break;
    const taken = smaller(level.total, wanted - quantity);
    quantity += taken;
    // Up for each resting order of the level, because each is a trade with a cost of its own.
    cost += timesUp(taken, level.price) + BigInt(level.orders.length);
  }
  return { quantity, cost };
}

/** What an order sets aside while it lives: base of a seller, quote of a buyer. */
export function holdFor(request: PlaceRequest, book: Book, fees: FeeRules): Fixed {
  const quantity = request.quantity ?? 0n;
  if (request.side === 'sell') return quantity;
  if (request.budget !== undefined) return request.budget;
  const limit = request.price ?? request.triggerPrice;
  if (limit !== undefined) return withFee(fees, timesUp(limit, quantity));
  return withFee(fees, available(book, 'buy', undefined, quantity).cost);
}

const onGrid = (value: Fixed | undefined, grid: Fixed): boolean => value === undefined || value % grid === 0n;

const isStop = (kind: PlaceRequest['kind']): boolean => kind === 'stop' || kind === 'stop_limit';

/** True when the last trade has reached the trigger: stops trade with the market, takes against it. */
export function reached(kind: PlaceRequest['kind'], side: Side, trigger: Fixed, last: Fixed): boolean {
  return isStop(kind) === (side === 'buy') ? last >= trigger : last <= trigger;
}

/** The instrument's own rules, in the order in which venues check them; undefined when all hold. */
export function brokenFilter(request: PlaceRequest, instrument: Instrument, last: Fixed): Refusal | undefined {
  if (!onGrid(request.price, instrument.tick) || !onGrid(request.triggerPrice, instrument.tick)) return 'tick';
  if (request.price === 0n || request.triggerPrice === 0n) return 'tick';
  const quantity = request.quantity;
  if (quantity !== undefined) {
    if (quantity < instrument.minQuantity || quantity > instrument.maxQuantity) return 'quantity';
    if (!onGrid(quantity, instrument.step)) return 'step';
  }
  const price = request.price ?? request.triggerPrice ?? last;
  const notional = request.budget ?? times(price, quantity ?? 0n);
  return notional < instrument.minNotional ? 'notional' : undefined;
}

/** What the state of the market forbids; undefined when the order may enter. */
export function refusedByMarket(
  request: PlaceRequest,
  book: Book,
  last: Fixed,
  accounts: Accounts,
  instrument: Instrument,
  fees: FeeRules,
): Refusal | undefined {
  const best = book.best(opposite(request.side));
  if (request.postOnly === true && best !== undefined && crosses(request.side, request.price, best.price))
    return 'would_take';
  if (request.triggerPrice !== undefined && reached(request.kind, request.side, request.triggerPrice, last))
    return 'would_trigger';
  const asset = request.side === 'sell' ? instrument.base : instrument.quote;
  return accounts.balance(request.account, asset).free < holdFor(request, book, fees) ? 'funds' : undefined;
}
