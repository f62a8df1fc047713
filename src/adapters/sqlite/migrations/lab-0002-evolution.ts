import type { Migration } from '../migrate.ts';

/**
 * Evolutions are a third kind of study, for which `study` is made anew: SQLite cannot widen a check in place. Genomes are kept once,
 * whichever study bred them; one that has children cannot be forgotten. What was looked at and decided is only ever added to.
 */
export const labEvolutionMigration: Migration = {
  version: 2,
  name: 'lab-0002-evolution',
  sql: `
    create table study_wider (
      id         text primary key,
      created_at integer not null,
      kind       text    not null check (kind in ('search', 'walk-forward', 'evolution')),
      state      text    not null check (state in ('running', 'completed', 'failed', 'canceled', 'interrupted')),
      request    text    not null,
      facts      text    not null,
      elapsed_ms real    not null default 0,
      result     text,
      cause      text
    ) strict, without rowid;
    insert into study_wider select id, created_at, kind, state, request, facts, elapsed_ms, result, cause from study;
    create table task_wider (
      study_id text not null references study_wider (id),
      task     text not null,
      run_hash text not null references result (run_hash),
      primary key (study_id, task)
    ) strict, without rowid;
    insert into task_wider select study_id, task, run_hash from task;
    drop table task;
    drop table study;
    alter table study_wider rename to study;
    alter table task_wider rename to task;
    create index study_newest on study (created_at desc, id);

    create table genome (
      hash text primary key,
      body text not null
    ) strict, without rowid;
    create table genome_parent (
      child  text not null references genome (hash) on delete cascade,
      parent text not null references genome (hash) on delete restrict,
      primary key (child, parent)
    ) strict, without rowid;
    create index genome_children on genome_parent (parent);
    create table bred (
      study_id   text    not null references study (id),
      place      integer not null,
      generation integer not null,
      origin     text    not null,
      hash       text    not null references genome (hash) on delete restrict,
      primary key (study_id, place)
    ) strict, without rowid;
    create index bred_genome on bred (hash);

    create table proof_look (
      data_hash          text not null,
      configuration_hash text not null,
      study_id           text not null,
      primary key (data_hash, configuration_hash)
    ) strict, without rowid;
    create trigger proof_look_no_delete before delete on proof_look
      begin select raise(abort, 'what was looked at stays counted'); end;

    create table promotion (
      seq         integer primary key,
      study_id    text    not null,
      genome_hash text    not null references genome (hash) on delete restrict,
      market      text    not null,
      at          integer not null,
      decision    text    not null check (decision in ('promoted', 'replaced', 'refused', 'kept', 'demoted')),
      figures     text    not null,
      reasons     text    not null
    ) strict;
    create trigger promotion_no_update before update on promotion
      begin select raise(abort, 'what was decided stays written'); end;
    create trigger promotion_no_delete before delete on promotion
      begin select raise(abort, 'what was decided stays written'); end;
  `,
};
