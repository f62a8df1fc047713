import { describe, expect, it } from 'vitest';
import { fitOf, memoryProblem } from '#host/models/fit.ts';
import { freeName } from '#host/models/registry.ts';

describe('whether a model fits', () => {
  it.each([
    [600, 1000, 'good', 40],
    [601, 1000, 'tight', 40],
    [900, 1000, 'tight', 10],
    [901, 1000, 'too large', 10],
    [5000, 1000, 'too large', 0],
    [1, 0, 'too large', 0],
  ])('%i bytes of %i free is %s', (needed, free, word, score) => {
    expect(fitOf(needed, free)).toEqual({ word, score, neededBytes: needed, freeBytes: free });
  });

  it('is only a reason not to load when it is too large', () => {
    expect(memoryProblem(fitOf(900e6, 1e9))).toBeUndefined();
    expect(memoryProblem(fitOf(1.5e9, 1e9))).toBe('not loaded: it needs 1500 MB of memory and 1000 MB are free');
  });
});

describe('the name of a model', () => {
  it.each([
    ['TinyLlama 1.1B.Q4_K_M.gguf', [], 'TinyLlama-1.1B.Q4_K_M'],
    ['small.gguf', ['small'], 'small-2'],
    ['small.gguf', ['small', 'small-2'], 'small-3'],
    ['../../etc/passwd', [], 'etc-passwd'],
    ['rules.gguf', [], 'model'],
    ['模型.gguf', [], 'model'],
  ])('made of %s beside %j is %s', (file, taken, name) => {
    expect(freeName(file, taken)).toBe(name);
  });
});
