import {
  add,
  compare,
  type Decimal,
  divide,
  isPositive,
  max,
  min,
  multiply,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId } from '../domain/ids.ts';
import { quantity as quantityOf } from '../domain/money.ts';
import type { Claim } from './claim.ts';
import { noRoomFor, type PortfolioAccount, type PortfolioUse } from './portfolio-room.ts';
import type { RiskLimits } from './risk-limits.ts';

/** What became of an order, as far as it changes what is reserved for it. */
export type OrderOutcome =
  | {
      readonly kind: 'filled';
      readonly agentId: AgentId;
      readonly clientOrderId: ClientOrderId;
      readonly instrumentId: InstrumentId;
      readonly isEntry: boolean;
      readonly price: Decimal;
      readonly quantity: Decimal;
    }
  /** Canceled, expired or rejected: nothing of it can fill any more. */
  | { readonly kind: 'closed'; readonly clientOrderId: ClientOrderId };

/**
 * The reservations of one account. An entry takes its room in the same call that finds it, so that no two agents can be given the same;
 * a fill turns it into what the position reserves, a cancel gives it back, a sale gives back what it closed. What is given back is gone
 * from the book, so that it cannot be given back twice.
 */
export type ReservationBook = {
  /** Why there would be no room for the claim now; nothing is reserved. */
  room(claim: Claim, account: PortfolioAccount, limits: RiskLimits): string | undefined;
  /** Reserves the claim, or answers why there is no room. The same order id again is a bug and throws. */
  take(claim: Claim, account: PortfolioAccount, limits: RiskLimits): string | undefined;
  /** Puts back what the journal shows as reserved, after a restart; it was judged then. */
  restore(claim: Claim): void;
  note(outcome: OrderOutcome): void;
  /** Everything of an agent that has ended. */
  end(agentId: AgentId): void;
  /** Everything: the account begins anew. */
  clear(): void;
  use(instrumentId: InstrumentId): PortfolioUse;
  /** What the open entries of everybody else may still do, in one instrument or in all; of everybody when nobody is left out. */
  openOfOthers(agentId: AgentId | undefined, instrumentId?: InstrumentId): OpenEntries;
  /** Nothing is reserved. */
  isEmpty(): boolean;
};

/** Of entries that have not filled: cash that they may take at worst, notional at the expected price, and loss down to their stops. */
export type OpenEntries = { readonly cash: Decimal; readonly notional: Decimal; readonly loss: Decimal };

type Row = Claim & {
  /** May still fill, and is held. Together at most the quantity, unless a venue filled more than was asked. */
  readonly open: Decimal;
  readonly held: Decimal;
};

/** Decimals of a share; rounded up, so that a part never reserves less than its share. */
const SHARE_DECIMALS = 16;
/** What is left of a position after a fee in its own coin is no position. */
const DUST = parseDecimal('0.001');

const shareOf = (amount: Decimal, part: Decimal, whole: Decimal): Decimal =>
  compare(part, whole) === 0 ? amount : divide(multiply(amount, part), whole, SHARE_DECIMALS, 'ceil');

const both = ({ open, held }: Row): Decimal => add(open, held);
const isThere = (row: Row): boolean => isPositive(row.open) || isPositive(row.held);
const isPosition = (row: Row): boolean => compare(both(row), multiply(row.quantity, DUST)) >= 0;
const positionOf = ({ agentId, instrumentId }: Pick<Claim, 'agentId' | 'instrumentId'>): string =>
  `${agentId} ${instrumentId}`;

export function createReservationBook(): ReservationBook {
  const rows = new Map<ClientOrderId, Row>();

  const put = (row: Row): void => {
    if (isThere(row)) rows.set(row.clientOrderId, row);
    else rows.delete(row.clientOrderId);
  };
  const addClaim = (claim: Claim): void => {
    if (rows.has(claim.clientOrderId)) throw new Error(`order ${claim.clientOrderId} has a reservation already`);
    put({ ...claim, open: claim.quantity, held: ZERO });
  };
  const use = (instrumentId: InstrumentId): PortfolioUse => {
    const all = [...rows.values()];
    const total = (some: readonly Row[], pick: (row: Row) => Decimal, part: (row: Row) => Decimal): Decimal =>
      sum(some.map((row) => shareOf(pick(row), part(row), row.quantity)));
    return {
      risk: total(all, ({ loss, gap }) => add(loss, gap), both),
      notional: total(all, ({ notional }) => notional, both),
      ofInstrument: total(
        all.filter((row) => row.instrumentId === instrumentId),
        ({ notional }) => notional,
        both,
      ),
      cash: total(
        all,
        ({ cash }) => cash,
        ({ open }) => open,
      ),
      positions: new Set(all.filter(isPosition).map(positionOf)).size,
    };
  };

  /** A position that nobody has reserved anything for, of a journal from before there were reservations: all of it may be lost. */
  const foundHeld = (outcome: OrderOutcome & { readonly kind: 'filled' }): void => {
    const { agentId, clientOrderId, instrumentId, price, quantity } = outcome;
    const notional = multiply(price, quantity);
    const size = quantityOf(quantity);
    const claim: Claim = {
      agentId,
      clientOrderId,
      instrumentId,
      quantity: size,
      notional,
      loss: notional,
      gap: ZERO,
      cash: ZERO,
    };
    put({ ...claim, open: ZERO, held: quantity });
  };

  const bought = (outcome: OrderOutcome & { readonly kind: 'filled' }): void => {
    const row = rows.get(outcome.clientOrderId);
    if (row === undefined) return foundHeld(outcome);
    const open = max(ZERO, subtract(row.open, outcome.quantity));
    put({ ...row, open, held: add(row.held, outcome.quantity) });
  };

  /** What was reserved first is given back first. */
  const sold = ({ agentId, instrumentId, quantity }: OrderOutcome & { readonly kind: 'filled' }): void => {
    let left = quantity;
    for (const row of rows.values()) {
      if (row.agentId !== agentId || row.instrumentId !== instrumentId) continue;
      const taken = min(left, row.held);
      left = subtract(left, taken);
      put({ ...row, held: subtract(row.held, taken) });
    }
  };

  const room: ReservationBook['room'] = (claim, account, limits) => {
    const present = new Set([...rows.values()].filter(isPosition).map(positionOf));
    return noRoomFor(claim, !present.has(positionOf(claim)), use(claim.instrumentId), account, limits);
  };

  return {
    room,
    take(claim, account, limits) {
      const refused = room(claim, account, limits);
      if (refused === undefined) addClaim(claim);
      return refused;
    },
    restore: addClaim,
    note(outcome) {
      if (outcome.kind === 'filled') return outcome.isEntry ? bought(outcome) : sold(outcome);
      const row = rows.get(outcome.clientOrderId);
      if (row !== undefined) put({ ...row, open: ZERO });
    },
    end(agentId) {
      for (const row of rows.values()) if (row.agentId === agentId) rows.delete(row.clientOrderId);
    },
    clear: () => rows.clear(),
    use,
    openOfOthers(agentId, instrumentId) {
      const others = [...rows.values()].filter(
        (row) => row.agentId !== agentId && (instrumentId === undefined || row.instrumentId === instrumentId),
      );
      const total = (pick: (row: Row) => Decimal): Decimal =>
        sum(others.map((row) => shareOf(pick(row), row.open, row.quantity)));
      return {
        cash: total(({ cash }) => cash),
        notional: total(({ notional }) => notional),
        loss: total(({ loss }) => loss),
      };
    },
    isEmpty: () => rows.size === 0,
  };
}
