import { describe, expect, it } from 'vitest';
import { readByLexicon } from '#core/news/lexicon.ts';

const tone = (text: string): string => readByLexicon(text).tone;

describe('the lexicon', () => {
  it.each([
    ['Bitcoin surges past 60,000 as inflows grow', 'positive'],
    ['Operating profit rose to EUR 13.1 mn from EUR 8.7 mn', 'positive'],
    ['Exchange hacked, withdrawals halted', 'negative'],
    ['Bitcoin price fell 7 % below support', 'negative'],
    ['The company will hold its annual meeting in Helsinki', 'neutral'],
    // What moved decides whether down is good.
    ['Costs fell and losses narrowed', 'positive'],
    ['Unemployment rises again', 'negative'],
    // Turned round by a negation.
    ['The court did not approve the plan', 'negative'],
    ['There was no crash', 'positive'],
    ['', 'neutral'],
  ])('reads "%s" as %s', (text, expected) => {
    expect(tone(text)).toBe(expected);
  });

  it('names the words that decided, strongest first, and what turned them', () => {
    const { driving, score } = readByLexicon('Bitcoin’s rally is not strong, yet losses narrowed');
    expect(driving.map(({ word }) => word)).toEqual(['rally', 'narrowed', 'strong']);
    expect(driving[2]).toEqual({ word: 'strong', score: -1.4, turnedBy: 'not' });
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(1);
  });

  it('stays between -1 and 1 and ends on any length', () => {
    expect(readByLexicon('crash '.repeat(200_000)).score).toBeGreaterThan(-1);
    expect(readByLexicon('surge '.repeat(200_000)).driving.length).toBe(8);
  });
});
