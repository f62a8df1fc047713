import type { Regime } from '../analyst/types.ts';
import { efficiencyRatio } from '../context/indicators/efficiency-ratio.ts';
import type { ClosedCandle } from '../domain/candle.ts';
import type { CallBasis, Direction, Outcome } from './types.ts';

/** A move of less than one and a half typical candle ranges is flat: of 24 candles of a random walk about a third are. */
export const FLAT_WITHIN_ATR = 1.5;
/** Candles before the call that the horizon is compared with. */
export const BEFORE_CANDLES = 168;
const RANGE_CANDLES = 50;
/** Net distance as a share of the way walked. A random walk of 24 candles has about 0.2. */
const TREND_EFFICIENCY = 0.35;
const CALM_EFFICIENCY = 0.25;
const VOLATILE_TIMES = 2;
const ILLIQUID_SHARE = 0.5;

/**
 * What the market did between a call and its due moment. `before` are at least 168 closed candles up to the call, `after` those of the
 * horizon. Written as definitions, not as an analyst: nothing here is what any analyst looks at.
 *
 * Direction: the change over the horizon against 1.5 ATRs of the call. Regime, the first that holds: illiquid (half of the candles
 * without volume or movement), volatile (candle returns spread twice as much as before), breakout (calm before, and it closes an ATR beyond
 * the range of 50 candles), trending (net distance at least 0.35 of the way, and not flat), else ranging.
 */
export function outcomeOf(
  basis: Pick<CallBasis, 'close' | 'atr'>,
  before: readonly ClosedCandle[],
  after: readonly ClosedCandle[],
): Outcome {
  const last = after.at(-1);
  if (last === undefined || before.length < BEFORE_CANDLES)
    throw new RangeError(`an outcome needs ${BEFORE_CANDLES} candles before and one after the call`);
  const atr = basis.atr * basis.close;
  const moved = (last.close - basis.close) / atr;
  const direction: Direction = Math.abs(moved) < FLAT_WITHIN_ATR ? 'flat' : moved > 0 ? 'up' : 'down';
  return { direction, regime: regimeOf(basis.close, atr, direction, before, after), close: last.close };
}

function regimeOf(
  close: number,
  atr: number,
  direction: Direction,
  before: readonly ClosedCandle[],
  after: readonly ClosedCandle[],
): Regime {
  const still = after.filter((candle) => candle.volume === 0 || candle.high === candle.low).length;
  if (still >= ILLIQUID_SHARE * after.length) return 'illiquid';
  const closesAfter = [close, ...after.map((candle) => candle.close)];
  const closesBefore = before.slice(-BEFORE_CANDLES).map((candle) => candle.close);
  if (spreadOf(closesAfter) >= VOLATILE_TIMES * spreadOf(closesBefore)) return 'volatile';
  const end = closesAfter.at(-1) as number;
  const range = before.slice(-RANGE_CANDLES);
  const beyond = Math.max(
    end - Math.max(...range.map(({ high }) => high)),
    Math.min(...range.map(({ low }) => low)) - end,
  );
  const calm = efficiencyOf(closesBefore.slice(-after.length - 1)) < CALM_EFFICIENCY;
  if (calm && beyond >= atr) return 'breakout';
  if (direction !== 'flat' && efficiencyOf(closesAfter) >= TREND_EFFICIENCY)
    return direction === 'up' ? 'trending_up' : 'trending_down';
  return 'ranging';
}

/** Root mean square of the log returns between neighbours. */
function spreadOf(closes: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < closes.length; i++) sum += Math.log((closes[i] as number) / (closes[i - 1] as number)) ** 2;
  return Math.sqrt(sum / Math.max(1, closes.length - 1));
}

const efficiencyOf = (closes: readonly number[]): number => {
  if (closes.length < 2) return 0;
  const ratio = efficiencyRatio(Float64Array.from(closes), closes.length - 1).at(-1) ?? 0;
  return Number.isNaN(ratio) ? 0 : ratio;
};
