/**
 * A figure that says how much it rests on. Statistics are floats: they describe money and never become money again. No figure is ever
 * NaN or infinite: where a number would be one, the figure says in words why there is none.
 */
export type NotEnough = {
  readonly notEnough: {
    /** Observations at hand. */
    readonly have: number;
    /** The fewest that this figure is worth something with. */
    readonly need: number;
    /** What is counted, in the plural: `daily returns`, `losing trades`. */
    readonly of: string;
  };
};

/** The data are many enough, and yet the figure has no value: no loss to divide by, returns that never vary. */
export type Undefinable = { readonly undefinable: string };

/** Two-sided interval. `method` names how it was made, so that a reader can judge what it leaves out. */
export type Interval95 = {
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly method: string;
};

/** A fact of this run (its deepest drawdown): true of the past whatever comes, so it has a count and no interval. */
export type Measure = { readonly value: number; readonly n: number } | NotEnough | Undefinable;

/** An inference from this run to others like it. It can't be built without its count and its interval. */
export type Estimate =
  | { readonly value: number; readonly n: number; readonly interval: Interval95 }
  | NotEnough
  | Undefinable;

export type Figure = Measure | Estimate;

export const notEnough = (have: number, need: number, of: string): NotEnough => ({ notEnough: { have, need, of } });
export const undefinable = (reason: string): Undefinable => ({ undefinable: reason });

/** True when the figure has a value. */
export const isKnown = <F extends Figure>(figure: F): figure is Extract<F, { readonly value: number }> =>
  'value' in figure;

const TOO_LARGE = 'the number is too large to be written';

/** A fact with its count; what overflowed becomes words. */
export const measured = (value: number, n: number): Measure =>
  Number.isFinite(value) ? { value: plain(value), n } : undefinable(TOO_LARGE);

/** An estimate with its 95 % interval; what overflowed becomes words. */
export function estimated(value: number, n: number, low: number, high: number, method: string): Estimate {
  if (![value, low, high].every(Number.isFinite)) return undefinable(TOO_LARGE);
  return { value: plain(value), n, interval: { low: plain(low), high: plain(high), confidence: 0.95, method } };
}

/** The reason for the lack of a value as one short text: `not enough data (12 of 30 daily returns)`. */
export function lackText(figure: NotEnough | Undefinable): string {
  if ('undefinable' in figure) return `not defined: ${figure.undefinable}`;
  const { have, need, of } = figure.notEnough;
  return `not enough data (${have} of ${need} ${of})`;
}

/** Minus zero is a zero that prints oddly. */
const plain = (value: number): number => (value === 0 ? 0 : value);
