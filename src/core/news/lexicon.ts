import { BETTER_LESS, DOWN_WORDS, NEGATION_WORDS, UP_WORDS, WORD_TONES } from './lexicon-words.ts';
import type { DrivingWord, Tone } from './types.ts';

export type LexiconReading = {
  readonly tone: Tone;
  /** -1 to 1. */
  readonly score: number;
  /** Strongest first, at most eight. */
  readonly driving: readonly DrivingWord[];
};

/** Words before a tone in which a negation turns it; it is weakened too, because "not bad" is less than "good". */
const NEGATION_REACH = 3;
const NEGATED = -0.7;
/** Words to both sides of a direction in which the thing that moved is looked for. */
const THING_REACH = 4;
const DIRECTION_TONE = 1.5;
/** Below this sum a headline says nothing: one hint alone is not a tone. */
const LEAST_SUM = 1;
/** Softens the sum into -1..1: a sum of 2 reads as 0.71. */
const SOFTENING = 4;
const MOST_DRIVING = 8;
const MOST_WORDS = 2_000;

/**
 * Reads the tone of a text from the words in it. Direction words ("fell") take their sign from what moved ("costs fell" is good). Names
 * the words that decided, so that a person can disagree with them.
 */
export function readByLexicon(text: string): LexiconReading {
  const words = tokens(text);
  const driving: DrivingWord[] = [];
  const explained = new Set<number>();
  const add = (index: number, score: number): void => {
    const turnedBy = negationBefore(words, index);
    const word = words[index] ?? '';
    driving.push(turnedBy === undefined ? { word, score } : { word, score: score * NEGATED, turnedBy });
  };
  words.forEach((word, index) => {
    const direction = UP_WORDS.has(word) ? 1 : DOWN_WORDS.has(word) ? -1 : 0;
    if (direction === 0) return;
    const thing = thingNear(words, index);
    if (thing !== undefined) explained.add(thing);
    add(index, direction * DIRECTION_TONE * (thing === undefined ? 1 : -1));
  });
  words.forEach((word, index) => {
    const tone = WORD_TONES.get(word);
    if (tone !== undefined && !explained.has(index)) add(index, tone);
  });
  const sum = driving.reduce((total, { score }) => total + score, 0);
  return {
    tone: sum >= LEAST_SUM ? 'positive' : sum <= -LEAST_SUM ? 'negative' : 'neutral',
    score: sum === 0 ? 0 : sum / Math.sqrt(sum * sum + SOFTENING),
    driving: driving.toSorted((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST_DRIVING),
  };
}

const tokens = (text: string): readonly string[] =>
  (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []
  )
    .slice(0, MOST_WORDS)
    .map((word) => word.replace(/'s$|[-']+$/, ''));

function negationBefore(words: readonly string[], index: number): string | undefined {
  return words.slice(Math.max(0, index - NEGATION_REACH), index).findLast((word) => NEGATION_WORDS.has(word));
}

/** The nearest thing of which less is better; what stands before the direction is nearer than what follows it. */
function thingNear(words: readonly string[], index: number): number | undefined {
  for (let distance = 1; distance <= THING_REACH; distance++)
    for (const at of [index - distance, index + distance]) if (BETTER_LESS.has(words[at] ?? '')) return at;
  return undefined;
}
