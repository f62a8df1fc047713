import { describe, expect, it } from 'vitest';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { numberText } from '#core/kernel/number-text.ts';
import { utcText } from '#core/kernel/utc-text.ts';

describe('moments in words', () => {
  it('are the ISO text of UTC for every day from 1970 to 2100, leap days included', () => {
    const wrong: string[] = [];
    for (let day = 0; day < 131 * 366; day++) {
      const at = unixMs(day * 86_400_000 + (day % 86_400) * 1000);
      const expected = new Date(at).toISOString().replace('.000Z', 'Z');
      if (utcText(at) !== expected) wrong.push(expected);
    }
    expect(wrong).toEqual([]);
  });

  it('show milliseconds only when there are any', () => {
    expect(utcText(unixMs(1_697_760_000_000))).toBe('2023-10-20T00:00:00Z');
    expect(utcText(1_697_760_000_007 as UnixMs)).toBe('2023-10-20T00:00:00.007Z');
  });
});

describe('floats in words', () => {
  it.each([
    [26_000.5, '26000.5'],
    [0.1 + 0.2, '0.3'],
    [0.000_000_123_456_7, '0.000000123457'],
    [1e21, '1000000000000000000000'],
    [-0, '0'],
    [100, '100'],
    [Number.NaN, 'n/a'],
    [Number.POSITIVE_INFINITY, 'n/a'],
  ])('shows %s as %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});
