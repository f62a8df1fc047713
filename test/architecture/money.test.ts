import { describe, expect, it } from 'vitest';
import { readSources } from './source-files.ts';

/** Everything by which a binary float could become, or come out of, an amount of money. */
const FLOAT =
  /\b(Number\(|parseFloat|toFloat|toFixed|toPrecision|quantizeFloat|Math\.|Float64Array|Float32Array)|\b\d+\.\d+\b|\bNaN\b|\bInfinity\b/;

const withoutWords = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'[^'\n]*'|`[^`]*`/g, "''");

const offenders = (files: readonly { readonly path: string; readonly text: string }[]): readonly string[] =>
  files.filter(({ text }) => FLOAT.test(withoutWords(text))).map(({ path }) => path);

describe('no float reaches the ledger', () => {
  const ledger = readSources('src').filter(({ path }) => path.startsWith('src/core/ledger/'));

  it('because nothing in it makes, rounds or reads one', () => {
    expect(ledger.length).toBeGreaterThan(3);
    expect(offenders(ledger)).toEqual([]);
  });

  it('and what hands it fills builds every amount from decimals', () => {
    const sources = readSources('src').filter(({ path }) =>
      /^src\/core\/execution\/(fees|records|order-store|order-facts|bracket|execution)\.ts$/.test(path),
    );
    expect(sources.length).toBe(6);
    expect(offenders(sources)).toEqual([]);
  });

  it('which this check would notice', () => {
    const planted = [
      'const fee = 0.1;',
      'const fee = Number(text);',
      'const fee = toFloat(amount);',
      'const x = Math.round(y);',
    ];
    expect(offenders(planted.map((text, i) => ({ path: String(i), text })))).toEqual(['0', '1', '2', '3']);
    expect(offenders([{ path: 'words', text: "// 0.5 of it\nconst a = '0.5';" }])).toEqual([]);
  });
});
