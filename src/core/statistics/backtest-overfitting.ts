import { type Measure, measured, notEnough } from './figure.ts';

/** Fewest configurations: with fewer the rank of the winner takes too few values. */
export const ENOUGH_TRIALS = 10;
/** Fewest returns in each block. */
export const ENOUGH_IN_BLOCK = 5;

export type Overfitting = {
  /** Share of the divisions in which the best configuration of one half was in the lower half of the ranking on the other. */
  readonly probability: Measure;
  /** Share of the divisions in which it lost on the other half. */
  readonly probabilityOfLoss: Measure;
  /** Median of the logit of its rank; below zero it was worse than the median configuration. */
  readonly medianLogit: Measure;
  readonly divisions: number;
};

/**
 * Probability of back-test overfitting by combinatorially symmetric cross-validation (D. Bailey, J. Borwein, M. Lopez de Prado and
 * J. Zhu 2016). The returns of every configuration are cut into S blocks of equal length; for each choice of S/2 blocks the
 * configuration with the best Sharpe ratio there is ranked by its Sharpe ratio on the others: w = rank / (N + 1), 1 the worst, ties
 * sharing their mean rank, logit = ln(w / (1 - w)). The probability is the share of logits that are not above zero. Divisions
 * overlap, so that their number is no count of independent observations and no interval is given. Returns that don't fill the last
 * block are left out at the beginning, where they are oldest.
 */
export function backtestOverfitting(trials: readonly Float64Array[], blocks = 16): Overfitting {
  if (!(Number.isSafeInteger(blocks) && blocks >= 4 && blocks <= 20 && blocks % 2 === 0))
    throw new RangeError(`blocks must be an even number from 4 to 20: ${blocks}`);
  const length = trials[0]?.length ?? 0;
  if (trials.some((returns) => returns.length !== length))
    throw new RangeError('configurations must cover the same days');
  const lack =
    trials.length < ENOUGH_TRIALS
      ? notEnough(trials.length, ENOUGH_TRIALS, 'configurations')
      : length < blocks * ENOUGH_IN_BLOCK
        ? notEnough(length, blocks * ENOUGH_IN_BLOCK, 'daily returns')
        : undefined;
  if (lack !== undefined) return { probability: lack, probabilityOfLoss: lack, medianLogit: lack, divisions: 0 };
  const sums = trials.map((returns) => blockSums(returns, blocks));
  const logits: number[] = [];
  let losses = 0;
  for (const half of halves(blocks)) {
    const { logit, lost } = judge(sums, half, blocks);
    logits.push(logit);
    if (lost) losses++;
  }
  const n = logits.length;
  const sorted = Float64Array.from(logits).sort();
  // Even number of divisions (each half has its complement): the median lies between the two in the middle.
  const median = ((sorted[n / 2 - 1] as number) + (sorted[n / 2] as number)) / 2;
  return {
    probability: measured(logits.filter((logit) => logit <= 0).length / n, n),
    probabilityOfLoss: measured(losses / n, n),
    medianLogit: measured(median, n),
    divisions: n,
  };
}

/** Sum and sum of squares of each block: all that a Sharpe ratio of any choice of blocks needs. */
type BlockSums = { readonly size: number; readonly sum: Float64Array; readonly squares: Float64Array };

function blockSums(returns: Float64Array, blocks: number): BlockSums {
  const size = Math.floor(returns.length / blocks);
  const skipped = returns.length - size * blocks;
  const [sum, squares] = [new Float64Array(blocks), new Float64Array(blocks)];
  for (let i = 0; i < size * blocks; i++) {
    const [block, value] = [Math.floor(i / size), returns[skipped + i] as number];
    sum[block] = (sum[block] as number) + value;
    squares[block] = (squares[block] as number) + value * value;
  }
  return { size, sum, squares };
}

/** A bit per block that is in the first half, for every choice of half of the blocks. */
function* halves(blocks: number): Generator<number> {
  for (let bits = 0; bits < 1 << blocks; bits++) {
    let count = 0;
    for (let rest = bits; rest > 0; rest &= rest - 1) count++;
    if (count === blocks / 2) yield bits;
  }
}

/** Sharpe ratio over the chosen blocks; a configuration that never moved (never traded) has 0. */
function sharpeOver({ size, sum, squares }: BlockSums, bits: number, blocks: number): number {
  let [total, square, n] = [0, 0, 0];
  for (let block = 0; block < blocks; block++) {
    if (((bits >> block) & 1) === 0) continue;
    total += sum[block] as number;
    square += squares[block] as number;
    n += size;
  }
  const variance = (square - (total * total) / n) / (n - 1);
  // The one-pass variance loses digits; a remainder this small is rounding.
  return variance > 1e-14 * (square / n) ? total / n / Math.sqrt(variance) : 0;
}

function judge(
  sums: readonly BlockSums[],
  bits: number,
  blocks: number,
): { readonly logit: number; readonly lost: boolean } {
  const others = ~bits & ((1 << blocks) - 1);
  let [winner, best] = [0, Number.NEGATIVE_INFINITY];
  for (const [i, candidate] of sums.entries()) {
    const sharpe = sharpeOver(candidate, bits, blocks);
    if (sharpe > best) [winner, best] = [i, sharpe];
  }
  const outside = sums.map((candidate) => sharpeOver(candidate, others, blocks));
  const own = outside[winner] as number;
  const below = outside.filter((sharpe) => sharpe < own).length;
  const equal = outside.filter((sharpe) => sharpe === own).length;
  const share = (below + (equal + 1) / 2) / (sums.length + 1);
  return { logit: Math.log(share / (1 - share)), lost: own < 0 };
}
