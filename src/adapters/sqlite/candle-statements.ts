import type { Statement } from 'better-sqlite3';
import type { Db } from './open-db.ts';

/** A row of candles without its columns. Times are open times. */
export type ChunkFacts = {
  readonly slot: number;
  readonly firstOpen: number;
  readonly lastOpen: number;
  readonly candles: number;
};
export type ChunkRow = ChunkFacts & { readonly data: Buffer };

export type SeriesRow = {
  readonly instrumentId: string;
  readonly interval: string;
  readonly candles: number;
  readonly firstOpen: number;
  readonly lastOpen: number;
};

type RevisionRow = {
  readonly openTime: number;
  readonly revision: number;
  readonly recordedAt: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

const FACTS = 'slot, first_open as firstOpen, last_open as lastOpen, candles';

export type CandleStatements = {
  readonly seriesId: Statement<[instrumentId: string, interval: string], number>;
  readonly addSeries: Statement<[instrumentId: string, interval: string]>;
  readonly chunk: Statement<[seriesId: number, slot: number], ChunkRow>;
  readonly facts: Statement<[seriesId: number], ChunkFacts>;
  readonly putChunk: Statement<[number, number, number, number, number, Buffer]>;
  readonly within: Statement<[seriesId: number, from: number, to: number], ChunkFacts>;
  readonly countRevisions: Statement<[seriesId: number, openTime: number], number>;
  readonly addRevision: Statement<number[]>;
  readonly revisions: Statement<[instrumentId: string, interval: string], RevisionRow>;
  readonly list: Statement<[], SeriesRow>;
};

/** Everything that the candle store asks of market.db. */
export const candleStatements = (db: Db): CandleStatements => ({
  seriesId: db
    .prepare<[string, string], number>('select id from series where instrument_id = ? and interval = ?')
    .pluck(),
  addSeries: db.prepare<[string, string]>(
    'insert into series (instrument_id, interval) values (?, ?) on conflict do nothing',
  ),
  chunk: db.prepare<[number, number], ChunkRow>(`select ${FACTS}, data from chunk where series_id = ? and slot = ?`),
  facts: db.prepare<[number], ChunkFacts>(`select ${FACTS} from chunk where series_id = ? order by slot`),
  putChunk: db.prepare<[number, number, number, number, number, Buffer]>(
    `insert into chunk (series_id, slot, first_open, last_open, candles, data) values (?, ?, ?, ?, ?, ?)
       on conflict do update set first_open = excluded.first_open, last_open = excluded.last_open,
         candles = excluded.candles, data = excluded.data`,
  ),
  within: db.prepare<[number, number, number], ChunkFacts>(
    `select ${FACTS} from chunk where series_id = ? and last_open >= ? and first_open < ? order by slot`,
  ),
  countRevisions: db
    .prepare<[number, number], number>('select count(*) from revision where series_id = ? and open_time = ?')
    .pluck(),
  addRevision: db.prepare<number[]>('insert into revision values (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  revisions: db.prepare<[string, string], RevisionRow>(
    `select open_time as openTime, revision, recorded_at as recordedAt, open, high, low, close, volume
       from revision join series on series.id = series_id
      where instrument_id = ? and interval = ? order by open_time, revision`,
  ),
  list: db.prepare<[], SeriesRow>(
    `select instrument_id as instrumentId, interval, sum(candles) as candles, min(first_open) as firstOpen,
            max(last_open) as lastOpen
       from series join chunk on chunk.series_id = series.id group by series.id order by instrument_id, interval`,
  ),
});
