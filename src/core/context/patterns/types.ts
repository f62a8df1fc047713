export type PatternDirection = 'bullish' | 'bearish' | 'neutral';
export type PatternKind = 'candle' | 'chart';

/** A turning point: a high no candle beside it exceeds, or a low. Known only once the candles after it have closed. */
export type Swing = { readonly kind: 'high' | 'low'; readonly index: number; readonly price: number };

/**
 * What a pattern may look at: candles up to and including `at`, never one after it. Prices may be negative (the mirrored view turns
 * the chart upside down by changing their sign), so a shape compares differences with `unit` and never divides by a price.
 */
export type PatternView = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Index of the candle that has just closed. */
  readonly at: number;
  /** Mean true range of 14 candles, the three newest left out so that a pattern is not measured by itself. Above zero. */
  readonly unit: number;
  /** Highs and lows in turn, oldest first, among the candles that a chart pattern looks at. */
  swings(): readonly Swing[];
};

/** Whether the pattern is complete at the newest candle of the view. */
export type Shape = (view: PatternView) => boolean;

export type Pattern = {
  readonly name: string;
  readonly label: string;
  readonly kind: PatternKind;
  readonly direction: PatternDirection;
  /** Closed candles that the answer depends on, exactly; with fewer the pattern is not looked for. */
  readonly candles: number;
  /** One plain sentence. */
  readonly what: string;
  readonly source: string;
  /** The shape is written for one side. A mirrored pattern is the same shape on the chart turned upside down. */
  readonly mirrored: boolean;
  readonly shape: Shape;
};
