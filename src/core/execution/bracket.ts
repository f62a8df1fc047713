import { equals, isZero } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId } from '../domain/ids.ts';
import type { Quantity } from '../domain/money.ts';
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
 * What to do so that stop and target each cover exactly what is held. The stop comes first: it is the one that must exist. A leg of
 * the wrong size is canceled and its successor sent only when the venue has confirmed, so that two stops never rest at once.
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
      .filter((order) => order.status !== 'pending_cancel' && !equals(remainingOf(order), held))
      .map((order) => cancelStep(order, 'resized to the position'));
  });
}

const cancelStep = ({ clientOrderId }: TrackedOrder, reason: string): BracketStep => ({
  kind: 'cancel',
  clientOrderId,
  reason,
});
