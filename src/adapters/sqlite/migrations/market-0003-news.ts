import type { Migration } from '../migrate.ts';

/**
 * News that was gathered. `known_at` is the moment from which an item counts, the later of publication and arrival; nothing for an item
 * without a date, which never counts. `vector` is little-endian Float32 of the embedding model `model`.
 */
export const newsMigration: Migration = {
  version: 3,
  name: 'market-0003-news',
  sql: `
    create table news_source (
      name          text primary key,
      url           text,
      owner         text not null,
      weight        real not null check (weight >= 0 and weight <= 1),
      added_at      integer not null,
      etag          text,
      last_modified text,
      fetched_at    integer,
      fault         text
    ) strict, without rowid;
    create table news_item (
      seq          integer primary key,
      id           text not null unique,
      source       text not null,
      known_at     integer,
      quarantined  integer not null,
      item         text not null,
      tone         text not null,
      model        text,
      vector       blob
    ) strict;
    create index news_item_known on news_item (known_at, id);
    create index news_item_source on news_item (source);
    create table fear_greed (
      day          integer primary key,
      value        integer not null check (value between 0 and 100),
      retrieved_at integer not null
    ) strict;
  `,
};
