import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { loadAnalystPrompt } from '#adapters/prompts/load-analyst-prompt.ts';
import { readingOf, TELLING_FACTS } from '#core/analyst/fact-readings.ts';
import { REGIMES } from '#core/analyst/types.ts';
import { FACT_CATALOGUE, type FactName } from '#core/context/fact-catalogue.ts';
import { contextOf } from './model-context.ts';

const PROMPTS = resolve(import.meta.dirname, '../../../resources/prompts');

describe('the analyst prompt', () => {
  it('is shipped, versioned and explains every regime', () => {
    const prompt = loadAnalystPrompt(PROMPTS, sha256);
    expect(prompt).toMatchObject({
      id: 'analyst-system',
      version: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    for (const regime of REGIMES) expect(prompt.text).toContain(`${regime}: `);
  });

  it('explains in its own words every reading that speaks for a regime', () => {
    const { text } = loadAnalystPrompt(PROMPTS, sha256);
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

  it('refuses a folder without it and a file that is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mt-prompt-'));
    try {
      expect(() => loadAnalystPrompt(folder, sha256)).toThrow(/cannot read analyst-system.md/);
      writeFileSync(join(folder, 'analyst-system.md'), 'Label the market.');
      expect(() => loadAnalystPrompt(folder, sha256)).toThrow(/front matter/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
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
