import { afterAll, describe, expect, it } from 'vitest';
import { decodeChunk, encodeChunk } from '#adapters/sqlite/candle-chunk.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { COLUMN_NAMES, columnsOfCandles, emptyColumns } from '#core/market/candle-columns.ts';
import { findGaps } from '#core/market/candle-series.ts';
import { openTestStorage } from '#test/support/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import * as fc from '../support/seeded-check.ts';

const folder = tempFolder();
const { candles: store, close } = openTestStorage(folder.path);
afterAll(() => {
  close();
  folder.remove();
});

const STEP = INTERVAL_MS['1m'];
/** Around the border between two rows of the database, and a hole of several whole rows further on. */
const index = fc.oneof(fc.integer({ min: 4080, max: 4112 }), fc.integer({ min: 20_470, max: 20_490 }));
const value = fc.oneof(
  fc.integer({ min: 0, max: 9_999_999 }).map((cents) => cents / 100),
  // Around what a whole number of 32 bits holds.
  fc.integer({ min: 2 ** 31 - 2, max: 2 ** 31 + 2 }).map((units) => units / 100),
  fc.integer({ min: 2 ** 31 - 2, max: 2 ** 31 + 2 }).map((units) => -units),
  // Databases know no negative zero, and neither do markets.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((any) => any + 0),
);
const candle = fc
  .record({ index, open: value, high: value, low: value, close: value, volume: value })
  .map(
    ({ index: at, ...values }) =>
      ({ openTime: unixMs(at * STEP), closeTime: unixMs((at + 1) * STEP), ...values }) as ClosedCandle,
  );
const batch = fc.uniqueArray(candle, { selector: ({ openTime }) => openTime, minLength: 1, maxLength: 40 });

let series = 0;
const fresh = (): InstrumentId => {
  series += 1;
  return `T${series}/USDT.SIM` as InstrumentId;
};
const ordered = (known: ReadonlyMap<number, ClosedCandle>): readonly ClosedCandle[] =>
  [...known.values()].sort((a, b) => a.openTime - b.openTime);

describe('stored candles', () => {
  it('are what a plain map would hold, whatever the order and the overlap of the imports', () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 4 }), index, index, (batches, from, to) => {
        const id = fresh();
        const known = new Map<number, ClosedCandle>();
        for (const given of batches) {
          // A candle that is known already comes with its stored values, so that nothing contradicts.
          const agreeing = given.map((one) => known.get(one.openTime) ?? one);
          const isNew = agreeing.filter(({ openTime }) => !known.has(openTime)).length;
          expect(store.put(id, '1m', agreeing)).toEqual({ added: isNew, known: given.length - isNew, revised: 0 });
          for (const one of agreeing) known.set(one.openTime, one);
        }
        const all = ordered(known);
        expect(store.put(id, '1m', all)).toEqual({ added: 0, known: all.length, revised: 0 });
        expect(store.read(id, '1m')).toEqual(all);
        expect(store.gaps(id, '1m')).toEqual(findGaps(all, '1m'));
        const within = all.filter(({ openTime }) => openTime >= from * STEP && openTime < to * STEP);
        const columns = store.readColumns(id, '1m', unixMs(from * STEP), unixMs(to * STEP));
        expect(columns).toEqual(columnsOfCandles(within, '1m'));
      }),
      { numRuns: 60 },
    );
  });

  it('keep every value that a revision replaces, in the order in which it was replaced', () => {
    fc.assert(
      fc.property(batch, fc.array(batch, { minLength: 1, maxLength: 3 }), (first, later) => {
        const id = fresh();
        store.put(id, '1m', first);
        const known = new Map(first.map((one) => [one.openTime as number, one]));
        const replaced: { openTime: number; revision: number; recordedAt: number; before: unknown }[] = [];
        for (const [round, given] of later.entries()) {
          let revised = 0;
          for (const one of given) {
            const old = known.get(one.openTime);
            known.set(one.openTime, one);
            if (old === undefined || COLUMN_NAMES.every((name) => old[name] === one[name])) continue;
            revised += 1;
            const { openTime, closeTime: _, ...before } = old;
            const revision = replaced.filter((other) => other.openTime === openTime).length + 1;
            replaced.push({ openTime, revision, recordedAt: round, before });
          }
          expect(store.put(id, '1m', given, { revise: { at: unixMs(round) } }).revised).toBe(revised);
        }
        expect(store.read(id, '1m')).toEqual(ordered(known));
        expect(store.revisions(id, '1m')).toEqual(
          replaced.sort((a, b) => a.openTime - b.openTime || a.revision - b.revision),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('come back from their bytes bit for bit', () => {
    fc.assert(
      fc.property(batch, (given) => {
        const columns = columnsOfCandles(ordered(new Map(given.map((one) => [one.openTime, one]))), '1m');
        const room = emptyColumns('1m', columns.length);
        const span = {
          candles: columns.length,
          firstOpen: columns.openTime[0] ?? 0,
          lastOpen: columns.openTime.at(-1) ?? 0,
        };
        expect(decodeChunk(encodeChunk(columns), room, 0, span)).toBe(true);
        expect(room).toEqual(columns);
      }),
    );
  });

  it('are refused, and never misread, when bytes of theirs are missing, added or of another layout', () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1, max: 60 }), fc.boolean(), (given, amount, cut) => {
        const columns = columnsOfCandles(ordered(new Map(given.map((one) => [one.openTime, one]))), '1m');
        const bytes = encodeChunk(columns);
        const span = {
          candles: columns.length,
          firstOpen: columns.openTime[0] ?? 0,
          lastOpen: columns.openTime.at(-1) ?? 0,
        };
        const damaged = cut ? bytes.subarray(0, bytes.length - amount) : Buffer.concat([bytes, Buffer.alloc(amount)]);
        expect(decodeChunk(damaged, emptyColumns('1m', columns.length), 0, span)).toBe(false);
        const other = Buffer.from(bytes);
        other[0] = 2;
        expect(decodeChunk(other, emptyColumns('1m', columns.length), 0, span)).toBe(false);
      }),
    );
  });
});
