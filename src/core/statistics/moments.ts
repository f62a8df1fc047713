/** Moments of a sample, in two passes so that a large mean doesn't eat the small differences. */
export type Moments = {
  readonly n: number;
  readonly mean: number;
  /** With Bessel's correction (n - 1): the unbiased variance of what the sample was drawn from. 0 when n < 2. */
  readonly variance: number;
  readonly deviation: number;
  /** Third standardised moment of the sample (divided by n); 0 for a normal law. */
  readonly skewness: number;
  /** Fourth standardised moment, not the excess: 3 for a normal law. */
  readonly kurtosis: number;
  /** True when the sample doesn't vary by more than rounding: nothing may then be divided by its deviation. */
  readonly constant: boolean;
};

/**
 * A deviation below this share of the largest value is what rounding leaves of a constant: twelve digits, four fewer than a float
 * carries.
 */
const ROUNDING = 1e-12;

export type Sample = Float64Array | readonly number[];

/** Mean, variance, skewness and kurtosis. A constant sample has skewness 0 and kurtosis 3, which leaves formulas at the normal case. */
export function momentsOf(sample: Sample): Moments {
  const n = sample.length;
  const mean = meanOf(sample);
  let [second, third, fourth, largest] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = sample[i] as number;
    const square = (value - mean) ** 2;
    second += square;
    third += square * (value - mean);
    fourth += square * square;
    largest = Math.max(largest, Math.abs(value));
  }
  const variance = n < 2 ? 0 : second / (n - 1);
  const deviation = Math.sqrt(variance);
  const constant = !(deviation > ROUNDING * largest) || !(deviation > Number.MIN_VALUE);
  // Squares of very small returns can underflow to zero before they reach the fourth power: treated as a normal law then.
  const spread = second / n;
  const usable = !constant && spread * spread > 0;
  return {
    n,
    mean,
    variance,
    deviation,
    skewness: usable ? third / n / spread ** 1.5 : 0,
    kurtosis: usable ? fourth / n / (spread * spread) : 3,
    constant,
  };
}

/** Arithmetic mean; 0 of nothing. */
export function meanOf(sample: Sample): number {
  let total = 0;
  for (let i = 0; i < sample.length; i++) total += sample[i] as number;
  return sample.length === 0 ? 0 : total / sample.length;
}

/**
 * Value below which a share `p` of the sorted sample lies, linear between neighbours (Hyndman and Fan 1996, type 7). The sample must
 * be sorted upwards and not empty.
 */
export function quantileOf(sorted: Sample, p: number): number {
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, p));
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}
