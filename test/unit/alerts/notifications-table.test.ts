import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALERT_KINDS, ruleOf, speaksIn } from '#core/alerts/kinds.ts';
import { whyNoTest } from '../../support/named-test.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(ROOT, 'docs/notifications.md'), 'utf8');
/** Cells of every row of both tables, without their heads. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!kind |rule )/.test(line))
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()));
const kinds = rows.filter(({ length }) => length === 8);

/** The file between backticks that a cell begins with, and what follows it. */
const named = (cell: string): readonly [file: string, name: string] => {
  const match = /^`([^`]+)` ?(.*)$/.exec(cell);
  return [match?.[1] ?? cell, match?.[2] ?? ''];
};

describe('the page of notifications', () => {
  it('has one row for each kind of the catalogue, in its order, and says what its rule says', () => {
    expect(kinds.map(([kind, , ...said]) => [kind, ...said.slice(0, 4)])).toEqual(
      ALERT_KINDS.map((kind) => {
        const { urgency, sound, mutable } = ruleOf(kind);
        return [kind, urgency, sound, mutable, speaksIn(kind, 'simulated') ? 'yes' : 'no'];
      }),
    );
  });

  it('names where each kind is raised', () => {
    const wrong = kinds.filter(([kind, ...cells]) => {
      const [file] = named(cells[5] ?? '');
      return !existsSync(join(ROOT, file)) || !readFileSync(join(ROOT, file), 'utf8').includes(`'${kind}'`);
    });
    expect(wrong).toEqual([]);
  });

  it('names tests that exist, of each kind one that speaks of it', () => {
    expect(rows.length).toBeGreaterThan(ALERT_KINDS.length);
    expect(rows.flatMap((cells) => whyNoTest(...named(cells.at(-1) ?? '')) ?? [])).toEqual([]);
    const silent = kinds.filter(([kind = '', ...cells]) => {
      const [file] = named(cells.at(-1) ?? '');
      return !readFileSync(join(ROOT, file), 'utf8').includes(`'${kind}'`);
    });
    expect(silent).toEqual([]);
  });
});
