import type { KeyedHash } from '#adapters/digest/keyed-hash.ts';
import type { Db } from './open-db.ts';

const ROWS_AT_ONCE = 1_000;

const NO_UPDATE = `
  create trigger journal_no_update before update on journal
    begin select raise(abort, 'the journal is append-only'); end;
`;

/**
 * Gives every record its keyed hash under a key: when the column is new, and when the key is. Run inside a transaction; the trigger that
 * keeps records as they are stands again at its end.
 */
export function writeKeyedHashes(db: Db, mac: KeyedHash): void {
  const next = db.prepare<[number, number], { seq: number; hash: string }>(
    'select seq, hash from journal where seq > ? order by seq limit ?',
  );
  const put = db.prepare<[string, number]>('update journal set mac = ? where seq = ?');
  db.exec('drop trigger journal_no_update');
  for (let rows = next.all(0, ROWS_AT_ONCE); rows.length > 0; rows = next.all(rows.at(-1)?.seq ?? 0, ROWS_AT_ONCE)) {
    for (const { seq, hash } of rows) put.run(mac(hash), seq);
  }
  db.exec(NO_UPDATE);
}
