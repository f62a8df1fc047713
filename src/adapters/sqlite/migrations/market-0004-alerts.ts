import type { Migration } from '../migrate.ts';

/**
 * The rows of the Alert centre, how far the journal was read for them, and what was sent to hosts outside. They are made from the journal
 * and from what the engine sees, so they are no part of the hash chain: what the master decides about them is.
 */
export const alertsMigration: Migration = {
  version: 4,
  name: 'market-0004-alerts',
  sql: `
    create table alert (
      id          integer primary key autoincrement,
      key         text    not null,
      kind        text    not null,
      urgency     text    not null check (urgency in ('critical', 'normal', 'low')),
      environment text,
      at          integer not null,
      last_at     integer not null,
      count       integer not null check (count >= 1),
      text        text    not null,
      hidden      text    not null,
      link        text    not null,
      read        integer not null check (read in (0, 1)),
      held_back   text
    ) strict;
    create index alert_key on alert (key, last_at);
    create index alert_unread on alert (id) where read = 0;

    create table alert_reach (id integer primary key check (id = 1), seq integer not null) strict;

    create table egress (
      id      integer primary key autoincrement,
      at      integer not null,
      channel text    not null,
      host    text    not null,
      kind    text    not null,
      outcome text    not null check (outcome in ('sent', 'failed')),
      tries   integer not null
    ) strict;
  `,
};
