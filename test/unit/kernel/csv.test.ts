import { describe, expect, it } from 'vitest';
import { csvFile, csvLine } from '#core/kernel/csv.ts';

describe('a line of CSV', () => {
  it('leaves a loss the number that it is, and takes the formula out of everything else', () => {
    expect(csvLine(['-12.50', -3, '0.01', '-12.50-1', '=1+1', '@sum', '+5', '-'])).toBe(
      "-12.50,-3,0.01,'-12.50-1,'=1+1,'@sum,'+5,'-",
    );
  });

  it('quotes what would end a cell or a line', () => {
    expect(csvLine(['a,b', 'say "no"', 'two\nlines', undefined])).toBe('"a,b","say ""no""","two\nlines",');
  });

  it('is a file with a head and an end', () => {
    expect(csvFile(['a', 'b'], [csvLine([1, 2])])).toBe('a,b\n1,2\n');
  });
});
