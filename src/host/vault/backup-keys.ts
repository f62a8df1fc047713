import { Fault } from '#core/kernel/fault.ts';
import { openBox } from './box.ts';
import { type Credential, obtainKey } from './credential.ts';
import { checkHeader, readHeader, type SlotKind } from './header.ts';
import { deriveKeys, keyFingerprint, retiredKey, type VaultKeys } from './keys.ts';
import { headerPath, type VaultOptions } from './vault-options.ts';

export type BackupVault = {
  /** What the backup's databases open with. */
  readonly keys: VaultKeys;
  /** What the data folder's open with. The same, unless the vault has got another data key since. */
  readonly present: VaultKeys;
  readonly rekeyed: boolean;
  readonly slot: SlotKind;
};

/**
 * The keys of a backup that was made under this vault's data key or an earlier one. Throws Fault `locked`, or `storage` when the backup
 * belongs to another vault or to a data key that is past remembering.
 */
export async function openBackupVault(
  options: VaultOptions,
  made: { readonly vaultId: string; readonly fingerprint: string },
  credential?: Credential,
): Promise<BackupVault> {
  const found = readHeader(headerPath(options.home));
  if (found === undefined)
    throw new Fault('storage', `${headerPath(options.home)} is missing`, 'give a backup that holds its vault header');
  const { body } = found;
  if (body.vaultId !== made.vaultId) {
    throw new Fault(
      'storage',
      'this backup belongs to another vault than this data folder',
      'restore it into an empty data folder (--home, or --to)',
    );
  }
  const { dek, slot } = await obtainKey(body, options, credential);
  try {
    checkHeader(found, dek);
    const present = deriveKeys(dek);
    if (keyFingerprint(dek) === made.fingerprint) return { keys: deriveKeys(dek), present, rekeyed: false, slot };
    const box = body.retired.find(({ fingerprint }) => fingerprint === made.fingerprint)?.box;
    const earlier = box === undefined ? undefined : openBox(retiredKey(dek), box, `retired|${body.vaultId}`);
    if (earlier === undefined) {
      throw new Fault(
        'storage',
        'this backup was made under a data key that this vault does not remember',
        'choose a newer backup (mt backup ls)',
      );
    }
    const keys = deriveKeys(earlier);
    earlier.fill(0);
    return { keys, present, rekeyed: true, slot };
  } finally {
    dek.fill(0);
  }
}
