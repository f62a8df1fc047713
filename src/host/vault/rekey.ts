import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '#adapters/files/durable.ts';
import { rekeyAudit } from '#adapters/sqlite/audit-signer.ts';
import { writeRekeyed } from '#adapters/sqlite/rekey-db.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import {
  readSecondFactor,
  SECOND_FACTOR_FILE,
  secondFactorPath,
  writeSecondFactor,
} from '../access/second-factor-file.ts';
import { deriveKeys, wipeKeys } from './keys.ts';
import { resealBox, secretBoxPath } from './secret-box.ts';

/** Databases of a data folder. Each that exists is written anew under another data key. */
const DATABASES = ['journal.db', 'market.db', 'lab.db'] as const;

export type RekeyPlan = {
  readonly home: string;
  readonly vaultId: string;
  /** `rekey-` and 16 hex digits; lies in the data folder, so that a rename moves its files. */
  readonly folder: string;
  readonly oldDek: Buffer;
  readonly newDek: Buffer;
  readonly randomBytes: (size: number) => Buffer;
  /** Told before each step, by name. */
  readonly onStep: (step: string) => void;
};

/**
 * Step one of two: every file under the new key, beside the old ones, whole and on the disk. Nothing refers to them until the header
 * does; a crash leaves a folder that the next start removes. Throws Fault `storage`; the folder is then gone again.
 */
export function prepareRekeyed({ home, vaultId, folder, oldDek, newDek, randomBytes, onStep }: RekeyPlan): void {
  const path = join(home, folder);
  const [oldKeys, newKeys] = [deriveKeys(oldDek), deriveKeys(newDek)];
  try {
    onStep('prepare');
    mkdirSync(path, { mode: 0o700 });
    for (const name of DATABASES) {
      const from = join(home, name);
      if (!existsSync(from)) continue;
      onStep(`rewrite ${name}`);
      writeRekeyed(from, join(path, name), oldKeys.db, newKeys.db, (copy, copyPath) => {
        if (name === 'journal.db') rekeyAudit(copy, copyPath, oldKeys, newKeys);
      });
    }
    const box = secretBoxPath(home);
    if (existsSync(box)) {
      onStep('rewrite the exchange keys');
      resealBox(box, join(path, basename(box)), vaultId, oldKeys.field, newKeys.field, randomBytes);
    }
    const factor = readSecondFactor(secondFactorPath(home), { vaultId, fieldKey: oldKeys.field, randomBytes });
    if (factor !== undefined) {
      onStep('rewrite the second factor');
      writeSecondFactor(join(path, SECOND_FACTOR_FILE), { vaultId, fieldKey: newKeys.field, randomBytes }, factor);
    }
    syncFolder(path);
    syncFolder(home);
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw storageFault(error, path);
  } finally {
    wipeKeys(oldKeys);
    wipeKeys(newKeys);
  }
}

/**
 * Step two, after the header names the new key: the new files take the place of the old ones. Any part of it may be done already, by an
 * earlier process that did not come to its end; what still lies in the folder has not been moved. Needs no key.
 */
export function finishRekeyed(home: string, folder: string, onStep: (step: string) => void): void {
  const path = join(home, folder);
  try {
    for (const name of [...DATABASES, basename(secretBoxPath(home)), SECOND_FACTOR_FILE]) {
      const fresh = join(path, name);
      if (!existsSync(fresh)) continue;
      onStep(`swap ${name}`);
      const place = name.endsWith('.db') ? join(home, name) : join(home, 'vault', name);
      // A log of the old file would be taken for one of the new file.
      for (const beside of ['-wal', '-shm']) rmSync(`${place}${beside}`, { force: true });
      renameSync(fresh, place);
      if (process.platform !== 'win32') chmodSync(place, 0o600);
      syncFolder(dirname(place));
    }
    onStep('swapped');
    rmSync(path, { recursive: true, force: true });
    syncFolder(home);
  } catch (error) {
    throw storageFault(error, path);
  }
}

/** Removes what a change left that never came to its header. The header names the only folder that counts. */
export function removeLeftOver(home: string, counts: string | undefined): void {
  for (const name of readdirSync(home)) {
    if (/^rekey-[0-9a-f]{16}$/.test(name) && name !== counts)
      rmSync(join(home, name), { recursive: true, force: true });
  }
}
