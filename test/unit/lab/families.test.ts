import { describe, expect, it } from 'vitest';
import { FAMILIES } from '#core/domain/strategy.ts';
import { labFamilies, labFamily } from '#host/lab/families.ts';

describe('the families of the lab', () => {
  it('lists every strategy with the bounds that its own schema enforces', () => {
    expect(labFamilies().map(({ name }) => name)).toEqual([...FAMILIES, 'sma-cross']);
    for (const { name, parameters } of labFamilies()) {
      const family = labFamily(name);
      const usual = family.complete({});
      expect(Object.keys(usual).sort()).toEqual(parameters.map((parameter) => parameter.name).sort());
      for (const parameter of parameters) {
        expect(usual[parameter.name]).toBe(parameter.usual);
        for (const value of [parameter.least - 1, parameter.most + 1])
          expect(() => family.complete({ [parameter.name]: value }), `${name} ${parameter.name}`).toThrow(
            value < parameter.least ? /is below/ : /is above/,
          );
      }
    }
  });

  it('names what there is when asked for something else', () => {
    expect(() => labFamily('constructor')).toThrow(/no strategy "constructor"/);
    expect(() => labFamily('sma-cross').complete({ fast: 60 })).toThrow(/fast average must be shorter/);
    try {
      labFamily('sma-cross').complete({ speed: 3 });
      expect.unreachable();
    } catch (error) {
      expect((error as { readonly remedy: string }).remedy).toBe(
        'sma-cross takes fast 1..10000 (whole), slow 2..20000 (whole).',
      );
    }
  });
});
