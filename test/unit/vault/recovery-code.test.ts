import { describe, expect, it } from 'vitest';
import { RECOVERY_BYTES, readRecoveryCode, writeRecoveryCode } from '#shared/recovery-code.ts';
import * as fc from '../../support/seeded-check.ts';

const code = fc.uint8Array({ minLength: RECOVERY_BYTES, maxLength: RECOVERY_BYTES });
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('the recovery code', () => {
  it('reads back what it wrote, however it is typed', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('-', ' ', '', ' - '), fc.boolean(), (bytes, separator, lower) => {
        const text = writeRecoveryCode(bytes);
        expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
        const typed = text.replaceAll('-', separator).replaceAll('0', 'O').replaceAll('1', 'l');
        expect(readRecoveryCode(lower ? typed.toLowerCase() : typed)).toEqual({ kind: 'ok', bytes });
      }),
      { numRuns: 300 },
    );
  });

  it('sees every single wrong character and every swap of neighbours', () => {
    const text = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, (_, index) => (index * 37 + 11) % 256));
    let tried = 0;
    for (let at = 0; at < text.length; at++) {
      const right = text.charAt(at);
      if (right === '-') continue;
      for (const wrong of ALPHABET) {
        if (wrong === right) continue;
        tried += 1;
        expect(readRecoveryCode(text.slice(0, at) + wrong + text.slice(at + 1)).kind, `${wrong} at ${at}`).toBe(
          'wrong',
        );
      }
      const next = text.charAt(at + 1);
      if (next === '-' || next === '' || next === right) continue;
      expect(readRecoveryCode(text.slice(0, at) + next + right + text.slice(at + 2)).kind).toBe('wrong');
    }
    expect(tried).toBe(56 * 31);
  });

  it.each([
    ['', 'characters'],
    ['hello', 'characters'],
    [`${'A'.repeat(56)}B`, '57 characters'],
    ['U'.repeat(56), 'no recovery code has'],
    ['é'.repeat(56), 'no recovery code has'],
    ['A'.repeat(56), 'checksum'],
  ])('refuses %j and says why', (text, why) => {
    expect(readRecoveryCode(text)).toMatchObject({ kind: 'wrong', why: expect.stringContaining(why) });
  });

  it('is made of 32 bytes and of no other number', () => {
    expect(() => writeRecoveryCode(new Uint8Array(31))).toThrow(RangeError);
  });
});
