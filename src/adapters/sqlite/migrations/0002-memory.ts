import type { Migration } from '../migrate.ts';

/** Lessons: a view of the journal's `memory.lesson` records, kept for recall. `lesson` is canonical JSON of the whole lesson. */
export const memoryMigration: Migration = {
  version: 2,
  name: '0002-memory',
  sql: `
    create table lesson (
      id            text primary key,
      instrument_id text    not null,
      resolved_at   integer not null,
      decided_at    integer not null,
      lesson        text    not null
    ) strict, without rowid;
    create index lesson_known on lesson (resolved_at desc, decided_at desc, id);
    create index lesson_of_instrument on lesson (instrument_id, resolved_at desc, decided_at desc, id);
  `,
};
