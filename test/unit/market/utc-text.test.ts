import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { utcText } from '#core/market/utc-text.ts';

describe('utc text', () => {
  it('is what the platform says, leap years and centuries included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (moment) => {
        expect(utcText(unixMs(moment))).toBe(new Date(moment).toISOString().replace('.000Z', 'Z'));
      }),
    );
    for (const text of ['1970-01-01T00:00:00Z', '2000-02-29T23:59:59Z', '2024-12-31T00:00:00Z', '2100-03-01T00:00:00Z'])
      expect(utcText(unixMs(Date.parse(text)))).toBe(text);
  });
});
