import { Fault } from '../kernel/fault.ts';

/** Indices of candles, `from` inclusive, `to` exclusive. */
export type Span = { readonly from: number; readonly to: number };

export type Split = {
  /** What may be learnt from; one span, or two when the test lies in the middle. */
  readonly train: readonly Span[];
  readonly test: Span;
};

export type WalkForwardPlan = {
  readonly splits: readonly Split[];
  /** The newest candles, which no split touches: see holdout.ts. */
  readonly holdout: Span;
};

export type WalkForwardOptions = {
  /** Candles of the data. */
  readonly length: number;
  /**
   * `anchored`: training begins at the first candle and grows. `rolling`: it has one length and moves. `folds`: the data are cut into
   * equal tests, and training lies on both sides of each (K-fold; tells more of robustness, less of what could have been known).
   */
  readonly kind: 'anchored' | 'rolling' | 'folds';
  /** Candles of training: the least for `anchored`, exactly for `rolling`, unused for `folds`. */
  readonly trainLength: number;
  readonly testLength: number;
  /** Candles cut out between training and test because a label or a position reaches that far: at least the longest holding time. */
  readonly purge: number;
  /** More candles cut out because returns resemble their neighbours. */
  readonly embargo: number;
  /** Candles kept back for one final look. */
  readonly holdoutLength: number;
};

const refuse = (message: string, remedy: string): Fault => new Fault('usage', message, remedy);

/**
 * Splits with a gap of purge + embargo candles between every training and every test candle (M. Lopez de Prado 2018, "Advances in
 * Financial Machine Learning", 7.4), and the same gap before the holdout. Tests lie side by side without overlap and reach from the
 * first possible candle to the end of what isn't held out; a rest shorter than half a test joins the last one. Throws Fault `usage`
 * when the data are too short for one split.
 */
export function planWalkForward(options: WalkForwardOptions): WalkForwardPlan {
  const { length, kind, trainLength, testLength, purge, embargo, holdoutLength } = options;
  for (const [name, value] of Object.entries({ length, trainLength, testLength, purge, embargo, holdoutLength })) {
    if (!(Number.isSafeInteger(value) && value >= 0))
      throw refuse(`${name} must be a whole number of candles: ${value}`, 'Give a number of at least 0.');
  }
  if (testLength < 1) throw refuse('a test needs at least one candle', 'Give a testLength of at least 1.');
  if (kind !== 'folds' && trainLength < 1)
    throw refuse('training needs at least one candle', 'Give a trainLength of at least 1.');
  const gap = purge + embargo;
  const holdout: Span = { from: Math.max(0, length - holdoutLength), to: length };
  const end = holdoutLength === 0 ? length : holdout.from - gap;
  const first = kind === 'folds' ? 0 : trainLength + gap;
  const least = kind === 'folds' ? 2 * testLength + gap : first + testLength;
  if (end < least)
    throw refuse(
      `${length} candles are too few: ${least} are needed before a holdout of ${holdoutLength} and its gap of ${gap}`,
      'Use more data, or shorter training, test or holdout.',
    );
  const splits = tests(first, end, testLength).map(
    (test): Split => ({ test, train: trainingFor(test, kind, trainLength, gap, end) }),
  );
  const idle = splits.findIndex(({ train }) => train.length === 0);
  if (idle >= 0)
    throw refuse(`test ${idle + 1} leaves nothing to train on`, 'Use shorter tests, or a smaller purge and embargo.');
  return { splits, holdout };
}

function tests(first: number, end: number, testLength: number): readonly Span[] {
  const spans: { from: number; to: number }[] = [];
  for (let from = first; from < end; from += testLength) spans.push({ from, to: Math.min(end, from + testLength) });
  const last = spans.at(-1);
  const before = spans.at(-2);
  if (last !== undefined && before !== undefined && last.to - last.from < testLength / 2) {
    spans.pop();
    before.to = last.to;
  }
  return spans;
}

function trainingFor(
  test: Span,
  kind: WalkForwardOptions['kind'],
  trainLength: number,
  gap: number,
  end: number,
): readonly Span[] {
  const before: Span = { from: kind === 'rolling' ? test.from - gap - trainLength : 0, to: test.from - gap };
  const after: Span = { from: test.to + gap, to: end };
  return (kind === 'folds' ? [before, after] : [before]).filter(({ from, to }) => to > from);
}
