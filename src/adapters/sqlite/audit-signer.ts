import { openSealedValue, sealValue } from '#adapters/sealing/sealed-value.ts';
import { ed25519Signer, newSigningKey } from '#adapters/signing/ed25519.ts';
import type { HeadSigner } from '#core/journal/signed-head.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

type Row = { readonly publicKey: string; readonly privateKey: Buffer };

const labelOf = (publicKey: string): string => `mt/audit-signer/v1\n${publicKey}`;

/**
 * The journal's signing key: made once, kept in the journal's database (and so in its backups), its private half sealed under `fieldKey`.
 * Throws Fault `storage` when it was changed or belongs to another vault: a new one over it would make every earlier head look forged.
 */
export function openAuditSigner(db: Db, path: string, fieldKey: Buffer): HeadSigner {
  return guarded(path, () => {
    const row = db
      .prepare<[], Row>('select public_key as publicKey, private_key as privateKey from audit_signer where id = 1')
      .get();
    if (row === undefined) return makeSigner(db, fieldKey);
    const pkcs8 = openSealedValue(fieldKey, labelOf(row.publicKey), row.privateKey);
    const signer = pkcs8 === undefined ? undefined : ed25519Signer(pkcs8);
    pkcs8?.fill(0);
    if (signer?.publicKey === row.publicKey) return signer;
    throw new Fault(
      'storage',
      `the key in ${path} that signs the journal's heads does not open: it was changed, or is of another vault`,
      'put journal.db and the vault folder back from one backup (mt backup restore)',
    );
  });
}

function makeSigner(db: Db, fieldKey: Buffer): HeadSigner {
  const pkcs8 = newSigningKey();
  try {
    const signer = ed25519Signer(pkcs8);
    db.prepare('insert into audit_signer (id, public_key, private_key) values (1, ?, ?)').run(
      signer.publicKey,
      sealValue(fieldKey, labelOf(signer.publicKey), pkcs8),
    );
    return signer;
  } finally {
    pkcs8.fill(0);
  }
}
