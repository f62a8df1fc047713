import { compare, type Decimal, isPositive, isZero, sum } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Quantity } from '../domain/money.ts';
import type { Fill, Side } from '../domain/order.ts';
import type { ApprovedOrder, DerivedOrder } from '../risk/types.ts';
import { type Bracket, bracketSteps } from './bracket.ts';
import { isOpenStatus } from './lifecycle.ts';
import { type OrderStore, remainingOf } from './order-store.ts';
import type { TrackedOrder } from './types.ts';

type Managed = Pick<Bracket, 'agentId' | 'instrumentId' | 'entry'> & {
  legs: readonly ClientOrderId[];
  /** The market order that was sent because the stop could not rest. */
  flatten: ClientOrderId | undefined;
  /** Candles in a row that found it bare. */
  bare: number;
};

/** A venue that has refused a protective order this often means it: the agent's own rules have to close the position then. */
const MOST_BARE_CANDLES = 5;

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
};

/** Keeps stop and target of every position at the size of what is held. */
export type Protection = {
  /** After a fill is booked. `entry` when the order that filled was one. */
  filled(fill: Fill, entry: ApprovedOrder | undefined): void;
  /** After an order ended without a fill. `asked`: because we wanted it to. */
  ended(order: TrackedOrder, asked: boolean, ts: UnixMs): void;
  /** Protects again what was left bare because the venue refused: called once for each candle, so that it cannot go round in circles. */
  guard(ts: UnixMs): void;
  /** Name of the set that protects a position: a closing order that carries it shares its quantity with stop and target. */
  groupOf(agentId: AgentId, instrumentId: InstrumentId): string | undefined;
  /** Stops protecting anything. */
  forget(): void;
};

const keyOf = ({ agentId, instrumentId }: { readonly agentId: AgentId; readonly instrumentId: InstrumentId }): string =>
  `${agentId} ${instrumentId}`;

export function createProtection({ store, closable, derive, cancel }: ProtectionPorts): Protection {
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

  const protect = (bracket: Managed, ts: UnixMs): void => {
    const held = heldBy(bracket);
    const live = bracket.legs.map((id) => store.get(id)).filter((order) => order !== undefined);
    const now = {
      ...bracket,
      live: live.filter(({ status }) => isOpenStatus(status)),
      flattening: isOpen(bracket.flatten),
    };
    for (const step of bracketSteps(now, held)) {
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
    derive(bracket, { purpose: 'flatten', quantity: held }, ts, (id) => {
      bracket.flatten = id;
    });
  };

  return {
    filled(fill, entry) {
      const key = keyOf(fill);
      const known = brackets.get(key);
      // An entry that only made the opposite position smaller protects nothing; the protection of what is left stays what it was.
      const opens = entry !== undefined && isPositive(closable(fill.agentId, fill.instrumentId, entry.side));
      // A further entry moves the protection of the whole position to its own prices; the old legs are resized away first.
      if (opens)
        brackets.set(key, {
          agentId: fill.agentId,
          instrumentId: fill.instrumentId,
          entry,
          legs: (known?.legs ?? []).filter(isOpen),
          flatten: undefined,
          bare: 0,
        });
      const bracket = brackets.get(key);
      if (bracket === undefined) return;
      bracket.bare = 0;
      protect(bracket, fill.tsEvent);
    },
    ended(order, asked, ts) {
      const bracket = brackets.get(keyOf(order));
      if (bracket?.legs.includes(order.clientOrderId)) legLost(bracket, order, asked, ts);
    },
    guard(ts) {
      for (const bracket of Array.from(brackets.values())) {
        if (isZero(heldBy(bracket)) || hasStop(bracket) || compare(closing(bracket), heldBy(bracket)) >= 0) continue;
        bracket.bare += 1;
        if (bracket.bare <= MOST_BARE_CANDLES) protect(bracket, ts);
      }
    },
    groupOf(agentId, instrumentId) {
      const bracket = brackets.get(keyOf({ agentId, instrumentId }));
      return bracket === undefined || isZero(heldBy(bracket)) ? undefined : bracket.entry.clientOrderId;
    },
    forget: () => brackets.clear(),
  };
}
