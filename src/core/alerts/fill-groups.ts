import { add, type Decimal, formatDecimal, isZero, multiply, negate, parseDecimal, ZERO } from '../domain/decimal.ts';
import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { OrderFilledPayload } from '../execution/types.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { FillFacts } from './facts.ts';
import { type SymbolParts, symbolParts } from './symbol-parts.ts';

/** Fills of one agent that come within this time are one alert. */
export const GROUP_MS = 10_000;

export type FillKind = 'order_filled' | 'stop_hit' | 'target_hit';
export type FillGroup<Place> = { readonly kind: FillKind; readonly facts: FillFacts; readonly place: Place };

/** What an agent holds of one instrument and what it has paid for it, fees included; from flat to flat. */
type Tape = { held: Decimal; cash: Decimal; exact: boolean };
type Open<Place> = {
  fills: number;
  quantity: Decimal;
  kind: FillKind;
  last: OrderFilledPayload;
  net: string | null;
  /** The first of them, by its record. */
  readonly firstSeq: number;
  readonly names: SymbolParts & Pick<FillFacts, 'priceDecimals'>;
  readonly place: Place;
  readonly cancel: Cancel;
};

const RANK: Readonly<Record<FillKind, number>> = { order_filled: 0, target_hit: 1, stop_hit: 2 };
const kindOf = ({ purpose }: OrderFilledPayload): FillKind =>
  purpose === 'stop' ? 'stop_hit' : purpose === 'target' ? 'target_hit' : 'order_filled';

export type FillGroups<Place> = {
  /** Takes a fill into the books without telling of it: somebody has been told. */
  note(owner: string, fill: OrderFilledPayload): void;
  add(owner: string, seq: number, fill: OrderFilledPayload, place: Place): void;
  /** The oldest record of a fill that nobody has been told of yet. */
  waitingSince(): number | undefined;
  /** Tells what waits, at once. */
  flush(): void;
};

/** Gathers the fills of each owner for a while and tells them as one, with the result once nothing is held any more. */
export function createFillGroups<Place>(
  clock: Clock,
  decimalsOf: (instrumentId: string) => number | null,
  onGroup: (group: FillGroup<Place>) => void,
): FillGroups<Place> {
  const tapes = new Map<string, Tape>();
  const open = new Map<string, Open<Place>>();

  /** Books a fill; answers the result of the whole position when it is the last of it. */
  const book = (owner: string, fill: OrderFilledPayload): string | null => {
    const key = `${owner}|${fill.instrumentId}`;
    const tape = tapes.get(key) ?? { held: ZERO, cash: ZERO, exact: true };
    const { quote } = symbolParts(fill.instrumentId);
    const quantity = parseDecimal(fill.quantity);
    const value = multiply(quantity, parseDecimal(fill.price));
    const signed = fill.side === 'buy' ? quantity : negate(quantity);
    tape.held = add(tape.held, signed);
    tape.cash = add(tape.cash, fill.side === 'buy' ? negate(value) : value);
    if (fill.feeAsset === quote) tape.cash = add(tape.cash, negate(parseDecimal(fill.fee)));
    else if (!isZero(parseDecimal(fill.fee))) tape.exact = false;
    if (!isZero(tape.held)) {
      tapes.set(key, tape);
      return null;
    }
    tapes.delete(key);
    return tape.exact ? formatDecimal(tape.cash) : null;
  };

  const tell = (key: string): void => {
    const group = open.get(key);
    if (group === undefined) return;
    open.delete(key);
    group.cancel();
    const { last, names, fills, quantity, kind, net, place } = group;
    onGroup({
      kind,
      place,
      facts: {
        agent: last.agentId,
        ...names,
        fills,
        side: last.side,
        quantity: formatDecimal(quantity),
        price: last.price,
        net,
      },
    });
  };

  return {
    note: (owner, fill) => void book(owner, fill),
    add(owner, seq, fill, place) {
      const net = book(owner, fill);
      const kind = kindOf(fill);
      const key = `${owner}|${fill.instrumentId}|${fill.side}`;
      const before = open.get(key);
      const due: UnixMs = unixMs(clock.now() + GROUP_MS);
      open.set(key, {
        fills: (before?.fills ?? 0) + 1,
        quantity: add(before?.quantity ?? ZERO, parseDecimal(fill.quantity)),
        kind: before === undefined || RANK[kind] > RANK[before.kind] ? kind : before.kind,
        last: fill,
        net,
        firstSeq: before?.firstSeq ?? seq,
        names: { ...symbolParts(fill.instrumentId), priceDecimals: decimalsOf(fill.instrumentId) },
        place,
        cancel: before?.cancel ?? clock.setTimer(due, () => tell(key)),
      });
    },
    waitingSince: () => (open.size === 0 ? undefined : Math.min(...[...open.values()].map(({ firstSeq }) => firstSeq))),
    flush() {
      for (const key of open.keys()) tell(key);
    },
  };
}
