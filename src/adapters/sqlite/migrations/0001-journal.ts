import type { Migration } from '../migrate.ts';

/**
 * The journal and its head. Rows are only ever added: the triggers refuse the rest, and the hash chain shows what gets past them.
 * `journal_head` has one row, rewritten in the transaction of every append; `last_cycle` is the newest ordinal handed out.
 */
export const journalMigration: Migration = {
  version: 1,
  name: '0001-journal',
  sql: `
    create table journal (
      seq      integer primary key,
      cycle    integer not null check (cycle >= 0),
      run_id   text    not null,
      run_seq  integer not null check (run_seq >= 1),
      ts       integer not null,
      type     text    not null,
      payload  text    not null,
      run_hash text    not null,
      hash     text    not null
    ) strict;
    create unique index journal_run on journal (cycle, run_id, run_seq);
    create index journal_first_of_run on journal (run_id, seq);

    create table journal_head (
      id         integer primary key check (id = 1),
      seq        integer not null,
      hash       text    not null,
      last_cycle integer not null
    ) strict;
    insert into journal_head values (1, 0, '${'0'.repeat(64)}', 0);

    create trigger journal_only_next before insert on journal
      when new.seq is not (select coalesce(max(seq), 0) + 1 from journal)
      begin select raise(abort, 'the journal is append-only'); end;
    create trigger journal_no_update before update on journal
      begin select raise(abort, 'the journal is append-only'); end;
    create trigger journal_no_delete before delete on journal
      begin select raise(abort, 'the journal is append-only'); end;
    create trigger journal_head_no_delete before delete on journal_head
      begin select raise(abort, 'the journal is append-only'); end;
  `,
};
