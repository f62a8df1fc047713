import type { Migration } from '../migrate.ts';

/**
 * lab.db: back-tests, studies and what was ever tried. `configuration` counts each question once for each set of candles, and `holdout`
 * remembers which candles were looked at for the last time: both are only ever added to, because forgetting an attempt would make the
 * next result look better than it is. `result` rows are whole or absent; one missing is run again.
 */
export const labMigration: Migration = {
  version: 1,
  name: 'lab-0001-studies',
  sql: `
    create table run (
      id         text primary key,
      created_at integer not null,
      data_hash  text    not null,
      strategy   text    not null,
      status     text    not null check (status in ('completed', 'failed')),
      summary    text    not null,
      body       text,
      curve      blob,
      trades     blob
    ) strict, without rowid;
    create index run_newest on run (created_at desc, id);

    create table study (
      id         text primary key,
      created_at integer not null,
      kind       text    not null check (kind in ('search', 'walk-forward')),
      state      text    not null check (state in ('running', 'completed', 'failed', 'canceled', 'interrupted')),
      request    text    not null,
      facts      text    not null,
      elapsed_ms real    not null default 0,
      result     text,
      cause      text
    ) strict, without rowid;
    create index study_newest on study (created_at desc, id);

    create table result (
      run_hash text primary key,
      body     text not null,
      returns  blob
    ) strict, without rowid;
    create table task (
      study_id text not null references study (id),
      task     text not null,
      run_hash text not null references result (run_hash),
      primary key (study_id, task)
    ) strict, without rowid;

    create table configuration (
      data_hash          text not null,
      strategy           text not null,
      configuration_hash text not null,
      daily_sharpe       real,
      primary key (data_hash, strategy, configuration_hash)
    ) strict, without rowid;
    create trigger configuration_no_delete before delete on configuration
      begin select raise(abort, 'what was tried stays counted'); end;

    create table holdout (
      data_hash          text primary key,
      instrument_id      text    not null,
      from_ms            integer not null,
      to_ms              integer not null,
      configuration_hash text    not null,
      opened_at          integer not null,
      study_id           text    not null,
      strategy           text    not null
    ) strict, without rowid;
    create table holdout_result (
      data_hash text primary key references holdout (data_hash),
      body      text not null
    ) strict, without rowid;
    create trigger holdout_no_update before update on holdout
      begin select raise(abort, 'a holdout is opened once'); end;
    create trigger holdout_no_delete before delete on holdout
      begin select raise(abort, 'a holdout is opened once'); end;
    create trigger holdout_result_no_update before update on holdout_result
      begin select raise(abort, 'a holdout is judged once'); end;
    create trigger holdout_result_no_delete before delete on holdout_result
      begin select raise(abort, 'a holdout is judged once'); end;
  `,
};
