import { add, compare, type Decimal, decimal, divide, max, min, multiply, subtract, ZERO } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Price, price as priceOf, quantity } from '../domain/money.ts';
import { type SizingDenied, type SizingInput, sizeEntry } from './sizing.ts';
import type { ProposedOrder } from './types.ts';

export type TrancheInput = {
  /** The whole position, sized as if nothing were held. */
  readonly whole: ProposedOrder;
  /** What limits, cash and drawdown leave now that a part is held. */
  readonly room: ProposedOrder;
  /** Equal parts that make up the position. */
  readonly tranches: number;
  /** Where the stop of what is held rests; undefined for the first part. */
  readonly restingStop: Price | undefined;
  readonly instrument: Instrument;
};

/**
 * One equal part of a position that is bought step by step. It is no more than its share of what one trade may be, and no more than what
 * is left now. Its stop is never below the one that rests, so that a further part can only raise the stop of the position: all parts
 * together then never lose more than one trade may. It has no target: a resting sale of ours could trade with the next part, and the
 * plan leaves by its own rules.
 */
export function trancheOf(input: TrancheInput): ProposedOrder | SizingDenied {
  const { whole, room, tranches, restingStop, instrument } = input;
  const { lotSize, minQuantity } = instrument;
  const { target: _target, stop, ...order } = room;
  if (stop === undefined) return { kind: 'denied', reason: 'a part of a position needs a protective stop' };
  const share = multiply(divide(whole.quantity, multiply(decimal(BigInt(tranches), 0), lotSize), 0, 'floor'), lotSize);
  const size = quantity(min(share, room.quantity));
  if (compare(size, max(minQuantity, lotSize)) < 0)
    return { kind: 'denied', reason: `one of ${tranches} equal parts is less than the venue takes` };
  return { ...order, quantity: size, stop: restingStop === undefined ? stop : priceOf(max(stop, restingStop)) };
}

export type TrancheSizing = Pick<TrancheInput, 'tranches' | 'restingStop'> & {
  /** An entry as if nothing were held, but for `symbolExposure`, which counts everybody and so what is held as well. */
  readonly wanted: SizingInput;
  /** What is held of the position: its notional, and what it loses when its stop is hit. */
  readonly own: { readonly notional: Decimal; readonly loss: Decimal };
};

/** Sizes one part on top of what is held of the position already. */
export function sizeTranche({ wanted, tranches, own, restingStop }: TrancheSizing): ProposedOrder | SizingDenied {
  const { grossExposure: others = ZERO, openRisk = others, agentExposure = others, symbolExposure = others } = wanted;
  const whole = sizeEntry({ ...wanted, symbolExposure: max(ZERO, subtract(symbolExposure, own.notional)) });
  if ('kind' in whole) return whole;
  const room = sizeEntry({
    ...wanted,
    grossExposure: add(others, own.notional),
    agentExposure: add(agentExposure, own.notional),
    openRisk: add(openRisk, own.loss),
  });
  if ('kind' in room) return room;
  return trancheOf({ whole, room, tranches, restingStop, instrument: wanted.instrument });
}
