import { keyedHash } from '#adapters/digest/keyed-hash.ts';
import { openSealedValue, sealValue } from '#adapters/sealing/sealed-value.ts';
import { ed25519Signer, newSigningKey } from '#adapters/signing/ed25519.ts';
import type { HeadSigner } from '#core/journal/signed-head.ts';
import { Fault } from '#core/kernel/fault.ts';
import { writeKeyedHashes } from './keyed-hashes.ts';
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
    const row = readRow(db);
    if (row === undefined) return makeSigner(db, fieldKey);
    const pkcs8 = openRow(row, path, fieldKey);
    const signer = ed25519Signer(pkcs8);
    pkcs8.fill(0);
    if (signer.publicKey === row.publicKey) return signer;
    throw doesNotOpen(path);
  });
}

/** The audit's two keys of a vault. */
export type AuditKeys = { readonly auditMac: Buffer; readonly field: Buffer };

/**
 * Takes a journal's audit over to the keys of a new data key: every keyed hash anew, the signing key sealed anew. The signing key itself
 * stays, so that heads signed before still are this vault's. All or nothing. Throws Fault `storage`.
 */
export function rekeyAudit(db: Db, path: string, before: AuditKeys, after: AuditKeys): void {
  const work = db.transaction(() => {
    writeKeyedHashes(db, keyedHash(after.auditMac));
    const row = readRow(db);
    if (row === undefined) return;
    const pkcs8 = openRow(row, path, before.field);
    db.prepare('update audit_signer set private_key = ? where id = 1').run(
      sealValue(after.field, labelOf(row.publicKey), pkcs8),
    );
    pkcs8.fill(0);
  });
  guarded(path, () => work.immediate());
}

const readRow = (db: Db): Row | undefined =>
  db.prepare<[], Row>('select public_key as publicKey, private_key as privateKey from audit_signer where id = 1').get();

function openRow(row: Row, path: string, fieldKey: Buffer): Buffer {
  const pkcs8 = openSealedValue(fieldKey, labelOf(row.publicKey), row.privateKey);
  if (pkcs8 === undefined) throw doesNotOpen(path);
  return pkcs8;
}

const doesNotOpen = (path: string): Fault =>
  new Fault(
    'storage',
    `the key in ${path} that signs the journal's heads does not open: it was changed, or is of another vault`,
    'put journal.db and the vault folder back from one backup (mt backup restore)',
  );

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
