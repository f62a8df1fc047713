import { compare, isPositive } from '../domain/decimal.ts';
import type { Approvals, ApprovedOrder, DerivedOrder, ProposedOrder } from './types.ts';

const SEAL: unique symbol = Symbol('approved by the gate');

/**
 * Marks a frozen copy of the order as approved. The mark is not enumerable, so that neither a spread nor a clone carries it: an order
 * altered after approval is not approved. Only the gate and this file call it.
 */
export function seal(order: ProposedOrder): ApprovedOrder {
  const copy = { ...order };
  Object.defineProperty(copy, SEAL, { value: true, enumerable: false });
  return Object.freeze(copy) as ApprovedOrder;
}

const isApproved = (order: ProposedOrder): boolean => Object.hasOwn(order, SEAL);

/** The stop, target or emergency flatten that the approval of `entry` covers. */
function derive(entry: ApprovedOrder, { purpose, clientOrderId, quantity }: DerivedOrder): ApprovedOrder | undefined {
  if (!isApproved(entry)) throw new Error(`entry ${entry.clientOrderId} does not carry the gate's approval`);
  if (entry.purpose !== 'entry') throw new Error('only an entry has protective orders');
  if (!isPositive(quantity)) throw new Error('a protective order needs something to protect');
  const side = entry.side === 'buy' ? 'sell' : 'buy';
  // One set: at the venue a fill of one takes its quantity from the others in the same instant, whatever is on its way between us.
  const closing = { clientOrderId, side, purpose, quantity, reduceOnly: true, group: entry.clientOrderId } as const;
  if (purpose === 'flatten') return seal({ ...closing, type: 'market' });
  const price = entry[purpose];
  if (price === undefined) return undefined;
  return seal({ ...closing, type: purpose === 'stop' ? 'stop' : 'take_profit', price });
}

function tightened(entry: ApprovedOrder, stop: ApprovedOrder): ApprovedOrder {
  if (!isApproved(entry) || !isApproved(stop)) throw new Error("a stop is moved under the gate's approval alone");
  if (entry.stop === undefined || stop.price === undefined || stop.purpose !== 'stop' || stop.side === entry.side)
    throw new Error(`order ${stop.clientOrderId} is no stop of entry ${entry.clientOrderId}`);
  const nearer = compare(stop.price, entry.stop);
  if (entry.side === 'buy' ? nearer <= 0 : nearer >= 0) throw new Error('a stop is only ever moved toward less risk');
  return seal({ ...entry, stop: stop.price });
}

/** A further entry of a position, with the stop of the position where that one lies nearer to the market than its own. */
function keepingStop(entry: ApprovedOrder, before: ApprovedOrder): ApprovedOrder {
  if (!isApproved(entry) || !isApproved(before)) throw new Error('what protects a position carries an approval');
  if (before.stop === undefined || before.side !== entry.side) return entry;
  const nearer = entry.stop === undefined ? -1 : compare(entry.stop, before.stop) * (entry.side === 'buy' ? 1 : -1);
  return nearer < 0 ? seal({ ...entry, stop: before.stop }) : entry;
}

/** What execution may use of this stage. */
export const approvals: Approvals = { isApproved, derive, tightened, keepingStop, restored: seal };
