import type { UnixMs } from '../domain/ids.ts';
import { createRng } from '../kernel/rng.ts';
import { readByLexicon } from './lexicon.ts';
import { groupNearDuplicates } from './near-duplicates.ts';
import {
  type Example,
  SOFTMAX_DEFAULTS,
  type SoftmaxOptions,
  type SoftmaxWeights,
  softmax,
  trainSoftmax,
} from './softmax.ts';
import { TONES, type Tone } from './types.ts';

/** A text that somebody has judged. */
export type LabelledText = {
  readonly text: string;
  readonly label: Tone;
  readonly vector: Float32Array;
  /** When it was published; only when every text has it is the split one by time. */
  readonly at?: UnixMs;
};

export type SentimentSplit = {
  /** `time`: tested on the newest texts. `groups`: on texts drawn at random, copies of one story on one side. */
  readonly kind: 'time' | 'groups';
  readonly train: readonly LabelledText[];
  readonly test: readonly LabelledText[];
  /** Newer texts that were left out, because a copy of them is among those that are trained on. */
  readonly purged: number;
};

export type SentimentReport = {
  readonly split: SentimentSplit['kind'];
  readonly trained: number;
  readonly tested: number;
  readonly purged: number;
  /** Rows are what the texts are, columns what was read; in the order of TONES. */
  readonly confusion: readonly (readonly number[])[];
  readonly accuracy: number;
  /** Mean of the shares that are right of each tone: a majority class cannot raise it. */
  readonly balanced: number;
  readonly lexicon: number;
  readonly majority: number;
  /** How many standard errors better than each, by the texts on which they differ. */
  readonly beats: { readonly lexicon: number; readonly majority: number };
};

const TEST_SHARE = 0.25;
/** One-sided 5 %. */
export const BEATS_BY = 1.645;
/** Fewer tell nothing about either. */
export const LEAST_TESTED = 50;

/** Splits so that no story is on both sides: by time where all texts have one, else by groups of copies, drawn with the seed. */
export function splitLabelled(texts: readonly LabelledText[], seed = 1): SentimentSplit {
  const group = groupNearDuplicates(
    texts.map(({ text }) => text),
    texts.map(({ vector }) => vector),
  );
  const tested = Math.floor(texts.length * TEST_SHARE);
  if (texts.every(({ at }) => at !== undefined)) {
    const order = texts.map((_, index) => index).toSorted((a, b) => (texts[a]?.at ?? 0) - (texts[b]?.at ?? 0) || a - b);
    const train = order.slice(0, order.length - tested);
    const seen = new Set(train.map((index) => group[index]));
    const newest = order.slice(order.length - tested);
    const test = newest.filter((index) => !seen.has(group[index]));
    return { kind: 'time', train: pick(texts, train), test: pick(texts, test), purged: newest.length - test.length };
  }
  const rng = createRng(seed);
  const groups = [...new Set(group)]
    .map((id) => ({ id, at: rng.next() }))
    .toSorted((a, b) => a.at - b.at || a.id - b.id);
  const sizes = new Map<number, number>();
  for (const id of group) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  const chosen = new Set<number>();
  let count = 0;
  for (const { id } of groups) {
    if (count >= tested) break;
    chosen.add(id);
    count += sizes.get(id) ?? 0;
  }
  const indices = texts.map((_, index) => index);
  return {
    kind: 'groups',
    train: pick(
      texts,
      indices.filter((index) => !chosen.has(group[index] ?? -1)),
    ),
    test: pick(
      texts,
      indices.filter((index) => chosen.has(group[index] ?? -1)),
    ),
    purged: 0,
  };
}

const pick = (texts: readonly LabelledText[], indices: readonly number[]): readonly LabelledText[] =>
  indices.flatMap((index) => texts[index] ?? []);

/** Trains on one side, tests on the other, and compares with the words and with always saying what is commonest. */
export function trainSentiment(
  split: SentimentSplit,
  options: SoftmaxOptions = SOFTMAX_DEFAULTS,
): { readonly weights: SoftmaxWeights; readonly report: SentimentReport } {
  const examples = split.train.map(({ vector, label }): Example => ({ vector, label: TONES.indexOf(label) }));
  const weights = trainSoftmax(examples, TONES.length, options);
  // The commonest of the tested texts: the best that anybody could do who always says the same.
  const commonest = TONES.toSorted((a, b) => countOf(split.test, b) - countOf(split.test, a))[0] ?? 'neutral';
  const readings = split.test.map(({ text, vector, label }) => ({
    label,
    read: readByWeights(weights, vector).tone,
    byLexicon: readByLexicon(text).tone,
  }));
  const n = readings.length;
  const confusion = TONES.map((truth) =>
    TONES.map((read) => readings.filter((reading) => reading.label === truth && reading.read === read).length),
  );
  const shares = confusion.flatMap((row, index) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return total === 0 ? [] : [(row[index] ?? 0) / total];
  });
  const right = (of: (reading: (typeof readings)[number]) => Tone): readonly boolean[] =>
    readings.map((reading) => of(reading) === reading.label);
  const own = right(({ read }) => read);
  const lexicon = right(({ byLexicon }) => byLexicon);
  const majority = right(() => commonest);
  return {
    weights,
    report: {
      split: split.kind,
      trained: split.train.length,
      tested: n,
      purged: split.purged,
      confusion,
      accuracy: share(own),
      balanced: shares.reduce((sum, value) => sum + value, 0) / Math.max(1, shares.length),
      lexicon: share(lexicon),
      majority: share(majority),
      beats: { lexicon: betterBy(own, lexicon), majority: betterBy(own, majority) },
    },
  };
}

/** Whether weights deserve to read anything: clearly better than the words and than the commonest tone, on texts enough to say so. */
export const deservesToRead = ({ tested, beats }: SentimentReport): boolean =>
  tested >= LEAST_TESTED && beats.lexicon >= BEATS_BY && beats.majority >= BEATS_BY;

/** The likeliest tone, and the balance of good and bad as a score from -1 to 1. */
export function readByWeights(
  weights: SoftmaxWeights,
  vector: Float32Array,
): { readonly tone: Tone; readonly score: number } {
  const probabilities = softmax(weights, vector);
  let best = 0;
  for (let i = 1; i < probabilities.length; i++)
    if ((probabilities[i] as number) > (probabilities[best] as number)) best = i;
  const of = (tone: Tone): number => probabilities[TONES.indexOf(tone)] ?? 0;
  return { tone: TONES[best] ?? 'neutral', score: of('positive') - of('negative') };
}

const countOf = (texts: readonly LabelledText[], tone: Tone): number =>
  texts.filter(({ label }) => label === tone).length;

const share = (right: readonly boolean[]): number => right.filter(Boolean).length / Math.max(1, right.length);

/** McNemar's statistic: only texts on which the two differ say anything. */
function betterBy(own: readonly boolean[], other: readonly boolean[]): number {
  let won = 0;
  let lost = 0;
  own.forEach((right, index) => {
    if (right && other[index] === false) won++;
    if (!right && other[index] === true) lost++;
  });
  return won + lost === 0 ? 0 : (won - lost) / Math.sqrt(won + lost);
}
