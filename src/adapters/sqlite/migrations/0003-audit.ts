import type { KeyedHash } from '#adapters/digest/keyed-hash.ts';
import { writeKeyedHashes } from '../keyed-hashes.ts';
import type { Migration } from '../migrate.ts';

/**
 * Beside each record's hash its keyed hash, HMAC-SHA256(audit key, hash): somebody who knows the format can compute the first anew, and
 * not the second. `audit_signer` holds the key pair that signs heads, its private half sealed under the vault's field key.
 * Older records get their keyed hash here, once; from then on none is written without.
 */
export const auditMigration = (mac: KeyedHash): Migration => ({
  version: 3,
  name: '0003-audit',
  sql: `
    alter table journal add column mac text not null default '';
    create table audit_signer (
      id          integer primary key check (id = 1),
      public_key  text not null,
      private_key blob not null
    ) strict;
    create trigger journal_needs_mac before insert on journal when length(new.mac) <> 64
      begin select raise(abort, 'the journal is append-only, and each record has its keyed hash'); end;
  `,
  convert: (db) => writeKeyedHashes(db, mac),
});
