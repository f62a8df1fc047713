import { describe, expect, it } from 'vitest';
import { lineDiff } from '#shared/format/line-diff.ts';
import * as fc from '../../support/seeded-check.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', 'long line'), { minLength: 1, maxLength: 14 })
  .map((lines) => lines.join('\n'));
const joined = (lines: ReturnType<typeof lineDiff>, without: 'added' | 'removed'): string =>
  lines
    .filter(({ kind }) => kind !== without)
    .map((line) => line.text)
    .join('\n');

describe('the comparison of two texts', () => {
  it('holds both of them, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        expect(joined(lines, 'added')).toBe(before);
        expect(joined(lines, 'removed')).toBe(after);
      }),
    );
  });

  it('says no more than what differs', () => {
    expect(lineDiff('a\nb\nc', 'a\nx\nc').map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
    fc.assert(
      fc.property(text, (same) => {
        expect(lineDiff(same, same).every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });
});
