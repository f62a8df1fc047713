import type { Migration } from '../migrate.ts';

/**
 * The index that finds the first record of a run keeps first records alone (`run_seq` 1, once in each cycle that played the run), so that
 * no other record has to write a page of it.
 */
export const firstOfRunMigration: Migration = {
  version: 4,
  name: '0004-first-of-run',
  sql: `
    drop index journal_first_of_run;
    create index journal_first_of_run on journal (run_id, seq) where run_seq = 1;
  `,
};
