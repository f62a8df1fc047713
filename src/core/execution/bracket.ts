import { compare, equals, isPositive, isZero, subtract, sum } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId } from '../domain/ids.ts';
import { type Price, type Quantity, quantity } from '../domain/money.ts';
import type { ApprovedOrder, DerivedOrder } from '../risk/types.ts';
import { remainingOf } from './order-store.ts';
import type { TrackedOrder } from './types.ts';

type Leg = 'stop' | 'target';

/** An entry and the protection that its approval covers. */
export type Bracket = {
  readonly agentId: AgentId;
  readonly instrumentId: InstrumentId;
  readonly entry: ApprovedOrder;
  /** Protective orders still able to fill. */
  readonly live: readonly TrackedOrder[];
  /** Protection failed and a flatten was sent in its place. */
  readonly flattening: boolean;
};

export type BracketStep =
  | { readonly kind: 'cancel'; readonly clientOrderId: ClientOrderId; readonly reason: string }
  | { readonly kind: 'submit'; readonly purpose: DerivedOrder['purpose']; readonly quantity: Quantity };

const LEGS: readonly Leg[] = ['stop', 'target'];

/**
 * What to do so that stop and target each cover exactly what is held, at the prices of the entry. The stop comes first: it is the one that must
 * exist. A leg of the wrong size or price is canceled and its successor sent only when the venue has confirmed, so that two stops never rest at once.
 * Calling it again without news yields nothing.
 */
export function bracketSteps({ entry, live, flattening }: Bracket, held: Quantity): readonly BracketStep[] {
  const standing = live.filter(({ status }) => status !== 'pending_cancel');
  if (isZero(held)) return standing.map((order) => cancelStep(order, 'position closed'));
  if (flattening) return [];
  return LEGS.flatMap((purpose): readonly BracketStep[] => {
    if (entry[purpose] === undefined) return [];
    const legs = live.filter((order) => order.purpose === purpose);
    if (legs.length === 0) return [{ kind: 'submit', purpose, quantity: held }];
    return legs
      .filter(({ status }) => status !== 'pending_cancel')
      .flatMap((order) => {
        if (!equals(remainingOf(order), held)) return [cancelStep(order, 'resized to the position')];
        return isMoved(order, entry[purpose]) ? [cancelStep(order, 'moved toward less risk')] : [];
      });
  });
}

/**
 * The same where resting orders do not share their quantity. One leg rests alone: the stop, or the target of an entry without one; two would sell
 * what is held twice. What was bought in addition gets a stop of its own, so that nothing is bare meanwhile. When less is held than rests, or at
 * other prices, all is canceled and the successor is sent once the venue has confirmed, for until then the old one may still fill.
 */
export function loneLegSteps({ entry, live, flattening }: Bracket, held: Quantity): readonly BracketStep[] {
  const standing = live.filter(({ status }) => status !== 'pending_cancel');
  if (isZero(held)) return standing.map((order) => cancelStep(order, 'position closed'));
  const purpose: Leg = entry.stop === undefined ? 'target' : 'stop';
  const wanted = entry[purpose];
  if (flattening || wanted === undefined) return [];
  const odd = standing.filter(
    (order) => order.purpose !== purpose || order.price === undefined || !equals(order.price, wanted),
  );
  if (odd.length > 0) return odd.map((order) => cancelStep(order, 'replaced by the protection of the newest entry'));
  if (compare(sum(standing.map(remainingOf)), held) > 0)
    return standing.map((order) => cancelStep(order, 'resized to the position'));
  const bare = subtract(held, sum(live.map(remainingOf)));
  return isPositive(bare) ? [{ kind: 'submit', purpose, quantity: quantity(bare) }] : [];
}

const isMoved = ({ price }: TrackedOrder, wanted: Price | undefined): boolean =>
  price !== undefined && wanted !== undefined && !equals(price, wanted);

const cancelStep = ({ clientOrderId }: TrackedOrder, reason: string): BracketStep => ({
  kind: 'cancel',
  clientOrderId,
  reason,
});
