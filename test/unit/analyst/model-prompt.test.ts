import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { readingOf, TELLING_FACTS } from '#core/analyst/fact-readings.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { FACT_CATALOGUE, type FactName } from '#core/context/fact-catalogue.ts';
import { contextOf } from './model-context.ts';

const PROMPTS = resolve(import.meta.dirname, '../../../resources/prompts');
const analystPrompt = () => loadPromptParts(PROMPTS, sha256).get('analyst-system');

describe('the analyst prompt', () => {
  it('is shipped, versioned and explains every regime', () => {
    const prompt = analystPrompt();
    expect(prompt).toMatchObject({
      id: 'analyst-system',
      version: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    for (const regime of REGIMES) expect(prompt?.text).toContain(`${regime}: `);
  });

  it('explains in its own words every reading that speaks for a regime', () => {
    const text = analystPrompt()?.text ?? '';
    for (const name of TELLING_FACTS as readonly FactName[]) {
      for (const value of [-10, -1, -0.1, 0, 0.01, 0.1, 0.5, 1, 3, 10, 35, 50, 70]) {
        const context = contextOf({ [name]: value, atr14: 0.01 });
        const fact = context.facts.find((candidate) => candidate.name === name);
        const reading = fact === undefined ? undefined : readingOf(fact, context);
        for (const regime of reading?.supports ?? []) {
          const explained = text.split('\n').find((line) => line.startsWith(`${regime}: `));
          const said = (reading?.words ?? '').replace(/ (above|below)$/, '');
          expect(explained).toContain(said);
        }
      }
    }
  });
});

describe('the consistency table', () => {
  it('knows only facts of the catalogue', () => {
    for (const name of TELLING_FACTS) expect(Object.keys(FACT_CATALOGUE)).toContain(name);
  });

  it('has something that speaks for every regime, and never for and against the same one', () => {
    const spokenFor = new Set<string>();
    for (const name of TELLING_FACTS as readonly FactName[]) {
      for (let value = -12; value <= 100; value += 0.01) {
        const context = contextOf({ [name]: value, atr14: 0.01 });
        const fact = context.facts.find((candidate) => candidate.name === name);
        const reading = fact === undefined ? undefined : readingOf(fact, context);
        for (const regime of reading?.supports ?? []) {
          spokenFor.add(regime);
          expect(reading?.contradicts.includes(regime)).toBe(false);
        }
      }
    }
    expect([...spokenFor].sort()).toEqual([...REGIMES].sort());
  });
});
