import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isNegative,
  isPositive,
  max,
  multiply,
  ONE,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '../domain/decimal.ts';
import { Fault } from '../kernel/fault.ts';
import { balanceOf } from './ledger.ts';
import type { LedgerState } from './types.ts';

/** How much of each new profit is taken out of what may be risked. */
export type LockPolicy = {
  /** Share of a new profit, from 0 (nothing is locked) to 1. */
  readonly share: Decimal;
  /** In the asset of the account: a smaller new profit waits until it has grown to this. */
  readonly threshold: Decimal;
};

/** What happened to the pool. The only way in which it changes, and each of them is a record. */
export type LockEvent =
  /** `water`: profit up to here is not new, whatever the policy says from now on. */
  | { readonly kind: 'policy'; readonly policy: LockPolicy; readonly water: Decimal }
  | { readonly kind: 'locked'; readonly amount: Decimal; readonly water: Decimal }
  | { readonly kind: 'released'; readonly amount: Decimal }
  /** The account begins anew: nothing is earned, so nothing is locked. The policy stays. */
  | { readonly kind: 'anew' };

export type LockState = {
  readonly policy: LockPolicy;
  /** Money of the account that no entry may spend and nothing is sized from. It stays in the account: only its use is barred. */
  readonly locked: Decimal;
  /** Highest realised profit of which the share is locked already, or that was there before the policy. Never falls. */
  readonly water: Decimal;
};

export const NO_LOCK: LockState = { policy: { share: ZERO, threshold: ZERO }, locked: ZERO, water: ZERO };

/** Finer than any asset is counted here; what a share leaves below it stays free. */
const LOCK_SCALE = 8;

/** What the account has earned and kept since it was opened: closed results minus all fees and interest, those of open positions too. */
export const realisedProfit = (state: LedgerState): Decimal => {
  const gains = sum([...state.positions.values()].map(({ realisedPnl }) => realisedPnl.amount));
  const paid = add(balanceOf(state, 'fees', state.asset), balanceOf(state, 'interest', state.asset));
  return subtract(gains, paid);
};

/** Reads a policy from text. Throws Fault `refused` that says which part is out of its bounds. */
export function parseLockPolicy(text: { readonly share: string; readonly threshold: string }): LockPolicy {
  const share = parseDecimal(text.share);
  const threshold = parseDecimal(text.threshold);
  if (isNegative(share) || compare(share, ONE) > 0)
    throw new Fault('refused', `a share of ${text.share} cannot be locked`, 'give a fraction from 0 to 1: 0.5 is half');
  if (isNegative(threshold))
    throw new Fault('refused', `the threshold ${text.threshold} is below zero`, 'give an amount of 0 or more');
  return { share, threshold };
}

/**
 * What is to be locked now; undefined when nothing is. `realised` is the profit of the account, `free` the cash that is neither locked nor
 * kept for entries that may still fill: a lock waits for cash, because what lies in positions is at risk already.
 */
export function dueLock(
  { policy, water }: LockState,
  realised: Decimal,
  free: Decimal,
): (LockEvent & { readonly kind: 'locked' }) | undefined {
  const gain = subtract(realised, water);
  if (!isPositive(gain) || compare(gain, policy.threshold) < 0) return undefined;
  const amount = divide(multiply(gain, policy.share), ONE, LOCK_SCALE, 'floor');
  return isPositive(amount) && compare(amount, free) <= 0 ? { kind: 'locked', amount, water: realised } : undefined;
}

/** The pool after an event. Throws Fault `bad_data` on one that no policy could have led to: then the records are not ours. */
export function applyLock(state: LockState, event: LockEvent): LockState {
  const wrong = problemOf(state, event);
  if (wrong !== undefined)
    throw new Fault('bad_data', `the locked profit cannot change like this: ${wrong}`, 'run mt audit verify');
  switch (event.kind) {
    case 'policy':
      return { ...state, policy: event.policy, water: event.water };
    case 'locked':
      return { ...state, locked: add(state.locked, event.amount), water: event.water };
    case 'released':
      return { ...state, locked: subtract(state.locked, event.amount) };
    case 'anew':
      return { ...state, locked: ZERO, water: ZERO };
  }
}

function problemOf({ policy, locked, water }: LockState, event: LockEvent): string | undefined {
  if (event.kind === 'anew') return undefined;
  if (event.kind !== 'released' && compare(event.water, water) < 0) return 'its high-water mark would fall';
  if (event.kind === 'policy') return undefined;
  if (!isPositive(event.amount)) return `${formatDecimal(event.amount)} is not above zero`;
  if (event.kind === 'released')
    return compare(event.amount, locked) > 0 ? `only ${formatDecimal(locked)} is locked` : undefined;
  const most = multiply(subtract(event.water, water), policy.share);
  return compare(event.amount, most) > 0 ? `at most ${formatDecimal(most)} of that profit may be locked` : undefined;
}

/** The locked pool of one account. The account holds it, whoever keeps the records feeds it. */
export type ProfitLock = {
  state(): LockState;
  locked(): Decimal;
  /** Takes in what was recorded. Throws as `applyLock`, and then nothing has changed. */
  note(event: LockEvent): void;
  /** What of an amount may be used: all but what is locked, never below zero. */
  unlocked(amount: Decimal): Decimal;
  /** Highest realised profit that was ever seen; told by the account after each fill. */
  seen(realised: Decimal): void;
  /** The account begins anew: what was seen before is forgotten. */
  beginAnew(): void;
  /** What a new policy begins with: no profit of before counts as new. */
  highest(): Decimal;
};

export function createProfitLock(): ProfitLock {
  let state = NO_LOCK;
  let highest = ZERO;
  return {
    state: () => state,
    locked: () => state.locked,
    note(event) {
      state = applyLock(state, event);
    },
    unlocked: (amount) => max(ZERO, subtract(amount, state.locked)),
    seen(realised) {
      highest = max(highest, realised);
    },
    beginAnew() {
      state = applyLock(state, { kind: 'anew' });
      highest = ZERO;
    },
    highest: () => max(highest, state.water),
  };
}

/** A release of `wanted`, or of all that is locked. Throws Fault `refused` when there is not as much. */
export function releaseOf({ locked }: LockState, wanted: Decimal | 'all'): LockEvent & { readonly kind: 'released' } {
  const amount = wanted === 'all' ? locked : wanted;
  if (isPositive(amount) && compare(amount, locked) <= 0) return { kind: 'released', amount };
  throw new Fault(
    'refused',
    `${formatDecimal(amount)} cannot be released: ${formatDecimal(locked)} is locked`,
    'see what is locked: mt portfolio profit show',
  );
}
