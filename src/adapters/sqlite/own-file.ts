import { Fault } from '#core/kernel/fault.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

/** The databases of a data folder. All open with the same key, so that a file in another's place opens too. */
export type DatabaseName = 'journal' | 'market' | 'lab';

/** A table that each has had since its first version, and no other has. */
const MARK: Readonly<Record<DatabaseName, string>> = { journal: 'journal', market: 'series', lab: 'study' };
const HOLDS: Readonly<Record<DatabaseName, string>> = {
  journal: 'the journal (journal.db)',
  market: 'candles (market.db)',
  lab: 'studies (lab.db)',
};

/** Refuses a database that was made as another one, before anything is written to it. Throws Fault `storage`; an empty file passes. */
export function assertOwnFile(db: Db, path: string, database: DatabaseName): void {
  const tables = guarded(path, () =>
    db
      .prepare<[], { name: string }>(`select name from sqlite_master where type = 'table'`)
      .all()
      .map(({ name }) => name),
  );
  if (tables.length === 0 || tables.includes(MARK[database])) return;
  const other = (Object.keys(MARK) as DatabaseName[]).find((candidate) => tables.includes(MARK[candidate]));
  const found = other === undefined ? 'something else' : HOLDS[other];
  throw new Fault(
    'storage',
    `${path} holds ${found} and not ${HOLDS[database]}`,
    'files of the data folder have changed places: give each its own name back, or restore them from a backup',
  );
}
