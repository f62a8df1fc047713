import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { groupNearDuplicates } from '#core/news/near-duplicates.ts';
import { softmax, trainSoftmax } from '#core/news/softmax.ts';
import {
  deservesToRead,
  type LabelledText,
  readByWeights,
  splitLabelled,
  trainSentiment,
} from '#core/news/train-sentiment.ts';
import { TONES, type Tone } from '#core/news/types.ts';

const WORDS =
  'amber birch cedar delta ember fjord grove heath islet junco karst larch maple nadir ocean prism quartz ridge slate tundra'.split(
    ' ',
  );

/** Texts that no word of the lexicon is in, with vectors that lie near their tone as far as `noise` lets them. */
function texts(n: number, noise: number, change: Partial<LabelledText> = {}, seed = 5): readonly LabelledText[] {
  const rng = createRng(seed);
  return Array.from({ length: n }, (_, i) => {
    const tone = i % 3;
    const raw = Array.from({ length: 64 }, (_value, d) => (d === tone ? 1 : 0) + noise * rng.normal());
    const length = Math.hypot(...raw);
    const text = Array.from({ length: 8 }, () => WORDS[rng.integer(WORDS.length)]).join(' ');
    return {
      text: `${text} ${i}`,
      label: TONES[tone] as Tone,
      vector: Float32Array.from(raw, (value) => value / length),
      ...change,
    };
  });
}
const dated = (list: readonly LabelledText[]): readonly LabelledText[] =>
  list.map((text, i) => ({ ...text, at: unixMs(i * 1_000) }));

describe('softmax regression', () => {
  const examples = texts(300, 0.2).map(({ vector, label }) => ({ vector, label: TONES.indexOf(label) }));

  it('learns what can be learnt, in the same bits each time', () => {
    const weights = trainSoftmax(examples, 3);
    const right = examples.filter(({ vector, label }) => {
      const probabilities = softmax(weights, vector);
      return probabilities.indexOf(Math.max(...probabilities)) === label;
    });
    expect(right.length).toBeGreaterThan(285);
    expect(trainSoftmax(examples, 3).values).toEqual(weights.values);
    expect(
      trainSoftmax(examples, 3, { seed: 2, l2: 1e-4, epochs: 40, learningRate: 0.5, batch: 64 }).values,
    ).not.toEqual(weights.values);
  });

  it('gives probabilities, also for weights of any size', () => {
    const sum = softmax(
      { dimensions: 1, classes: 2, values: Float64Array.from([1e6, 0, -1e6, 0]) },
      Float32Array.from([1]),
    );
    expect([...sum]).toEqual([1, 0]);
  });

  it('refuses nothing to train on, and vectors of another model', () => {
    expect(() => trainSoftmax([], 3)).toThrow(RangeError);
    expect(() => trainSoftmax([...examples, { vector: new Float32Array(5), label: 0 }], 3)).toThrow(RangeError);
    expect(() => softmax(trainSoftmax(examples, 3), new Float32Array(5))).toThrow(RangeError);
  });

  it('shrinks the weights with the penalty', () => {
    const size = (l2: number): number =>
      Math.hypot(...trainSoftmax(examples, 3, { seed: 1, l2, epochs: 20, learningRate: 0.5, batch: 64 }).values);
    expect(size(0.1)).toBeLessThan(size(1e-5) / 2);
  });
});

describe('the split', () => {
  it('is by time where all texts have one: every tested text is newer than every trained one', () => {
    const { kind, train, test } = splitLabelled(dated(texts(200, 0.2)).toReversed());
    expect(kind).toBe('time');
    expect(test.length).toBe(50);
    expect(Math.max(...train.map(({ at }) => at ?? 0))).toBeLessThan(Math.min(...test.map(({ at }) => at ?? 0)));
  });

  it('keeps copies on one side, by words and by vectors, whichever way it splits', () => {
    const base = texts(160, 2);
    const copies = base
      .slice(0, 60)
      .map((text, i) =>
        i % 2 === 0
          ? { ...text, text: `${text.text} again` }
          : { ...text, text: `unlike ${i} words ${i * 7} altogether ${i * 3}` },
      );
    const overlap = (list: readonly LabelledText[]): number => {
      const { train, test } = splitLabelled(list);
      const seen = new Set(train.map(({ vector }) => vector.join()));
      return test.filter(({ vector }) => seen.has(vector.join())).length;
    };
    expect(overlap([...base, ...copies])).toBe(0);
    expect(overlap(dated([...base, ...copies]))).toBe(0);
    expect(splitLabelled(dated([...base, ...copies])).purged).toBeGreaterThan(20);
  });

  it('groups what is the same story and nothing else', () => {
    const group = groupNearDuplicates([
      'Bitcoin falls below 50,000 dollars after the vote',
      'Bitcoin falls below 50,000 dollars after the vote today',
      'Ether rises above 3,000 dollars after the vote',
      'BITCOIN falls below 50,000 dollars, after the vote!',
    ]);
    expect(group).toEqual([0, 0, 2, 0]);
  });
});

describe('training', () => {
  it('says what was right, tone by tone, against the words and the commonest label', () => {
    const { report, weights } = trainSentiment(splitLabelled(texts(600, 0.3)));
    const n = report.confusion.flat().reduce((sum, value) => sum + value, 0);
    expect(n).toBe(report.tested);
    expect(report.confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / n).toBe(report.accuracy);
    expect(report.accuracy).toBeGreaterThan(0.9);
    // No word of these texts is in the lexicon: it says neutral to all.
    expect(report.lexicon).toBeLessThan(0.5);
    expect(report.majority).toBeLessThan(0.5);
    expect(deservesToRead(report)).toBe(true);
    expect(
      readByWeights(
        weights,
        Float32Array.from({ length: 64 }, (_, d) => (d === 2 ? 1 : 0)),
      ),
    ).toMatchObject({ tone: 'positive' });
  });

  it('does not keep what learnt nothing, nor what was tested on too few', () => {
    const noise = texts(600, 0.3).map((text, i) => ({ ...text, label: TONES[createRng(i).integer(3)] as Tone }));
    expect(deservesToRead(trainSentiment(splitLabelled(noise)).report)).toBe(false);
    expect(deservesToRead(trainSentiment(splitLabelled(texts(150, 0.3))).report)).toBe(false);
  });
});
