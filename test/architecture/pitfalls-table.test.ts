import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whyNoTest } from '../support/named-test.ts';
import { ROOT } from './source-files.ts';

type Row = { readonly number: number; readonly rule: string; readonly file: string; readonly name: string };

const page = readFileSync(join(ROOT, 'docs/pitfalls-covered.md'), 'utf8');
/** Rows of the trading kernel, which all have to be there. */
const REQUIRED = [...Array.from({ length: 31 }, (_, i) => i + 1).filter((n) => n < 8 || n > 9), 45, 46, 53, 54, 55, 56];

const rowsOf = (text: string): readonly Row[] =>
  text.split('\n').flatMap((line) => {
    const match = /^\| (\d+) \|(.*?)\| (?:`([^`]+)`|-) \| (.+) \|$/.exec(line);
    if (match === null) return [];
    const [, number, rule = '', file = '', name = ''] = match;
    return [{ number: Number(number), rule: rule.trim(), file, name }];
  });

/** What is wrong with a row, or undefined. */
const faultOf = ({ number, file, name }: Row): string | undefined =>
  file === '' ? `row ${number} names no test` : whyNoTest(file, name);

describe('the table of pitfalls', () => {
  const rows = rowsOf(page);

  it('has a line for every rule of the trading kernel, each with the rule in words', () => {
    expect(page.split('\n').filter((line) => /^\| \d/.test(line)).length).toBe(rows.length);
    const numbers = new Set(rows.map(({ number }) => number));
    expect(REQUIRED.filter((number) => !numbers.has(number))).toEqual([]);
    const wordless = [...numbers].filter((number) => (rows.find((row) => row.number === number)?.rule ?? '') === '');
    expect(wordless).toEqual([]);
  });

  it('names tests that exist', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('would show a test that was renamed, a file that moved, and a row that lost its test', () => {
    const file = 'test/architecture/pitfalls-table.test.ts';
    const faults = [
      `| 1 | r | \`${file}\` | names tests that exist |`,
      `| 1 | r | \`${file}\` | names tests that existed |`,
      '| 1 | | `test/unit/gone.test.ts` | names tests that exist |',
      '| 12 | r | - | later |',
    ].flatMap((line) => rowsOf(line).map(faultOf));
    expect(faults).toEqual([
      undefined,
      `${file} has no test "names tests that existed"`,
      'test/unit/gone.test.ts is no test file',
      'row 12 names no test',
    ]);
  });
});
