import { add, compare, type Decimal, isPositive, isZero, subtract, sum, ZERO } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Quantity } from '../domain/money.ts';
import type { Fill, Side } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import type { ApprovedOrder, DerivedOrder } from '../risk/types.ts';
import { type Bracket, bracketSteps, loneLegSteps } from './bracket.ts';
import { isOpenStatus } from './lifecycle.ts';
import { type OrderStore, remainingOf } from './order-store.ts';
import type { TrackedOrder } from './types.ts';

type Managed = Pick<Bracket, 'agentId' | 'instrumentId' | 'entry'> & {
  legs: readonly ClientOrderId[];
  /** The market order that was sent because the stop could not rest. */
  flatten: ClientOrderId | undefined;
  /** Looks in a row that found it bare: one a candle where candles are simulated, one a second at a venue. */
  bare: number;
  /** Closes the position as soon as no leg rests any more. */
  waiting: ApprovedOrder | undefined;
};

/** A simulated venue that has refused a protective order this often means it: the agent's own rules have to close the position then. */
const QUICK_TRIES = 5;
/** A real venue may refuse because it pauses us or is in maintenance, which ends: from then on it is asked again at one look of so many. */
const LOOKS_A_TRY = 60;

export type ProtectionPorts = {
  readonly store: OrderStore;
  /** What of a position an order of the other side may close: whole lots. */
  readonly closable: (agentId: AgentId, instrumentId: InstrumentId, entrySide: Side) => Quantity;
  /** Records and sends an order that the entry's approval covers; undefined when the approval covers none. */
  readonly derive: (
    bracket: Pick<Bracket, 'agentId' | 'instrumentId' | 'entry'>,
    order: Pick<DerivedOrder, 'purpose' | 'quantity'>,
    ts: UnixMs,
    onId: (id: ClientOrderId) => void,
  ) => void;
  readonly cancel: (order: TrackedOrder, reason: string, ts: UnixMs) => void;
  /** A further entry as it protects the position; see `Approvals`. */
  readonly keepingStop: (entry: ApprovedOrder, before: ApprovedOrder) => ApprovedOrder;
  /** Records and sends a closing order that has waited. */
  readonly send: (agentId: AgentId, instrumentId: InstrumentId, order: ApprovedOrder, ts: UnixMs) => void;
  /** Orders do not share their quantity at the venue: one leg rests alone, and an order that closes waits until it is gone. */
  readonly alone: boolean;
};

/** Keeps stop and target of every position at the size of what is held. */
export type Protection = {
  /** After a fill is booked. `entry` when the order that filled was one. */
  filled(fill: Fill, entry: ApprovedOrder | undefined): void;
  /** After an order ended without a fill. `asked`: because we wanted it to. */
  ended(order: TrackedOrder, asked: boolean, ts: UnixMs): void;
  /**
   * Protects again what was left bare because the venue refused: called from outside, once for each candle or second, so that it cannot go
   * round in circles. Where a stop rests alone it never gives up.
   */
  guard(ts: UnixMs): void;
  /** Name of the set that protects a position: a closing order that carries it shares its quantity with stop and target. */
  groupOf(agentId: AgentId, instrumentId: InstrumentId): string | undefined;
  /** The entry whose approval protects what is held of an instrument; undefined when nothing is held, or it is being closed. */
  coverOf(agentId: AgentId, instrumentId: InstrumentId): ApprovedOrder | undefined;
  /** The same position under an approval with another stop; what rests is replaced by the next `protectAll` or fill. */
  cover(agentId: AgentId, instrumentId: InstrumentId, entry: ApprovedOrder): void;
  /** Stops protecting anything. */
  forget(): void;
  /** Of a journal that is played back: what rests, what was filled, and nothing is sent. */
  rememberLeg(order: TrackedOrder): void;
  rememberFill(fill: Fill, entry: ApprovedOrder | undefined): void;
  /** Sends or cancels whatever is missing or too much now. Calling it twice is harmless. */
  protectAll(ts: UnixMs): void;
  /**
   * Takes a closing order that must wait for resting legs to be gone, which it cancels. False: nothing rests in its way, and it can be sent at once.
   * Throws Fault('refused') when orders that are under way close all of it.
   */
  holdBack(agentId: AgentId, instrumentId: InstrumentId, order: ApprovedOrder, ts: UnixMs): boolean;
};

const keyOf = ({ agentId, instrumentId }: { readonly agentId: AgentId; readonly instrumentId: InstrumentId }): string =>
  `${agentId} ${instrumentId}`;

export function createProtection({
  store,
  closable,
  derive,
  cancel,
  keepingStop,
  send,
  alone,
}: ProtectionPorts): Protection {
  const brackets = new Map<string, Managed>();

  const heldBy = ({ agentId, instrumentId, entry }: Managed): Quantity => closable(agentId, instrumentId, entry.side);

  const isOpen = (id: ClientOrderId | undefined): boolean =>
    id !== undefined && isOpenStatus(store.get(id)?.status ?? 'denied');

  /** What orders that are on their way will close of a position without its stop and target. */
  const closing = ({ agentId, instrumentId, entry }: Managed): Decimal =>
    sum(
      store
        .open()
        .filter(
          (order) =>
            order.agentId === agentId &&
            order.instrumentId === instrumentId &&
            order.side !== entry.side &&
            (order.purpose === 'exit' || order.purpose === 'flatten'),
        )
        .map(remainingOf),
    );

  const hasStop = ({ entry, legs }: Managed): boolean =>
    entry.stop === undefined || legs.some((id) => isOpen(id) && store.get(id)?.purpose === 'stop');

  const liveLegs = ({ legs }: Managed): readonly TrackedOrder[] =>
    legs
      .map((id) => store.get(id))
      .filter((order) => order !== undefined && isOpenStatus(order.status)) as TrackedOrder[];

  const flattenNow = (bracket: Managed, held: Quantity, ts: UnixMs): void =>
    derive(bracket, { purpose: 'flatten', quantity: held }, ts, (id) => {
      bracket.flatten = id;
    });

  /** The way is free: the order that waited goes, or one of the right size when the legs have taken a part meanwhile. */
  const release = (bracket: Managed, order: ApprovedOrder, held: Quantity, ts: UnixMs): void => {
    bracket.waiting = undefined;
    if (isZero(held)) return;
    if (compare(order.quantity, held) > 0) return flattenNow(bracket, held, ts);
    bracket.flatten = order.clientOrderId;
    send(bracket.agentId, bracket.instrumentId, order, ts);
  };

  const protect = (bracket: Managed, ts: UnixMs): void => {
    const held = heldBy(bracket);
    const live = liveLegs(bracket);
    if (bracket.waiting !== undefined) {
      if (live.length === 0) return release(bracket, bracket.waiting, held, ts);
      for (const order of live) cancel(order, 'the position is being closed', ts);
      return;
    }
    const now = { ...bracket, live, flattening: isOpen(bracket.flatten) };
    for (const step of alone ? loneLegSteps(now, held) : bracketSteps(now, held)) {
      if (step.kind === 'submit')
        derive(bracket, step, ts, (id) => {
          bracket.legs = [...bracket.legs, id];
        });
      else {
        const order = store.get(step.clientOrderId);
        if (order !== undefined) cancel(order, step.reason, ts);
      }
    }
  };

  /** A protective order ended without a fill. Ours to resize: send its successor. The venue's doing: no bare position. */
  const legLost = (bracket: Managed, order: TrackedOrder, asked: boolean, ts: UnixMs): void => {
    const held = heldBy(bracket);
    if (isZero(held)) return;
    if (asked) return protect(bracket, ts);
    if (order.purpose !== 'stop' || isOpen(bracket.flatten) || compare(closing(bracket), held) >= 0) return;
    // A part that may not rest by itself, being too small perhaps: one stop for all of it is tried before the position is given up.
    const others = alone ? liveLegs(bracket) : [];
    if (others.length > 0) for (const other of others) cancel(other, 'joined into one', ts);
    else flattenNow(bracket, held, ts);
  };

  const remember = (fill: Fill, entry: ApprovedOrder | undefined): Managed | undefined => {
    const key = keyOf(fill);
    const known = brackets.get(key);
    // An entry that only made the opposite position smaller protects nothing; the protection of what is left stays what it was.
    const held = entry === undefined ? ZERO : closable(fill.agentId, fill.instrumentId, entry.side);
    // A further entry moves the protection of the whole position to its own prices; the old legs are resized away first. Its stop can only come
    // nearer by that: what was bought before was approved with the stop that rests, and a small order must not risk all of it anew.
    if (entry !== undefined && isPositive(held))
      brackets.set(key, {
        agentId: fill.agentId,
        instrumentId: fill.instrumentId,
        entry:
          known !== undefined && isPositive(subtract(held, fill.quantity)) ? keepingStop(entry, known.entry) : entry,
        legs: (known?.legs ?? []).filter(isOpen),
        flatten: alone && isOpen(known?.flatten) ? known?.flatten : undefined,
        bare: 0,
        waiting: known?.waiting,
      });
    return brackets.get(key);
  };

  return {
    filled(fill, entry) {
      const bracket = remember(fill, entry);
      if (bracket === undefined) return;
      bracket.bare = 0;
      protect(bracket, fill.tsEvent);
    },
    ended(order, asked, ts) {
      const bracket = brackets.get(keyOf(order));
      if (bracket?.legs.includes(order.clientOrderId)) legLost(bracket, order, asked, ts);
      // What closed the position is gone and has not closed it; one that the venue refused is tried again by the guard, not in a circle.
      else if (alone && bracket?.flatten === order.clientOrderId && (asked || order.status === 'canceled'))
        protect(bracket, ts);
    },
    guard(ts) {
      for (const bracket of Array.from(brackets.values())) {
        if (isZero(heldBy(bracket)) || hasStop(bracket) || compare(closing(bracket), heldBy(bracket)) >= 0) continue;
        bracket.bare += 1;
        if (bracket.bare <= QUICK_TRIES || (alone && bracket.bare % LOOKS_A_TRY === 0)) protect(bracket, ts);
      }
    },
    groupOf(agentId, instrumentId) {
      const bracket = brackets.get(keyOf({ agentId, instrumentId }));
      return bracket === undefined || isZero(heldBy(bracket)) ? undefined : bracket.entry.clientOrderId;
    },
    coverOf(agentId, instrumentId) {
      const bracket = brackets.get(keyOf({ agentId, instrumentId }));
      if (bracket === undefined || isZero(heldBy(bracket)) || bracket.waiting !== undefined) return undefined;
      return isPositive(closing(bracket)) ? undefined : bracket.entry;
    },
    cover(agentId, instrumentId, entry) {
      const key = keyOf({ agentId, instrumentId });
      const bracket = brackets.get(key);
      if (bracket !== undefined) brackets.set(key, { ...bracket, entry });
    },
    forget: () => brackets.clear(),
    rememberLeg(order) {
      const bracket = brackets.get(keyOf(order));
      if (bracket === undefined || order.side === bracket.entry.side) return;
      if (order.purpose === 'stop' || order.purpose === 'target') bracket.legs = [...bracket.legs, order.clientOrderId];
      else if (order.purpose !== 'entry') bracket.flatten = order.clientOrderId;
    },
    rememberFill: (fill, entry) => {
      remember(fill, entry);
    },
    protectAll(ts) {
      for (const bracket of Array.from(brackets.values())) protect(bracket, ts);
    },
    holdBack(agentId, instrumentId, order, ts) {
      const bracket = alone ? brackets.get(keyOf({ agentId, instrumentId })) : undefined;
      if (bracket === undefined || order.side === bracket.entry.side) return false;
      const taken = add(closing(bracket), bracket.waiting?.quantity ?? ZERO);
      if (compare(add(taken, order.quantity), heldBy(bracket)) > 0)
        throw new Fault(
          'refused',
          `what is held of ${instrumentId} is being closed already; another order would close it twice`,
          'Wait until that order has ended.',
        );
      if (liveLegs(bracket).length === 0) {
        bracket.flatten = order.clientOrderId;
        return false;
      }
      bracket.waiting = order;
      protect(bracket, ts);
      return true;
    },
  };
}
