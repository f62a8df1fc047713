import { INTERVAL_MS, isInterval } from '#core/domain/interval.ts';
import type { Migration } from '../migrate.ts';
import type { Db } from '../open-db.ts';

/**
 * Candles as rows of columns instead of one row each: a million of them are read in a fraction of the time. This step holds the layout as
 * it was when it was released, whatever the store writes later: a row covers a fixed span of 4,096 intervals since 1970, its blob is eight
 * bytes (layout 1 and six codes 0) and the columns open time, open, high, low, close, volume, each value a little-endian Float64.
 * `revision` keeps replaced values.
 */
export const candleChunksMigration: Migration = {
  version: 2,
  name: 'market-0002-candle-chunks',
  sql: `
    create table chunk (
      series_id  integer not null references series (id),
      slot       integer not null,
      first_open integer not null,
      last_open  integer not null,
      candles    integer not null,
      data       blob not null,
      primary key (series_id, slot)
    ) strict;
    create table revision (
      series_id   integer not null references series (id),
      open_time   integer not null,
      revision    integer not null,
      recorded_at integer not null,
      open        real not null,
      high        real not null,
      low         real not null,
      close       real not null,
      volume      real not null,
      primary key (series_id, open_time, revision)
    ) strict, without rowid;
  `,
  convert(db) {
    const series = db.prepare<[], { id: number; interval: string }>('select id, interval from series').all();
    for (const { id, interval } of series) {
      if (!isInterval(interval)) throw new TypeError(`unknown interval in the store: ${interval}`);
      packRows(db, id, CANDLES * INTERVAL_MS[interval]);
    }
    db.exec('drop table candle');
  },
};

const CANDLES = 4096;
const COLUMNS = 6;
const WIDTH = 8;
const HEADER = 8;
const LAYOUT = 1;

/** Moves the rows of one series, one span after another, so that memory does not grow with the series. */
function packRows(db: Db, seriesId: number, spanMs: number): void {
  const after = db
    .prepare<[number, number], number | null>(
      'select min(open_time) from candle where series_id = ? and open_time >= ?',
    )
    .pluck();
  const within = db
    .prepare<[number, number, number], readonly number[]>(
      `select open_time, open, high, low, close, volume from candle
        where series_id = ? and open_time >= ? and open_time < ? order by open_time`,
    )
    .raw();
  const add = db.prepare<[number, number, number | undefined, number | undefined, number, Buffer]>(
    'insert into chunk (series_id, slot, first_open, last_open, candles, data) values (?, ?, ?, ?, ?, ?)',
  );
  let from = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const next = after.get(seriesId, from);
    if (next === null || next === undefined) return;
    const slot = Math.floor(next / spanMs);
    from = (slot + 1) * spanMs;
    const rows = within.all(seriesId, slot * spanMs, from);
    const data = Buffer.alloc(HEADER + rows.length * COLUMNS * WIDTH);
    data[0] = LAYOUT;
    for (const [index, row] of rows.entries())
      for (const [column, value] of row.entries())
        data.writeDoubleLE(value, HEADER + (column * rows.length + index) * WIDTH);
    add.run(seriesId, slot, rows[0]?.[0], rows.at(-1)?.[0], rows.length, data);
  }
}
