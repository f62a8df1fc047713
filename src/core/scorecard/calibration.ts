import { wilsonInterval } from '../statistics/wilson.ts';
import { likeliest, probabilityOf } from './forecast.ts';
import type { Forecast, Label } from './types.ts';

/** Calls whose named label had a probability in [from, to): how sure they were, and how often they were right. */
export type CalibrationBin = {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly meanProbability: number;
  readonly right: number;
  /** Wilson interval of the share that was right. */
  readonly low: number;
  readonly high: number;
};

const BINS = 10;

/** The reliability curve of the likeliest label, in tenths; empty bins are left out. */
export function calibrationOf(
  calls: readonly { readonly forecast: Forecast; readonly happened: Label }[],
  labels: readonly Label[],
): readonly CalibrationBin[] {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, sum: 0, right: 0 }));
  for (const { forecast, happened } of calls) {
    const named = likeliest(forecast, labels);
    const probability = probabilityOf(forecast, named);
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (bin === undefined) continue;
    bin.n += 1;
    bin.sum += probability;
    if (named === happened) bin.right += 1;
  }
  return bins.flatMap(({ n, sum, right }, i) =>
    n === 0
      ? []
      : [
          {
            from: i / BINS,
            to: (i + 1) / BINS,
            n,
            meanProbability: sum / n,
            right: right / n,
            ...wilsonInterval(right, n),
          },
        ],
  );
}
