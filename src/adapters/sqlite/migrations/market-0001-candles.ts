import type { Migration } from '../migrate.ts';

/** Imported candles of market.db. The close time follows from the interval. Floats on purpose: candles are never money. */
export const candlesMigration: Migration = {
  version: 1,
  name: 'market-0001-candles',
  sql: `
    create table series (
      id            integer primary key,
      instrument_id text not null,
      interval      text not null,
      unique (instrument_id, interval)
    ) strict;
    create table candle (
      series_id integer not null references series (id),
      open_time integer not null,
      open      real not null,
      high      real not null,
      low       real not null,
      close     real not null,
      volume    real not null,
      primary key (series_id, open_time)
    ) strict, without rowid;
  `,
};
