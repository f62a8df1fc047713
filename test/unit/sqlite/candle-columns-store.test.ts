import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeChunk } from '#adapters/sqlite/candle-chunk.ts';
import { migrate } from '#adapters/sqlite/migrate.ts';
import { type Db, openDb } from '#adapters/sqlite/open-db.ts';
import { MARKET_MIGRATIONS } from '#adapters/sqlite/open-storage.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { emptyColumns, seriesOfColumns, sliceColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import { openTestStorage, TEST_KEY } from '#test/support/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const BTC = 'BTC/USDT.SIM' as InstrumentId;
const STEP = INTERVAL_MS['1m'];
let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const marketPath = (): string => join(folder.path, 'market.db');
function withMarket<T>(work: (db: Db) => T): T {
  const db = openDb(marketPath(), TEST_KEY, 'market');
  try {
    return work(db);
  } finally {
    db.close();
  }
}
function withStore<T>(work: (store: ReturnType<typeof openTestStorage>['candles']) => T): T {
  const storage = openTestStorage(folder.path);
  try {
    return work(storage.candles);
  } finally {
    storage.close();
  }
}
const without = (columns: CandleColumns, from: number, to: number): readonly CandleColumns[] => [
  sliceColumns(columns, 0, from),
  sliceColumns(columns, to, columns.length),
];

describe('columns in the store', () => {
  it('are read for a span of time, across rows of the database', () => {
    const columns = wanderingColumns(10_000);
    withStore((store) => store.putColumns(BTC, columns));
    withStore((store) => {
      expect(store.readColumns(BTC, '1m')).toEqual(columns);
      const [from, to] = [columns.openTime[4000] ?? 0, columns.openTime[8300] ?? 0];
      expect(store.readColumns(BTC, '1m', unixMs(from + 1), unixMs(to))).toEqual(sliceColumns(columns, 4001, 8300));
      expect(store.readColumns(BTC, '1m', unixMs(to), unixMs(from)).length).toBe(0);
      expect(store.readColumns(BTC, '1h')).toEqual(emptyColumns('1h', 0));
    });
  });

  it('know their holes, inside a row, between rows and over whole rows', () => {
    const columns = wanderingColumns(30_000);
    const parts = without(columns, 100, 103);
    const [, rest] = parts;
    if (rest === undefined) throw new Error('no part');
    withStore((store) => {
      for (const part of [parts[0], ...without(rest, 5000, 20_000)])
        if (part !== undefined) store.putColumns(BTC, part);
      expect(store.gaps(BTC, '1m').map(({ missing }) => missing)).toEqual([3, 15_000]);
      expect(store.gaps(BTC, '1m')[0]).toEqual({
        after: columns.openTime[99],
        before: columns.openTime[103],
        missing: 3,
      });
    });
  });

  it('close a hole when the missing candles come later', () => {
    const columns = wanderingColumns(6000);
    withStore((store) => {
      for (const part of without(columns, 4000, 4500)) store.putColumns(BTC, part);
      expect(store.gaps(BTC, '1m')).toHaveLength(1);
      expect(store.putColumns(BTC, sliceColumns(columns, 3990, 4510))).toEqual({ added: 500, known: 20, revised: 0 });
      expect(store.gaps(BTC, '1m')).toEqual([]);
      expect(store.readColumns(BTC, '1m')).toEqual(columns);
    });
  });

  it('are refused when they lie off the grid of the interval or out of order', () => {
    const columns = wanderingColumns(10);
    const shifted = { ...columns, openTime: columns.openTime.map((time, i) => (i === 7 ? time + 1 : time)) };
    const back = { ...columns, openTime: columns.openTime.map((time, i) => (i === 7 ? time - 2 * STEP : time)) };
    withStore((store) => {
      expect(() => store.putColumns(BTC, shifted)).toThrow(/does not start on a whole 1m/);
      expect(() => store.putColumns(BTC, back)).toThrow(/is not later than the one before it/);
      expect(store.list()).toEqual([]);
    });
  });

  it('keep nothing of an import that is refused in a later row of the database', () => {
    const columns = wanderingColumns(9000);
    const later = sliceColumns(columns, 8000, 9000);
    const other = { ...columns, close: columns.close.map((price, i) => (i === 8999 ? price + 0.01 : price)) };
    withStore((store) => {
      store.putColumns(BTC, later);
      expect(() => store.putColumns(BTC, other)).toThrow(/differs from the stored one/);
      expect(store.readColumns(BTC, '1m')).toEqual(later);
    });
  });

  it('say how a difference may be kept, and keep it with the old value', () => {
    const columns = wanderingColumns(5000);
    const corrected = { ...columns, close: columns.close.map((price, i) => (i === 4500 ? price + 0.01 : price)) };
    withStore((store) => {
      store.putColumns(BTC, columns);
      expect(() => store.putColumns(BTC, corrected)).toThrow(
        expect.objectContaining({ code: 'bad_data', remedy: expect.stringContaining('revision') }),
      );
      expect(store.readColumns(BTC, '1m')).toEqual(columns);
      expect(store.putColumns(BTC, corrected, { revise: { at: unixMs(1000) } })).toEqual({
        added: 0,
        known: 4999,
        revised: 1,
      });
      expect(store.readColumns(BTC, '1m')).toEqual(corrected);
      expect(store.revisions(BTC, '1m')).toEqual([
        {
          openTime: columns.openTime[4500],
          revision: 1,
          recordedAt: 1000,
          before: {
            open: columns.open[4500],
            high: columns.high[4500],
            low: columns.low[4500],
            close: columns.close[4500],
            volume: columns.volume[4500],
          },
        },
      ]);
      // The same correction once more is known, not another revision.
      expect(store.putColumns(BTC, corrected, { revise: { at: unixMs(2000) } }).revised).toBe(0);
    });
  });
});

describe('a row of the database that was tampered with', () => {
  it.each([
    ['shortened', 'update chunk set data = substr(data, 1, length(data) - 4) where rowid = 2'],
    [
      'of a layout that nobody writes',
      `update chunk set data = cast(x'09' || substr(data, 2) as blob) where rowid = 2`,
    ],
    ['that claims more candles than it has', 'update chunk set candles = candles + 1 where rowid = 2'],
    ['that begins at another time', 'update chunk set first_open = first_open + 60000 where rowid = 2'],
  ])('%s is refused by name', (_, sql) => {
    withStore((store) => store.putColumns(BTC, wanderingColumns(9000)));
    withMarket((db) => expect(db.prepare(sql).run().changes).toBe(1));
    withStore((store) => {
      expect(() => store.readColumns(BTC, '1m')).toThrow(
        expect.objectContaining({ code: 'storage', message: expect.stringContaining('is damaged') }),
      );
      // Importing over it must not hide the damage either.
      expect(() => store.putColumns(BTC, wanderingColumns(9000))).toThrow(expect.objectContaining({ code: 'storage' }));
    });
  });
});

describe('a row that holds a price which is no number', () => {
  it('is refused by name', () => {
    const columns = wanderingColumns(20);
    withStore((store) => store.putColumns(BTC, columns));
    const high = columns.high.map((price, i) => (i === 13 ? Number.NaN : price));
    withMarket((db) => db.prepare('update chunk set data = ?').run(encodeChunk({ ...columns, high })));
    withStore((store) => expect(() => store.readColumns(BTC, '1m')).toThrow(/is damaged/));
  });
});

describe('a database of the older schema', () => {
  it('keeps every candle bit for bit when it is opened by this version', () => {
    const columns = wanderingColumns(9000);
    const odd = { ...columns, volume: columns.volume.map((volume, i) => (i % 3 === 0 ? volume * 1e-9 : volume)) };
    const days = { ...wanderingColumns(50), interval: '1d' as const };
    const dayTimes = days.openTime.map((_, i) => i * INTERVAL_MS['1d']);
    const old = [
      [1, BTC, '1m', sliceColumns(odd, 0, 8990)],
      [2, 'ETH/USDT.SIM', '1d', { ...days, openTime: dayTimes }],
    ] as const;
    withMarket((db) => {
      migrate(db, marketPath(), MARKET_MIGRATIONS.slice(0, 1));
      const add = db.prepare('insert into candle values (?, ?, ?, ?, ?, ?, ?)');
      for (const [id, instrument, interval, part] of old) {
        db.prepare('insert into series values (?, ?, ?)').run(id, instrument, interval);
        for (const { openTime, open, high, low, close, volume } of seriesOfColumns(part).candles)
          add.run(id, openTime, open, high, low, close, volume);
      }
    });
    withStore((store) => {
      for (const [, instrument, interval, part] of old)
        expect(store.readColumns(instrument as InstrumentId, interval)).toEqual(part);
      // Going on where the older version stopped rewrites a row of the old layout.
      expect(store.putColumns(BTC, odd)).toEqual({ added: 10, known: 8990, revised: 0 });
      expect(store.readColumns(BTC, '1m')).toEqual(odd);
      expect(store.revisions(BTC, '1m')).toEqual([]);
    });
  });

  it('stays as it was when the conversion fails', () => {
    withMarket((db) => {
      migrate(db, marketPath(), MARKET_MIGRATIONS.slice(0, 1));
      db.prepare('insert into series values (1, ?, ?)').run(BTC, '7m');
    });
    expect(() => openTestStorage(folder.path)).toThrow(/unknown interval/);
    withMarket((db) => {
      expect(db.pragma('user_version', { simple: true })).toBe(1);
      expect(db.prepare('select count(*) from candle').pluck().get()).toBe(0);
    });
  });
});
