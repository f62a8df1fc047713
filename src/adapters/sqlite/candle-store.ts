import type { CandleGap } from '#core/domain/candle.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval, isInterval } from '#core/domain/interval.ts';
import { emptyColumns, gapsOfTimes, seriesOfColumns, sliceByTime, sliceColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { CandleStore, PutOptions, PutResult, StoredSeries } from '#core/ports/candle-store.ts';
import { CHUNK_CANDLES, decodeChunk, encodeChunk, slotOf } from './candle-chunk.ts';
import { damagedSeries, refuseDifferent, refuseMalformed } from './candle-faults.ts';
import { type ChunkFacts, type ChunkRow, candleStatements, type SeriesRow } from './candle-statements.ts';
import { mergeCandles } from './merge-candles.ts';
import type { Db } from './open-db.ts';
import { orderCandles } from './order-candles.ts';
import { guarded } from './storage-fault.ts';

const ROWS_TO_SHRINK = 32;

/** Imported candles, some thousands in a row of the database. Every put is one transaction: all of the candles, or none. */
export function createCandleStore(db: Db, path: string): CandleStore {
  const sql = candleStatements(db);

  const scratch = new Int32Array(CHUNK_CANDLES);
  const decoded = (row: ChunkRow, into: CandleColumns, at: number): void => {
    if (!decodeChunk(row.data, into, at, row, scratch)) throw damagedSeries(path, into.interval, row.firstOpen);
    release(row.data);
  };

  /** Puts the candles of one slot beside what is stored there. */
  const putSlot = (
    seriesId: number,
    instrumentId: InstrumentId,
    part: CandleColumns,
    options: PutOptions,
  ): PutResult => {
    const slot = slotOf(part.openTime[0] as number, INTERVAL_MS[part.interval]);
    const write = (columns: CandleColumns): void => {
      const { length, openTime } = columns;
      sql.putChunk.run(
        seriesId,
        slot,
        openTime[0] as number,
        openTime[length - 1] as number,
        length,
        encodeChunk(columns),
      );
    };
    const row = sql.chunk.get(seriesId, slot);
    if (row === undefined) {
      write(part);
      return { added: part.length, known: 0, revised: 0 };
    }
    const stored = emptyColumns(part.interval, row.candles);
    decoded(row, stored, 0);
    const { columns, added, known, differing } = mergeCandles(stored, part);
    for (const pair of differing) {
      if (options.revise === undefined) throw refuseDifferent(instrumentId, part, pair.incoming, stored, pair.stored);
      const openTime = part.openTime[pair.incoming] as number;
      const values = [stored.open, stored.high, stored.low, stored.close, stored.volume].map(
        (column) => column[pair.stored] as number,
      );
      const count = sql.countRevisions.get(seriesId, openTime) ?? 0;
      sql.addRevision.run(seriesId, openTime, count + 1, options.revise.at, ...values);
    }
    if (added + differing.length > 0) write(columns);
    return { added, known, revised: differing.length };
  };

  const putAll = db.transaction(
    (instrumentId: InstrumentId, columns: CandleColumns, options: PutOptions): PutResult => {
      const intervalMs = INTERVAL_MS[columns.interval];
      sql.addSeries.run(instrumentId, columns.interval);
      const seriesId = sql.seriesId.get(instrumentId, columns.interval);
      if (seriesId === undefined) throw new Error('the series was not created');
      const total = { added: 0, known: 0, revised: 0 };
      for (let begin = 0; begin < columns.length; ) {
        const slot = slotOf(columns.openTime[begin] as number, intervalMs);
        let end = begin + 1;
        while (end < columns.length && slotOf(columns.openTime[end] as number, intervalMs) === slot) end += 1;
        const done = putSlot(seriesId, instrumentId, sliceColumns(columns, begin, end), options);
        total.added += done.added;
        total.known += done.known;
        total.revised += done.revised;
        begin = end;
      }
      return total;
    },
  );

  const putColumns = (instrumentId: InstrumentId, columns: CandleColumns, options: PutOptions = {}): PutResult => {
    refuseMalformed(instrumentId, columns);
    if (columns.length === 0) return { added: 0, known: 0, revised: 0 };
    return guarded(path, () => putAll.immediate(instrumentId, columns, options));
  };

  const rowAt = (seriesId: number, slot: number): ChunkRow => {
    const row = sql.chunk.get(seriesId, slot);
    if (row === undefined) throw new Error(`the row of slot ${slot} was there a moment ago`);
    return row;
  };

  const readColumns = (instrumentId: InstrumentId, interval: Interval, from?: UnixMs, to?: UnixMs): CandleColumns =>
    guarded(path, () => {
      const seriesId = sql.seriesId.get(instrumentId, interval);
      if (seriesId === undefined) return emptyColumns(interval, 0);
      const rows = sql.within.all(seriesId, from ?? Number.MIN_SAFE_INTEGER, to ?? Number.MAX_SAFE_INTEGER);
      const columns = emptyColumns(
        interval,
        rows.reduce((sum, { candles }) => sum + candles, 0),
      );
      let at = 0;
      for (const [index, { slot }] of rows.entries()) {
        decoded(rowAt(seriesId, slot), columns, at);
        at += rows[index]?.candles ?? 0;
        // The pages of a long read would pile up in the cache of the database, beside the columns that are made of them.
        if (index % ROWS_TO_SHRINK === ROWS_TO_SHRINK - 1) db.pragma('shrink_memory');
      }
      return sliceByTime(columns, from, to);
    });

  const gaps = (instrumentId: InstrumentId, interval: Interval): readonly CandleGap[] =>
    guarded(path, () => {
      const seriesId = sql.seriesId.get(instrumentId, interval);
      if (seriesId === undefined) return [];
      let previous: number | undefined;
      return sql.facts.all(seriesId).flatMap((facts) => {
        const between = gapsOfTimes(
          Float64Array.of(previous ?? facts.firstOpen - INTERVAL_MS[interval], facts.firstOpen),
          interval,
        );
        previous = facts.lastOpen;
        return [...between, ...gapsWithin(seriesId, facts, interval)];
      });
    });

  /** Only a row that is shorter than its span is read for its holes. */
  const gapsWithin = (seriesId: number, { slot, firstOpen, lastOpen, candles }: ChunkFacts, interval: Interval) => {
    if ((lastOpen - firstOpen) / INTERVAL_MS[interval] + 1 === candles) return [];
    const row = rowAt(seriesId, slot);
    const columns = emptyColumns(interval, row.candles);
    decoded(row, columns, 0);
    return gapsOfTimes(columns.openTime, interval);
  };

  return {
    put: (instrumentId, interval, candles, options) => {
      const { columns, twice } = orderCandles(instrumentId, interval, candles);
      const done = putColumns(instrumentId, columns, options);
      return { ...done, known: done.known + twice };
    },
    putColumns,
    read: (instrumentId, interval) => seriesOfColumns(readColumns(instrumentId, interval)).candles,
    readColumns,
    list: () => guarded(path, () => sql.list.all().map(toSeries)),
    gaps,
    revisions: (instrumentId, interval) =>
      guarded(path, () =>
        sql.revisions.all(instrumentId, interval).map(({ openTime, revision, recordedAt, ...before }) => ({
          openTime: unixMs(openTime),
          revision,
          recordedAt: unixMs(recordedAt),
          before,
        })),
      ),
  };
}

/** Gives the bytes of a blob back at once: the collector takes its time, and a long read makes as many bytes of blobs as of columns. */
function release(data: Buffer): void {
  const buffer: ArrayBufferLike & { transfer?(length: number): unknown } = data.buffer;
  if (buffer.byteLength === data.byteLength) buffer.transfer?.(0);
}

function toSeries(row: SeriesRow): StoredSeries {
  if (!isInterval(row.interval)) throw new Error(`unknown interval in the store: ${row.interval}`);
  return {
    instrumentId: row.instrumentId as InstrumentId,
    interval: row.interval,
    candles: row.candles,
    firstOpen: unixMs(row.firstOpen),
    lastOpen: unixMs(row.lastOpen),
  };
}
