import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval, isInterval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CandleStore, StoredSeries } from '#core/ports/candle-store.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

type Row = {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};
type SeriesRow = {
  readonly instrumentId: string;
  readonly interval: string;
  readonly candles: number;
  readonly firstOpen: number;
  readonly lastOpen: number;
};

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Imported candles, one row each. `put` is one transaction: all of the candles, or none. */
export function createCandleStore(db: Db, path: string): CandleStore {
  const findSeries = db.prepare<[string, string], { id: number }>(
    'select id from series where instrument_id = ? and interval = ?',
  );
  const addSeries = db.prepare<[string, string]>(
    'insert into series (instrument_id, interval) values (?, ?) on conflict do nothing',
  );
  const add = db.prepare<[number, number, number, number, number, number, number]>(
    'insert into candle values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
  );
  const columns = 'open_time as openTime, open, high, low, close, volume';
  const one = db.prepare<[number, number], Row>(`select ${columns} from candle where series_id = ? and open_time = ?`);
  const all = db.prepare<[number], Row>(`select ${columns} from candle where series_id = ? order by open_time`);
  const list = db.prepare<[], SeriesRow>(
    `select instrument_id as instrumentId, interval, count(*) as candles, min(open_time) as firstOpen, max(open_time) as lastOpen
       from series join candle on candle.series_id = series.id group by series.id order by instrument_id, interval`,
  );

  const putAll = db.transaction((instrumentId: InstrumentId, interval: Interval, candles: readonly ClosedCandle[]) => {
    addSeries.run(instrumentId, interval);
    const series = findSeries.get(instrumentId, interval);
    if (series === undefined) throw new Error('the series was not created');
    let added = 0;
    for (const candle of candles) {
      refuseMalformed(candle, instrumentId, interval);
      const { openTime, open, high, low, close, volume } = candle;
      if (add.run(series.id, openTime, open, high, low, close, volume).changes === 1) added += 1;
      else refuseDifferent(candle, one.get(series.id, openTime), instrumentId, interval);
    }
    return { added, known: candles.length - added };
  });

  return {
    put(instrumentId, interval, candles) {
      if (candles.length === 0) return { added: 0, known: 0 };
      return guarded(path, () => putAll.immediate(instrumentId, interval, candles));
    },
    read(instrumentId, interval) {
      return guarded(path, () => {
        const series = findSeries.get(instrumentId, interval);
        return series === undefined ? [] : all.all(series.id).map((row) => toCandle(row, interval));
      });
    },
    list: () => guarded(path, () => list.all().map(toSeries)),
  };
}

const at = (openTime: number): string =>
  Math.abs(openTime) <= 8.64e15 ? new Date(openTime).toISOString() : String(openTime);

function refuseMalformed(candle: ClosedCandle, instrumentId: InstrumentId, interval: Interval): void {
  const wrong = FIELDS.find((field) => !Number.isFinite(candle[field]));
  if (wrong === undefined && candle.closeTime - candle.openTime === INTERVAL_MS[interval]) return;
  const what = wrong === undefined ? `does not last ${interval}` : `has no finite ${wrong}`;
  throw new Fault(
    'bad_data',
    `the ${instrumentId} ${interval} candle of ${at(candle.openTime)} ${what}`,
    'correct the file and import it again; nothing was kept',
  );
}

function refuseDifferent(
  candle: ClosedCandle,
  stored: Row | undefined,
  instrumentId: InstrumentId,
  interval: Interval,
): void {
  const field = FIELDS.find((name) => candle[name] !== stored?.[name]);
  if (field === undefined) return;
  throw new Fault(
    'bad_data',
    `the ${instrumentId} ${interval} candle of ${at(candle.openTime)} differs from the stored one: ${field} ${candle[field]}, stored ${stored?.[field]}`,
    'import a file that agrees with what is stored, or use another data folder (--home); nothing was kept',
  );
}

const toCandle = (row: Row, interval: Interval): ClosedCandle =>
  ({ ...row, openTime: unixMs(row.openTime), closeTime: unixMs(row.openTime + INTERVAL_MS[interval]) }) as ClosedCandle;

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
