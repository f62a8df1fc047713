import { describe, expect, it } from 'vitest';
import { labFamilies } from '#host/lab/families.ts';
import { english } from '#shared/i18n/en/words.ts';
import { PARAMETER_UNITS } from '../../../src/renderer/app/use-parameter-words.ts';

const parameters = labFamilies().flatMap((family) => family.parameters.map(({ name }) => name));

describe('the words for parameters of strategy families', () => {
  it('name every parameter of every family, with what its number counts', () => {
    expect(parameters.length).toBeGreaterThan(50);
    for (const name of parameters) {
      expect(Object.keys(english.names.parameters), name).toContain(name);
      expect(Object.keys(PARAMETER_UNITS), name).toContain(name);
    }
  });

  it('tell no two parameters of one family by the same name', () => {
    const names: Readonly<Record<string, string>> = english.names.parameters;
    for (const { name: family, parameters: own } of labFamilies())
      expect(new Set(own.map(({ name }) => names[name])).size, family).toBe(own.length);
  });

  it('name nothing that no family has', () => {
    for (const name of Object.keys(english.names.parameters)) expect(parameters).toContain(name);
    for (const name of Object.keys(PARAMETER_UNITS)) expect(parameters).toContain(name);
  });
});
