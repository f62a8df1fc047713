import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { createRng } from '#core/kernel/rng.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { START as ANY_START, openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const START = ANY_START - (ANY_START % INTERVAL_MS['1d']);
const BTC = 'BTC/USDT.SIM' as InstrumentId;
const ETH = 'ETH/USDT.SIM' as InstrumentId;
let folder = tempFolder();
let storage = openTestStorage(folder.path);
beforeEach(() => {
  storage.close();
  folder.remove();
  folder = tempFolder();
  storage = openTestStorage(folder.path);
});
afterEach(() => {
  storage.close();
  folder.remove();
});

const rng = createRng(3);
const candle = (index: number, edit: Partial<ClosedCandle> = {}): ClosedCandle => {
  const open = 30_000 + rng.next() * 100;
  const close = 30_000 + rng.next() * 100;
  return {
    openTime: unixMs(START + index * INTERVAL_MS['1h']),
    closeTime: unixMs(START + (index + 1) * INTERVAL_MS['1h']),
    open,
    high: Math.max(open, close) + 0.1,
    low: Math.min(open, close) - 0.1,
    close,
    volume: index % 7 === 0 ? 0 : rng.next() * 1e-9,
    ...edit,
  } as ClosedCandle;
};
const candles = (count: number, from = 0): readonly ClosedCandle[] =>
  Array.from({ length: count }, (_, i) => candle(from + i));

describe('the candle store', () => {
  it('gives back every float exactly, in time order, after a restart', () => {
    const series = candles(500);
    expect(storage.candles.put(BTC, '1h', series.toReversed())).toEqual({ added: 500, known: 0, revised: 0 });
    storage.close();
    storage = openTestStorage(folder.path);
    expect(storage.candles.read(BTC, '1h')).toEqual(series);
    expect(storage.candles.read(ETH, '1h')).toEqual([]);
    expect(storage.candles.read(BTC, '4h')).toEqual([]);
  });

  it('adds only what is new when a file is imported again', () => {
    const series = candles(300);
    storage.candles.put(BTC, '1h', series.slice(0, 200));
    expect(storage.candles.put(BTC, '1h', series)).toEqual({ added: 100, known: 200, revised: 0 });
    expect(storage.candles.put(BTC, '1h', series)).toEqual({ added: 0, known: 300, revised: 0 });
    expect(storage.candles.put(BTC, '1h', [])).toEqual({ added: 0, known: 0, revised: 0 });
    expect(storage.candles.read(BTC, '1h')).toEqual(series);
  });

  it.each(['open', 'high', 'low', 'close', 'volume'] as const)(
    'refuses a candle whose %s differs from the stored one, and keeps nothing of the batch',
    (field) => {
      const series = candles(50);
      storage.candles.put(BTC, '1h', series);
      const stored = series[30];
      if (stored === undefined) throw new Error('no candle');
      const other = { ...stored, [field]: stored[field] + 0.01 } as ClosedCandle;
      expect(() => storage.candles.put(BTC, '1h', [...candles(20, 50), other])).toThrow(
        expect.objectContaining({
          code: 'bad_data',
          message: expect.stringContaining(`${utcText(stored.openTime)} differs from the stored one: ${field}`),
        }),
      );
      expect(storage.candles.read(BTC, '1h')).toEqual(series);
    },
  );

  it('refuses a batch that contradicts itself, leaving no trace of the series', () => {
    const first = candle(0);
    expect(() => storage.candles.put(BTC, '1h', [first, { ...first, close: first.close + 1 }])).toThrow(
      expect.objectContaining({ code: 'bad_data' }),
    );
    expect(storage.candles.list()).toEqual([]);
  });

  it.each([
    ['no finite close', { close: Number.NaN }],
    ['no finite high', { high: Number.POSITIVE_INFINITY }],
    ['does not last 1h', { closeTime: unixMs(START) }],
  ])('refuses a candle that has %s', (why, edit) => {
    expect(() => storage.candles.put(BTC, '1h', [candle(1), candle(0, edit)])).toThrow(
      expect.objectContaining({ code: 'bad_data', message: expect.stringContaining(why) }),
    );
    expect(storage.candles.list()).toEqual([]);
  });

  it('lists what it holds by instrument and interval', () => {
    storage.candles.put(ETH, '1h', candles(5));
    storage.candles.put(BTC, '1h', candles(3, 10));
    const hour = INTERVAL_MS['1h'];
    expect(storage.candles.list()).toEqual([
      { instrumentId: BTC, interval: '1h', candles: 3, firstOpen: START + 10 * hour, lastOpen: START + 12 * hour },
      { instrumentId: ETH, interval: '1h', candles: 5, firstOpen: START, lastOpen: START + 4 * hour },
    ]);
  });

  it('takes 100,000 candles in one import', () => {
    const series = candles(100_000);
    const start = performance.now();
    expect(storage.candles.put(BTC, '1h', series)).toEqual({ added: 100_000, known: 0, revised: 0 });
    const put = performance.now();
    expect(storage.candles.read(BTC, '1h')).toHaveLength(100_000);
    const read = performance.now();
    console.log(`100,000 candles: put ${Math.round(put - start)} ms, read ${Math.round(read - put)} ms`);
  });
});
