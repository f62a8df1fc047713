import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEK_BYTES, deriveKeys, keyFingerprint, wipeKeys } from '#host/vault/keys.ts';

const dek = Buffer.from(Array.from({ length: DEK_BYTES }, (_, index) => index));
/** HKDF-SHA256 written out after RFC 5869: no salt is a salt of 32 zero bytes; one block gives 32 bytes. */
const byHand = (label: string): string => {
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(dek).digest();
  return createHmac('sha256', extracted)
    .update(label)
    .update(Buffer.from([1]))
    .digest('hex');
};

describe('the keys of a vault', () => {
  it('are derived as RFC 5869 says, each by the label of its use', () => {
    const keys = deriveKeys(dek);
    expect(Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, key.toString('hex')]))).toEqual({
      db: byHand('mt/db/v1'),
      auditMac: byHand('mt/audit-mac/v1'),
      field: byHand('mt/field/v1'),
      backup: byHand('mt/backup/v1'),
    });
    expect(new Set(Object.values(keys).map((key) => key.toString('hex'))).size).toBe(4);
  });

  it('can be wiped, and leave the data key alone', () => {
    const keys = deriveKeys(dek);
    wipeKeys(keys);
    for (const key of Object.values(keys)) expect(key.equals(Buffer.alloc(DEK_BYTES))).toBe(true);
    expect(dek[1]).toBe(1);
  });

  it('are recognised by a fingerprint that changes with the data key', () => {
    const other = Buffer.from(dek);
    other[31] = 0;
    expect(keyFingerprint(dek)).toMatch(/^[0-9a-f]{16}$/);
    expect(keyFingerprint(other)).not.toBe(keyFingerprint(dek));
  });
});
