import { keyedHash } from '#adapters/digest/keyed-hash.ts';
import type { Hash } from '#core/domain/ids.ts';
import type { VerifyResult } from '#core/journal/types.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import { keyedHashCheck, prepareStatements } from './journal-statements.ts';
import { openReadOnly } from './open-db.ts';
import { guarded } from './storage-fault.ts';

/** The whole chain of a journal that lies somewhere as a copy, against its own head row. Throws Fault `locked` or `storage`. */
export function verifyJournalCopy(
  path: string,
  keys: { readonly db: Buffer; readonly auditMac: Buffer },
  chain: JournalChain,
): VerifyResult {
  const db = openReadOnly(path, keys.db);
  try {
    return guarded(path, () => {
      const statements = prepareStatements(db);
      const row = statements.head.get();
      const heads =
        row === undefined
          ? []
          : [{ name: 'the stored head', head: { seq: row.seq, hash: row.hash as Hash }, exact: true }];
      return chain.verify(statements.everything.iterate(), heads, [keyedHashCheck(keyedHash(keys.auditMac))]);
    });
  } finally {
    db.close();
  }
}
