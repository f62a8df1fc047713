import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

/** Schema version and number of rows of every table, as one text: two databases that hold the same have the same. */
export function rowCounts(db: Db, path: string): string {
  return guarded(path, () => {
    const tables = db
      .prepare<[], { name: string }>(`select name from sqlite_master where type = 'table' order by name`)
      .all()
      .map(({ name }) => `${name} ${String(db.prepare(`select count(*) from "${name}"`).pluck().get())}`);
    return [`version ${String(db.pragma('user_version', { simple: true }))}`, ...tables].join('\n');
  });
}
