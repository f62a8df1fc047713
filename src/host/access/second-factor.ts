import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { systemBootClock } from '#adapters/clock-system/boot-clock.ts';
import { argon2Hash } from '#adapters/passphrase-argon2/argon2-hash.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { PassphraseCost } from '#core/ports/passphrase-hash.ts';
import { openAttempts } from '../vault/attempts.ts';
import type { VaultOptions } from '../vault/vault-options.ts';
import {
  readSecondFactor,
  type Sealing,
  type SecondFactorContent,
  secondFactorPath,
  writeSecondFactor,
} from './second-factor-file.ts';
import { acceptedStep } from './totp.ts';

export const BACKUP_CODES = 10;
/** A backup code has 50 random bits: the floor of the recommendations is enough on top of that. */
const BACKUP_COST: PassphraseCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

export type SecondFactorView = {
  readonly enrolled: boolean;
  readonly asksAtUnlock: boolean;
  readonly backupCodesLeft: number;
  readonly waitMs: number;
};

/** The authenticator of the master and the codes on paper. Its secret comes in once and never leaves. */
export type SecondFactor = {
  /** With the keys of a vault that was opened. Takes a copy of the key. */
  open(keys: Pick<Sealing, 'fieldKey' | 'vaultId'>): void;
  close(): void;
  view(): SecondFactorView;
  /** Takes a code of the authenticator (six digits) or a backup code, once. Throws Fault `locked`. Answers which it was. */
  prove(code: string): Promise<'authenticator code' | 'backup code'>;
  /** Enrols, once the code shows that the authenticator knows the secret. */
  enrol(given: { secret: string; code: string; asksAtUnlock: boolean; backupCodes: readonly string[] }): Promise<void>;
  disable(): void;
  /** Ten new codes; the ones before open nothing any more. */
  renewBackupCodes(codes: readonly string[]): Promise<void>;
};

export const totpAttemptsPath = (home: string): string => join(home, 'vault', 'totp-attempts.json');

export function createSecondFactor(options: VaultOptions): SecondFactor {
  const { home, now, randomBytes, bootClock = systemBootClock, hash = argon2Hash } = options;
  const path = secondFactorPath(home);
  const attempts = openAttempts(totpAttemptsPath(home), bootClock, 'codes');
  let sealing: Sealing | undefined;
  const sealed = (): Sealing => {
    if (sealing === undefined) throw new Fault('locked', 'the vault is sealed', 'unlock it first');
    return sealing;
  };
  const read = (): SecondFactorContent | undefined =>
    sealing === undefined ? undefined : readSecondFactor(path, sealing);
  const enrolled = (): SecondFactorContent => {
    const found = read();
    if (found === undefined)
      throw new Fault('refused', 'no authenticator is enrolled', 'enrol one: mt access totp enroll');
    return found;
  };
  const write = (next: SecondFactorContent | undefined): void => writeSecondFactor(path, sealed(), next);
  const hashOf = async (code: string, salt: string): Promise<Buffer> =>
    Buffer.from(await hash.derive(plainCode(code), Buffer.from(salt, 'hex'), BACKUP_COST));
  const backupOf = async (codes: readonly string[]): Promise<SecondFactorContent['backup']> => {
    if (new Set(codes.map(plainCode)).size !== BACKUP_CODES)
      throw new Fault('usage', `${BACKUP_CODES} different backup codes are needed`, 'let the window or mt make them');
    const salt = randomBytes(16).toString('hex');
    const hashes: string[] = [];
    for (const code of codes) hashes.push((await hashOf(code, salt)).toString('hex'));
    return { salt, hashes };
  };
  const wrong = (): Fault => {
    const { left, waitMs } = attempts.view();
    const rest = waitMs > 0 ? `the next one is taken in ${Math.ceil(waitMs / 1000)} s` : `${left} more before a wait`;
    return new Fault(
      'locked',
      `that code is wrong, too old, or was used already; ${rest}`,
      'wait for the next code of the authenticator',
    );
  };
  return {
    open: ({ fieldKey, vaultId }) => {
      sealing?.fieldKey.fill(0);
      sealing = { fieldKey: Buffer.from(fieldKey), vaultId, randomBytes };
    },
    close() {
      sealing?.fieldKey.fill(0);
      sealing = undefined;
    },
    view() {
      const found = read();
      return {
        enrolled: found !== undefined,
        asksAtUnlock: found?.asksAtUnlock ?? false,
        backupCodesLeft: found?.backup.hashes.length ?? 0,
        waitMs: attempts.view().waitMs,
      };
    },
    async prove(code) {
      const found = enrolled();
      attempts.take();
      if (/^\d{6}$/.test(code)) {
        const step = acceptedStep(found.secret, code, now(), found.lastStep);
        if (step === undefined) throw wrong();
        // On the disk before it counts, so that a killed process has used it up too.
        write({ ...found, lastStep: step });
        attempts.clear();
        return 'authenticator code';
      }
      const given = await hashOf(code, found.backup.salt);
      // Read again: another try may have used a code up while this one was stretched.
      const fresh = enrolled();
      const left = fresh.backup.hashes.filter((one) => !timingSafeEqual(Buffer.from(one, 'hex'), given));
      if (left.length === fresh.backup.hashes.length) throw wrong();
      write({ ...fresh, backup: { ...fresh.backup, hashes: left } });
      attempts.clear();
      return 'backup code';
    },
    async enrol({ secret, code, asksAtUnlock, backupCodes }) {
      if (read() !== undefined)
        throw new Fault('refused', 'an authenticator is enrolled already', 'disable it first: mt access totp disable');
      const step = acceptedStep(secret, code, now(), 0);
      if (step === undefined)
        throw new Fault(
          'refused',
          'that is not the code of this key',
          'look at the clock of the phone, and type the code that shows now',
        );
      write({ secret, lastStep: step, asksAtUnlock, backup: await backupOf(backupCodes) });
      attempts.clear();
    },
    disable() {
      enrolled();
      write(undefined);
    },
    async renewBackupCodes(codes) {
      const backup = await backupOf(codes);
      write({ ...enrolled(), backup });
    },
  };
}

/** As people type them: any case and spacing. */
const plainCode = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '');
