import type { Migration } from '../migrate.ts';

/**
 * Lessons with the journal's time beside the market's: each version of a lesson with the record that brought it, what decisions measured,
 * and what was struck out. All of it is a view of the journal, so the old table is dropped and its lessons are read again from the records.
 * The index holds the few records that matter, so that reading the newest of them costs nothing.
 */
export const memoryInTwoTimesMigration: Migration = {
  version: 5,
  name: '0005-memory-in-two-times',
  sql: `
    drop table lesson;
    create table lesson (
      id            text    not null,
      recorded_seq  integer not null,
      instrument_id text    not null,
      resolved_at   integer not null,
      decided_at    integer not null,
      lesson        text    not null,
      primary key (id, recorded_seq)
    ) strict, without rowid;
    create index lesson_known on lesson (resolved_at desc, decided_at desc, id);
    create index lesson_of_instrument on lesson (instrument_id, resolved_at desc, decided_at desc, id);

    create table lesson_trial (
      lesson_id    text    not null,
      run_id       text    not null,
      recorded_seq integer not null,
      resolved_at  integer not null,
      withheld     integer not null check (withheld in (0, 1)),
      value        real    not null,
      primary key (lesson_id, run_id)
    ) strict, without rowid;

    create table lesson_revoked (
      lesson_id    text    not null primary key,
      recorded_seq integer not null,
      revoked_at   integer not null,
      reason       text    not null
    ) strict, without rowid;

    -- How far the records have been read into these tables.
    create table memory_reach (id integer primary key check (id = 1), seq integer not null) strict;
    insert into memory_reach values (1, 0);

    create index journal_of_memory on journal (seq) where type in ('memory.lesson', 'memory.revoked');

    insert into lesson
      select json_extract(payload, '$.lesson.id'), seq, json_extract(payload, '$.lesson.instrumentId'),
        json_extract(payload, '$.lesson.resolvedAt'), json_extract(payload, '$.lesson.decidedAt'), json_extract(payload, '$.lesson')
      from journal
      where type in ('memory.lesson', 'memory.revoked') and json_extract(payload, '$.lesson.id') is not null;
    update memory_reach set seq = (select coalesce(max(recorded_seq), 0) from lesson);
  `,
};
