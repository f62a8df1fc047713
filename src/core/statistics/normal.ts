const SQRT_2_PI = Math.sqrt(2 * Math.PI);

/** Beyond this the continued fraction of the tail converges fast; before it the series keeps every digit. */
const TAIL_FROM = 4;
/** Enough for full precision from 4 on; each term shrinks the error by about x^2 / (4 k). */
const FRACTION_TERMS = 120;

/** Density of the standard normal law. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / SQRT_2_PI;

/**
 * Standard normal distribution function. Centre: the series 1/2 + density(x) (x + x^3/3 + x^5/(3*5) + ...) of G. Marsaglia
 * ("Evaluating the normal distribution", 2004), whose terms all have one sign. Tails: Laplace's continued fraction
 * density(x) / (x + 1/(x + 2/(x + ...))) (Abramowitz and Stegun 26.2.14). Absolute error below 1e-15; relative error in the lower
 * tail below 1e-11 down to x = -37, beneath which a float ends.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('not a number');
  if (x < -TAIL_FROM) return upperTail(-x);
  if (x > TAIL_FROM) return 1 - upperTail(x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

function upperTail(x: number): number {
  if (x > 40) return 0;
  let fraction = x;
  for (let k = FRACTION_TERMS; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

/**
 * The x below which a share `p` lies, 0 < p < 1. Begins with the rational guess of Abramowitz and Stegun 26.2.23 (error 4.5e-4) and
 * polishes it with Halley's method on the function above: absolute error below 1e-12 for 1e-300 < p < 1 - 1e-12. Throws RangeError
 * outside of (0, 1), where the answer would be infinite.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability strictly between 0 and 1 is needed: ${p}`);
  if (p === 0.5) return 0;
  // Near 1 the complement is exact (Sterbenz), and the lower tail keeps its digits.
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 4; step++) {
    const newton = (normalCdf(x) - p) / normalDensity(x);
    x -= newton / (1 + 0.5 * x * newton);
  }
  return x;
}

/** 97.5 % point: half width of a two-sided 95 % interval in standard errors. */
export const Z_95 = 1.959963984540054;

/**
 * 97.5 % point of Student's law with `freedom` degrees: the expansion of Cornish and Fisher around the normal point (Abramowitz and
 * Stegun 26.7.5). Error below 1e-4 from 8 degrees on, below which nothing here asks for it. Throws RangeError below 8.
 */
export function studentPoint95(freedom: number): number {
  if (!(freedom >= 8)) throw new RangeError(`too few degrees of freedom for the expansion: ${freedom}`);
  const z = Z_95;
  const square = z * z;
  const first = (z * (square + 1)) / 4;
  const second = (z * (3 + square * (16 + 5 * square))) / 96;
  const third = (z * (-15 + square * (17 + square * (19 + 3 * square)))) / 384;
  const fourth = (z * (-945 + square * (-1920 + square * (1482 + square * (776 + 79 * square))))) / 92_160;
  return z + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom;
}
