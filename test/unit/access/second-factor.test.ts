import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecondFactor, type SecondFactor } from '#host/access/second-factor.ts';
import { secondFactorPath } from '#host/access/second-factor-file.ts';
import { codeOf, stepAt } from '#host/access/totp.ts';
import { ENROLMENT_BYTES, writeEnrolment } from '#shared/authenticator-key.ts';
import { createMemorySecretStore } from '../../support/memory-secret-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { TOTP_VECTOR_SEED, TOTP_VECTORS } from '../../support/totp-vectors.ts';
import { type TestBootClock, testBootClock, vaultOptions } from '../../support/vault.ts';

const { secret, backupCodes } = writeEnrolment(
  new Uint8Array(ENROLMENT_BYTES).map((_, at) => (at * 7 + (at >> 3)) & 255),
);
const STEP = 30_000;
let folder: ReturnType<typeof tempFolder>;
let clock: TestBootClock;
let now: number;
let factor: SecondFactor;
/** The same folder after a restart. */
const start = (): SecondFactor => {
  const made = createSecondFactor(
    vaultOptions(folder.path, createMemorySecretStore(), { bootClock: clock, now: () => now }),
  );
  made.open({ fieldKey: Buffer.alloc(32, 7), vaultId: 'ab'.repeat(16) });
  return made;
};
const code = (offset = 0): string => codeOf(secret, stepAt(now) + offset);

beforeEach(async () => {
  folder = tempFolder('mt-factor');
  mkdirSync(join(folder.path, 'vault'));
  [clock, now] = [testBootClock(), 1_732_000_000_000];
  factor = start();
  await factor.enrol({ secret, code: code(), asksAtUnlock: false, backupCodes });
  now += 10 * STEP;
});
afterEach(() => folder.remove());

describe('the authenticator', () => {
  it('gives the codes of RFC 6238', () => {
    for (const [seconds, right] of TOTP_VECTORS)
      expect(codeOf(TOTP_VECTOR_SEED, stepAt(seconds * 1000), 8)).toBe(right);
  });

  it('takes one step before and after now, and none further off', async () => {
    for (const far of [-3, -2, 2, 3]) await expect(factor.prove(code(far)), String(far)).rejects.toThrow('too old');
    await factor.prove(code(-1));
    await factor.prove(code(0));
    await factor.prove(code(1));
  });

  it('takes no code twice: not at once, not after a restart, not with the clock set back, nor an older one after a newer', async () => {
    const used = code();
    await factor.prove(used);
    await expect(factor.prove(used)).rejects.toThrow('used already');
    factor = start();
    await expect(factor.prove(used)).rejects.toThrow('used already');
    await expect(factor.prove(code(-1))).rejects.toThrow('used already');
    now -= 5 * STEP;
    await expect(factor.prove(code())).rejects.toThrow('used already');
  });

  it('waits after five wrong codes, twice as long after each more, over a restart of the program', async () => {
    for (let wrong = 0; wrong < 5; wrong++) await expect(factor.prove('000000')).rejects.toThrow(/wrong/);
    await expect(factor.prove(code())).rejects.toThrow(/5 wrong codes in a row.*60 s/);
    factor = start();
    await expect(factor.prove(code())).rejects.toThrow(/60 s/);
    clock.advance(60_000);
    await expect(factor.prove('000000')).rejects.toThrow(/120 s/);
    clock.advance(120_000);
    expect(await factor.prove(code())).toBe('authenticator code');
    expect(factor.view().waitMs).toBe(0);
  });

  it('takes each backup code once, in any spelling, also after a restart, and none of an earlier set', async () => {
    const [first = '', second = ''] = backupCodes;
    expect(await factor.prove(first.toLowerCase().replace('-', ' '))).toBe('backup code');
    factor = start();
    await expect(factor.prove(first)).rejects.toThrow('used already');
    expect(factor.view().backupCodesLeft).toBe(9);
    const fresh = writeEnrolment(new Uint8Array(ENROLMENT_BYTES).map((_, at) => (at * 11 + 3 + (at >> 2)) & 255));
    await factor.renewBackupCodes(fresh.backupCodes);
    await expect(factor.prove(second)).rejects.toThrow(/wrong/);
    await factor.prove(fresh.backupCodes[3] ?? '');
  });

  it('lies sealed: no key and no code can be read in the file, and one changed sign is damage, never "none"', () => {
    const path = secondFactorPath(folder.path);
    const text = readFileSync(path, 'utf8');
    for (const word of [secret, ...backupCodes]) expect(text).not.toContain(word);
    const at = text.indexOf('"sealed":"') + 12;
    writeFileSync(path, `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`);
    expect(() => start().view()).toThrow('does not open');
  });

  it('is enrolled only with a code of its own key, and once', async () => {
    await expect(factor.enrol({ secret, code: code(), asksAtUnlock: false, backupCodes })).rejects.toThrow('already');
    factor.disable();
    await expect(factor.enrol({ secret, code: '123456', asksAtUnlock: false, backupCodes })).rejects.toThrow(
      'not the code of this key',
    );
    expect(factor.view().enrolled).toBe(false);
  });
});
