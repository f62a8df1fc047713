import { Fault } from '#core/kernel/fault.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

/** One step of a schema. Its number is the database's user_version afterwards; a released step is never edited. */
export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** Moves what SQL alone cannot; runs after `sql`, in the same transaction. */
  convert?(db: Db): void;
};

/**
 * Brings a database to the newest schema, each step in a transaction of its own with its version, so that a crash leaves a whole version.
 * Throws Fault `storage` for a database written by a newer program, and RangeError when the steps are not numbered 1, 2, 3...
 */
export function migrate(db: Db, path: string, migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new RangeError(`migration ${migration.name} is out of order`);
  });
  const found = guarded(path, () => db.pragma('user_version', { simple: true }) as number);
  if (found > migrations.length) {
    throw new Fault(
      'storage',
      `${path} was written by a newer version of this program (schema ${found}, known up to ${migrations.length})`,
      'update the program; the file was not touched',
    );
  }
  for (const migration of migrations.slice(found)) {
    guarded(path, () =>
      db
        .transaction(() => {
          db.exec(migration.sql);
          migration.convert?.(db);
          db.pragma(`user_version=${migration.version}`);
        })
        .immediate(),
    );
  }
}
