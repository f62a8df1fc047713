import { createRng } from '../kernel/rng.ts';

/** Weights of a softmax regression: for each class one weight for each dimension and a bias at the end. */
export type SoftmaxWeights = { readonly dimensions: number; readonly classes: number; readonly values: Float64Array };

export type SoftmaxOptions = {
  readonly seed: number;
  /** Weight of the squared weights in the loss; biases are free. */
  readonly l2: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly batch: number;
};

/** Chosen once on a part of the training data; the same for every set, so that nothing is tuned on what is tested. */
export const SOFTMAX_DEFAULTS: SoftmaxOptions = { seed: 1, l2: 1e-4, epochs: 40, learningRate: 0.5, batch: 64 };

export type Example = { readonly vector: Float32Array; readonly label: number };

/**
 * Fits by stochastic gradient descent with momentum and a rate that falls to nothing. Seeded and single-threaded: the same examples in the
 * same order give the same bits. Throws RangeError for no examples, or vectors of different length.
 */
export function trainSoftmax(
  examples: readonly Example[],
  classes: number,
  options: SoftmaxOptions = SOFTMAX_DEFAULTS,
): SoftmaxWeights {
  const dimensions = examples[0]?.vector.length ?? 0;
  if (dimensions === 0) throw new RangeError('nothing to train on');
  if (examples.some(({ vector }) => vector.length !== dimensions)) throw new RangeError('vectors of different length');
  const width = dimensions + 1;
  const values = new Float64Array(classes * width);
  const speed = new Float64Array(values.length);
  const gradient = new Float64Array(values.length);
  const order = examples.map((_, index) => index);
  const rng = createRng(options.seed);
  const steps = Math.ceil(examples.length / options.batch) * options.epochs;
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, () => rng.next());
    for (let from = 0; from < order.length; from += options.batch) {
      const batch = order.slice(from, from + options.batch);
      gradient.fill(0);
      for (const index of batch) addGradient(gradient, values, examples[index] as Example, dimensions, classes);
      const rate = options.learningRate * (1 - step++ / steps);
      for (let i = 0; i < values.length; i++) {
        const shrink = (i + 1) % width === 0 ? 0 : options.l2 * (values[i] as number);
        speed[i] = MOMENTUM * (speed[i] as number) - rate * ((gradient[i] as number) / batch.length + shrink);
        values[i] = (values[i] as number) + (speed[i] as number);
      }
    }
  }
  return { dimensions, classes, values };
}

const MOMENTUM = 0.9;

function addGradient(
  gradient: Float64Array,
  values: Float64Array,
  { vector, label }: Example,
  dimensions: number,
  classes: number,
): void {
  const probabilities = softmax({ dimensions, classes, values }, vector);
  const width = dimensions + 1;
  for (let k = 0; k < classes; k++) {
    const error = (probabilities[k] as number) - (k === label ? 1 : 0);
    const base = k * width;
    for (let d = 0; d < dimensions; d++)
      gradient[base + d] = (gradient[base + d] as number) + error * (vector[d] as number);
    gradient[base + dimensions] = (gradient[base + dimensions] as number) + error;
  }
}

/** Probability of each class. */
export function softmax({ dimensions, classes, values }: SoftmaxWeights, vector: Float32Array): Float64Array {
  if (vector.length !== dimensions) throw new RangeError(`a vector of ${vector.length} for weights of ${dimensions}`);
  const width = dimensions + 1;
  const scores = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    let score = values[k * width + dimensions] as number;
    for (let d = 0; d < dimensions; d++) score += (values[k * width + d] as number) * (vector[d] as number);
    scores[k] = score;
  }
  const highest = Math.max(...scores);
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    scores[k] = Math.exp((scores[k] as number) - highest);
    sum += scores[k] as number;
  }
  return scores.map((score) => score / sum);
}

/** Fisher and Yates. */
function shuffle(list: number[], next: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [list[i], list[j]] = [list[j] as number, list[i] as number];
  }
}
