import type { EquityRecord } from './types.ts';

/** A fall from a peak of the equity until the peak is reached again. */
export type Drawdown = {
  /** Share of the peak that was lost at the deepest point, 0..1 and more when the equity went below zero. */
  readonly depth: number;
  /** When the peak was marked, UTC ms. */
  readonly peakTime: number;
  readonly troughTime: number;
  /** When the equity was at the peak again; left out while it is still below. */
  readonly recoveryTime?: number;
  /** From the peak to the recovery, or to the end of the record while there is none, in ms. */
  readonly durationMs: number;
};

export type DrawdownCurve = {
  /** Share below the highest equity so far, at each mark; 0 at a new high. */
  readonly depth: Float64Array;
  /** Every drawdown, in the order of time. */
  readonly drawdowns: readonly Drawdown[];
  readonly deepest: Drawdown | undefined;
  readonly longest: Drawdown | undefined;
  /** Share of the record's time spent below a peak. */
  readonly timeUnderWater: number;
};

/**
 * Drawdowns of the equity marked at every close: `1 - equity / highest equity so far`. Marks and not closed trades, because a position
 * that is under water is a loss whether or not it was sold. The start counts as the first peak.
 */
export function drawdownsOf(record: EquityRecord): DrawdownCurve {
  const { startEquity, startTime, times, equity } = record;
  const depth = new Float64Array(equity.length);
  const drawdowns: Drawdown[] = [];
  let [peak, peakTime] = [startEquity, startTime];
  let [deepest, troughTime] = [0, startTime];
  for (let i = 0; i < equity.length; i++) {
    const [mark, at] = [equity[i] as number, times[i] as number];
    if (mark >= peak) {
      if (deepest > 0)
        drawdowns.push({ depth: deepest, peakTime, troughTime, recoveryTime: at, durationMs: at - peakTime });
      [peak, peakTime, deepest] = [mark, at, 0];
      continue;
    }
    const below = 1 - mark / peak;
    depth[i] = below;
    if (below > deepest) [deepest, troughTime] = [below, at];
  }
  const end = times.length === 0 ? startTime : (times[times.length - 1] as number);
  if (deepest > 0) drawdowns.push({ depth: deepest, peakTime, troughTime, durationMs: end - peakTime });
  const under = drawdowns.reduce((total, { durationMs }) => total + durationMs, 0);
  return {
    depth,
    drawdowns,
    deepest: largest(drawdowns, ({ depth }) => depth),
    longest: largest(drawdowns, ({ durationMs }) => durationMs),
    timeUnderWater: end > startTime ? under / (end - startTime) : 0,
  };
}

/** The depth of the deepest drawdown alone, to the last bit that of `drawdownsOf`: for curves of which a search makes thousands. */
export function deepestDrawdown({ startEquity, equity }: Pick<EquityRecord, 'startEquity' | 'equity'>): number {
  let peak = startEquity;
  let trough = startEquity;
  let deepest = 0;
  for (let i = 0; i < equity.length; i++) {
    const mark = equity[i] as number;
    if (mark < trough) trough = mark;
    else if (mark >= peak) {
      // The quotient falls with the mark, rounding included, so the lowest mark below a peak stands for all of them.
      if (trough < peak) deepest = Math.max(deepest, 1 - trough / peak);
      peak = mark;
      trough = mark;
    }
  }
  return trough < peak ? Math.max(deepest, 1 - trough / peak) : deepest;
}

function largest(drawdowns: readonly Drawdown[], by: (drawdown: Drawdown) => number): Drawdown | undefined {
  let found: Drawdown | undefined;
  for (const drawdown of drawdowns) if (found === undefined || by(drawdown) > by(found)) found = drawdown;
  return found;
}
