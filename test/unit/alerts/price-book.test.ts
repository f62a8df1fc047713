import { afterEach, describe, expect, it } from 'vitest';
import type { SeenPrices } from '#core/alerts/price-watch.ts';
import { openPriceBook, type PriceBook } from '#host/alerts/price-book.ts';
import { openTestStorage, START } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

const candle = (low: number, high: number, close: number): SeenPrices => ({
  market: 'simulated',
  symbol: 'BTC/USDT',
  low,
  high,
  close,
});

/** The book over a real journal, which refuses records while the disk is said to be full. */
function openBook() {
  const folder = tempFolder('mt-prices');
  ends.push(folder.remove);
  const storage = openTestStorage(folder.path);
  ends.push(() => storage.close());
  const disk = { full: false };
  const open = (): PriceBook =>
    openPriceBook(() => ({
      ...storage.journal,
      append(...given: Parameters<typeof storage.journal.append>) {
        if (disk.full) throw new Error('the disk is full');
        return storage.journal.append(...given);
      },
    }));
  const restart = (): PriceBook => {
    const book = open();
    for (const record of storage.journal.read(0, 100)) book.note(record);
    return book;
  };
  const types = (): readonly string[] => storage.journal.read(0, 100).map(({ type }) => type);
  const book = open();
  book.set({ symbol: 'BTC/USDT', market: 'simulated', side: 'above', level: '65000', once: false }, START);
  return { book, restart, types, disk };
}
const told = (book: PriceBook, seen: SeenPrices): readonly string[] => book.see(seen, START).map(({ price }) => price);

describe('a price alert that repeats', () => {
  it('speaks at the next touch after a restart when the price had been back on its other side before', () => {
    const { book, restart } = openBook();
    expect(told(book, candle(64_900, 65_100, 65_050))).toEqual(['65100']);
    expect(told(book, candle(64_000, 65_000, 64_100))).toEqual([]);
    const after = restart();
    expect(told(after, candle(64_100, 65_200, 65_200))).toEqual(['65200']);
    expect(told(after, candle(65_100, 65_300, 65_300))).toEqual([]);
  });

  it('says nothing after a restart while the price has stayed beyond its level, and writes one record for each way', () => {
    const { book, restart, types } = openBook();
    expect(told(book, candle(64_900, 65_100, 65_050))).toEqual(['65100']);
    const after = restart();
    expect(told(after, candle(65_000, 65_400, 65_300))).toEqual([]);
    for (const times of [0, 1, 0]) expect(told(after, candle(64_000, 65_400, 64_100))).toHaveLength(times);
    expect(types()).toEqual([
      'alert.price_set',
      'alert.price_fired',
      'alert.price_armed',
      'alert.price_fired',
      'alert.price_armed',
    ]);
  });

  it('is told at the next candle when what it reached could not be written down', () => {
    const { book, disk } = openBook();
    disk.full = true;
    expect(() => told(book, candle(64_900, 65_100, 65_050))).toThrow('the disk is full');
    disk.full = false;
    expect(told(book, candle(65_000, 65_200, 65_100))).toEqual(['65200']);
  });
});
