import type { ClosedCandle } from '../domain/candle.ts';
import { compare, type Decimal, decimal, formatDecimal, multiply, parseDecimal } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { Fault } from '../kernel/fault.ts';
import { createGrid, type Grid } from '../matching/grid.ts';
import type { GridCandle, MatchRules, NewOrder } from '../matching/types.ts';
import type { ApprovedOrder } from '../risk/types.ts';
import type { InstrumentLimits } from './versioned-limits.ts';

/* Decimals of the engine on one side, whole ticks and lots of the matching core on the other. */

const TEN_THOUSAND = parseDecimal('10000');

/** The largest step of which both are whole multiples. */
function commonStep(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  let [x, y] = [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale)];
  while (y !== 0n) [x, y] = [y, x % y];
  return decimal(x, scale);
}

/** Fine enough for every version of an instrument's rules. */
export const gridOf = (instrument: Instrument, history: readonly InstrumentLimits[]): Grid =>
  createGrid(
    history.reduce((step, { tickSize }) => commonStep(step, tickSize), instrument.tickSize),
    history.reduce((step, { lotSize }) => commonStep(step, lotSize), instrument.lotSize),
  );

/** Half a spread in basis points as a fraction of whole numbers. Throws Fault('usage') when it would take the whole price. */
export function halfSpreadOf(bps: Decimal): MatchRules['halfSpread'] {
  if (bps.units < 0n || compare(bps, TEN_THOUSAND) >= 0)
    throw new Fault(
      'usage',
      `half spread of ${formatDecimal(bps)} bps is not from 0 to below 10000`,
      'Correct the costs.',
    );
  const numerator = Number(bps.units);
  const denominator = Number(multiply(TEN_THOUSAND, decimal(10n ** BigInt(bps.scale))).units);
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator))
    throw new Fault(
      'usage',
      `half spread of ${formatDecimal(bps)} bps has too many digits`,
      'Give it with fewer decimals.',
    );
  return { numerator, denominator };
}

/** The order in ticks and lots. Throws Fault('bad_data') when a number does not fit the grid. */
export function newOrderOf(id: number, order: ApprovedOrder, group: number, grid: Grid): NewOrder {
  const { type, price, limitPrice, trail, timeInForce, postOnly } = order;
  const ticks = (value: Decimal | undefined, what: string) =>
    value === undefined ? undefined : grid.ticksOf(value, what);
  const isTrigger = type === 'stop' || type === 'stop_limit' || type === 'trailing_stop';
  const limit = ticks(isTrigger ? limitPrice : price, 'the limit');
  const trigger = ticks(isTrigger ? price : undefined, 'the trigger');
  const distance = ticks(trail, 'the distance');
  return {
    id,
    side: order.side === 'buy' ? 1 : -1,
    kind: type,
    lots: grid.lotsOf(order.quantity, 'the quantity'),
    group,
    ...(limit === undefined ? {} : { limit }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(distance === undefined ? {} : { trail: distance }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(postOnly === undefined ? {} : { postOnly }),
  };
}

/** A candle of floats rounded both ways; no price is below one tick. */
export function gridCandleOf(candle: ClosedCandle, grid: Grid, volumeCounts: boolean): GridCandle {
  const up = (price: number): number => Math.max(1, grid.ticksUp(price));
  const down = (price: number): number => Math.max(1, grid.ticksDown(price));
  return {
    openUp: up(candle.open),
    openDown: down(candle.open),
    highUp: up(candle.high),
    highDown: down(candle.high),
    lowUp: up(candle.low),
    lowDown: down(candle.low),
    closeUp: up(candle.close),
    closeDown: down(candle.close),
    lots: volumeCounts ? grid.lotsIn(candle.volume) : Number.POSITIVE_INFINITY,
    left: 0,
    depth: undefined,
  };
}
