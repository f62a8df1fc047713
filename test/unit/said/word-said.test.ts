import { describe, expect, it } from 'vitest';
import { FACT_CATALOGUE } from '#core/context/fact-catalogue.ts';
import { english } from '#shared/i18n/en/words.ts';
import { said as swahili } from '#shared/i18n/sw/said.ts';
import { createSaidReader } from '#shared/said/read-said.ts';
import { createWording } from '#shared/said/word-said.ts';

const read = createSaidReader(english.said);
const word = createWording(swahili);

/** Each sentence of the table, with something in every hole. */
const filled = (template: string): string => template.replace(/\{\{\w+\}\}/g, '42');
const entries = Object.entries(english.said).flatMap(([area, codes]) =>
  Object.entries(codes).map(([code, template]) => [`${area}.${code}`, template] as const),
);

describe('what the engine said', () => {
  it('is found with its code and its values', () => {
    expect(read("the order's notional 1200.5 exceeds the allowed 1000")).toEqual({
      code: 'gate.orderSize',
      values: { n: '1200.5', most: '1000' },
    });
    expect(read('Anything else')).toBeUndefined();
  });

  it('finds each sentence of the table as itself, or as one that says the same', () => {
    expect(entries.length).toBeGreaterThan(400);
    const texts = new Map(entries);
    const lost = entries.filter(([code, template]) => {
      const found = read(filled(template));
      return (
        found === undefined ||
        (found.code !== code && filled(texts.get(found.code as never) ?? '') !== filled(template))
      );
    });
    expect(lost).toEqual([]);
  });

  it('is worded through to the sentences inside of it', () => {
    expect(word('trend over: close 40279.8 is below the trailing level 40304.5')).toBe(
      'mwelekeo umeisha: bei ya kufunga 40279.8 iko chini ya kiwango kinachofuata 40304.5',
    );
    expect(
      word(
        'The judgement is "trending up" (confidence 0.62), which calls for trend following; risk kept: no similar trade is remembered.',
      ),
    ).toBe(
      'Uamuzi ni "mwelekeo wa kupanda" (uhakika 0.62), unaohitaji kufuata mwelekeo; hatari imebaki ilivyo: hakuna biashara inayofanana inayokumbukwa.',
    );
  });

  it('begins as it began, and stays as it is where nobody knows it', () => {
    expect(word('No agent was spawned')).toBe('Hakuna wakala aliyeundwa');
    expect(word('a sentence of tomorrow')).toBe('a sentence of tomorrow');
  });

  it('keeps every value, in both languages alike', () => {
    const holes = (template: string): readonly string[] => (template.match(/\{\{\w+\}\}/g) ?? []).sort();
    const table: Readonly<Record<string, Readonly<Record<string, string>>>> = swahili;
    const uneven = entries.filter(([code, template]) => {
      const [area = '', name = ''] = code.split('.');
      return String(holes(template)) !== String(holes(table[area]?.[name] ?? ''));
    });
    expect(uneven).toEqual([]);
  });

  it('knows every fact by the label that the engine gives it', () => {
    expect(english.said.facts).toEqual(
      Object.fromEntries(Object.values(FACT_CATALOGUE).map(({ id, label }) => [id, label])),
    );
  });
});
