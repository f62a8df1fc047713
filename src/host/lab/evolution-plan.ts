import { Fault } from '#core/kernel/fault.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { planWalkForward, type Span } from '#core/statistics/walk-forward.ts';
import type { EvolveRequest } from '#shared/contract/lab.ts';
import type { RunPeriod } from './protocol.ts';
import { periodSpan, USUAL_GAP } from './walk-forward.ts';

/** Share of the candles before the holdout on which the best is judged and nothing is chosen. */
const PROOF = 0.3;
/** Share of the windows' candles that only warms the first one up. */
const LEAD_IN = 0.1;

export type EvolutionPlan = {
  /** Where candidates are compared, one beside the other. */
  readonly windows: readonly Span[];
  /** After the windows and their gap. */
  readonly proof: Span;
  /** After the proof and its gap; nothing plays it. */
  readonly holdout: Span;
};

/**
 * A walk-forward of one step: what is learnt, breeding included, lies before a gap of purge and embargo, and the proof after it; the
 * holdout lies after another gap. The windows are the tests of a second walk-forward inside the first part, so that each is warmed up
 * by candles in which nothing is decided. Throws Fault `usage` when the candles are too few.
 */
export function evolutionPlan(columns: CandleColumns, period: RunPeriod, request: EvolveRequest): EvolutionPlan {
  const { from, to } = periodSpan(columns, period);
  const length = Math.max(0, to - from);
  const usual = Math.ceil(length * USUAL_GAP);
  const [purge, embargo] = [request.purge ?? usual, request.embargo ?? usual];
  const gap = purge + embargo;
  const holdoutLength = Math.floor(length * request.holdout);
  const open = length - holdoutLength - gap;
  const testLength = Math.max(1, Math.ceil(open * PROOF));
  const outer = planWalkForward({
    length,
    kind: 'anchored',
    trainLength: Math.max(1, open - testLength - gap),
    testLength,
    purge,
    embargo,
    holdoutLength,
  });
  const [split] = outer.splits;
  const [train] = split?.train ?? [];
  if (split === undefined || train === undefined) throw tooFew(length);
  const learnt = train.to - train.from;
  const trainLength = Math.max(1, Math.floor(learnt * LEAD_IN));
  const inner = planWalkForward({
    length: learnt,
    kind: 'anchored',
    trainLength,
    testLength: Math.max(1, Math.ceil((learnt - trainLength - gap) / request.folds)),
    purge,
    embargo,
    holdoutLength: 0,
  });
  const moved = (span: Span): Span => ({ from: span.from + from, to: span.to + from });
  return {
    windows: inner.splits.map(({ test }) => moved(test)),
    proof: moved(split.test),
    holdout: moved(outer.holdout),
  };
}

const tooFew = (length: number): Fault =>
  new Fault(
    'usage',
    `${length} candles are too few for an evolution`,
    'Use more data, or a smaller purge and embargo.',
  );
