import type { CandleGap } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { gapsOfTimes } from './candle-columns.ts';
import type { CandleColumns } from './types.ts';

/** Neighbouring candles in which nothing was traded. */
export type ZeroVolumeRun = { readonly from: UnixMs; readonly to: UnixMs; readonly candles: number };

/** A candle whose true range is far beyond what the candles before it let expect: a flash crash, or a wrong price. */
export type Jump = {
  readonly openTime: UnixMs;
  /** True range in average true ranges of the candles before it. */
  readonly ranges: number;
  /** Change of the close against the close before it, as a fraction. */
  readonly change: number;
  /** The candle follows a hole, so that a jump is no surprise. */
  readonly afterGap: boolean;
};

export type CandleCheck = {
  readonly candles: number;
  readonly gaps: readonly CandleGap[];
  readonly zeroVolume: readonly ZeroVolumeRun[];
  readonly jumps: readonly Jump[];
  /** Open times that are no whole interval since 1970. */
  readonly misaligned: number;
  /** Open times that stand twice or go back; a store cannot hold any, a struct of arrays could. */
  readonly disordered: number;
  /** Candles whose high or low does not enclose open and close, or with a price that is not above zero. */
  readonly inconsistent: number;
};

/** Candles of Wilder's average true range (1978); shorter ones call every busy hour a jump. */
const RANGE_PERIOD = 14;

/** Looks for what deserves a second look; nothing is changed and nothing is refused. `jumpRanges`: from how many ranges on a candle is a jump. */
export function checkCandles(columns: CandleColumns, jumpRanges: number): CandleCheck {
  const { length, openTime, open, high, low, close, interval } = columns;
  const step = INTERVAL_MS[interval];
  let [misaligned, disordered, inconsistent] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const time = openTime[i] as number;
    if (Math.floor(time / step) * step !== time) misaligned += 1;
    if (i > 0 && time <= (openTime[i - 1] as number)) disordered += 1;
    const top = high[i] as number;
    const bottom = low[i] as number;
    const [first, last] = [open[i] as number, close[i] as number];
    if (!(bottom > 0 && top >= first && top >= last && bottom <= first && bottom <= last)) inconsistent += 1;
  }
  return {
    candles: length,
    gaps: gapsOfTimes(openTime, interval).filter(({ missing }) => missing > 0),
    zeroVolume: zeroVolumeRuns(columns),
    jumps: findJumps(columns, jumpRanges),
    misaligned,
    disordered,
    inconsistent,
  };
}

function zeroVolumeRuns({ length, openTime, volume }: CandleColumns): readonly ZeroVolumeRun[] {
  const runs: ZeroVolumeRun[] = [];
  let begin = -1;
  for (let i = 0; i <= length; i++) {
    if (i < length && volume[i] === 0) {
      if (begin < 0) begin = i;
    } else if (begin >= 0) {
      const [from, to] = [openTime[begin] as UnixMs, openTime[i - 1] as UnixMs];
      runs.push({ from, to, candles: i - begin });
      begin = -1;
    }
  }
  return runs;
}

/** A candle is measured against the average of the candles before it, so that it does not hide itself. */
function findJumps(
  { length, openTime, high, low, close, interval }: CandleColumns,
  jumpRanges: number,
): readonly Jump[] {
  const step = INTERVAL_MS[interval];
  const jumps: Jump[] = [];
  let average = 0;
  for (let i = 1; i < length; i++) {
    const previous = close[i - 1] as number;
    const range = Math.max(high[i] as number, previous) - Math.min(low[i] as number, previous);
    if (i > RANGE_PERIOD && average > 0 && range > jumpRanges * average) {
      const time = openTime[i] as UnixMs;
      jumps.push({
        openTime: time,
        ranges: range / average,
        change: (close[i] as number) / previous - 1,
        afterGap: time - (openTime[i - 1] as number) !== step,
      });
    }
    if (i <= RANGE_PERIOD) average += range;
    else average = (average * (RANGE_PERIOD - 1) + range) / RANGE_PERIOD;
    if (i === RANGE_PERIOD) average /= RANGE_PERIOD;
  }
  return jumps;
}
