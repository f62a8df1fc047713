import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSteadyClock } from '#adapters/clock-system/system-clock.ts';
import { unixMs } from '#core/domain/ids.ts';
import { fetchCandles } from '#host/venues/fetch-candles.ts';
import { storedSeriesId } from '#host/venues/stored-candles.ts';
import { SCRIPTED, type ScriptedMarket, scriptedMarket } from '#test/support/scripted-market.ts';
import { openTestStorage } from '#test/support/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const HOUR = 3_600_000;
const START = 1_700_000_400_000 - (1_700_000_400_000 % HOUR);
const steady = createSteadyClock({ keepsProcessAlive: true });

describe('candles of a venue for the store', () => {
  let folder: ReturnType<typeof tempFolder>;
  let storage: ReturnType<typeof openTestStorage>;
  beforeEach(() => {
    folder = tempFolder('mt-fetch');
    storage = openTestStorage(folder.path);
  });
  afterEach(() => {
    storage.close();
    folder.remove();
  });

  const fetch = (
    market: ScriptedMarket,
    from: number,
    to: number,
    onProgress: (at: number) => void = () => undefined,
  ) =>
    fetchCandles({
      market,
      store: storage.candles,
      steady,
      instrumentId: SCRIPTED.id,
      interval: '1h',
      from: unixMs(START + from * HOUR),
      to: unixMs(START + to * HOUR),
      onProgress,
    });
  const stored = () => storage.candles.read(SCRIPTED.id, '1h').map(({ openTime }) => (openTime - START) / HOUR);
  const all = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
  const market = (hole?: (hour: number) => boolean) =>
    scriptedMarket(START + 1_000 * HOUR, 100, (time) => hole?.((time - START) / HOUR) === true);

  it('come page by page, with progress that only grows', async () => {
    const seen: number[] = [];
    const venue = market();
    expect(await fetch(venue, 0, 350, (at) => seen.push((at - START) / HOUR))).toEqual({ fetched: 350, added: 350 });
    expect(stored()).toEqual(all(0, 350));
    expect(seen).toEqual([100, 200, 300, 350]);
  });

  it('go on where the stored ones end, and fill what lies before them', async () => {
    await fetch(market(), 100, 200);
    const venue = market();
    expect(await fetch(venue, 50, 260)).toEqual({ fetched: 110, added: 110 });
    expect(stored()).toEqual(all(50, 260));
    expect(venue.asked.map((at) => (at - START) / HOUR)).toEqual([50, 200]);
    const again = market();
    expect(await fetch(again, 50, 260)).toEqual({ fetched: 0, added: 0 });
    expect(again.asked).toEqual([]);
  });

  it('keep what came when the venue stops to answer, and the repeat has the rest', async () => {
    const venue = market();
    let pages = 0;
    await expect(fetch(venue, 0, 350, () => (venue.failing = ++pages === 2 ? 99 : 0))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('maintenance'),
    });
    expect(stored()).toEqual(all(0, 200));
    expect(await fetch(market(), 0, 350)).toEqual({ fetched: 150, added: 150 });
    expect(stored()).toEqual(all(0, 350));
  });

  it('wait out a short refusal', async () => {
    const venue = market();
    venue.failing = 3;
    expect(await fetch(venue, 0, 10)).toEqual({ fetched: 10, added: 10 });
  });

  it("keep the venue's holes as holes, those of a whole page too", async () => {
    await fetch(
      market((hour) => hour === 5 || (hour >= 90 && hour < 320)),
      0,
      350,
    );
    expect(storage.candles.gaps(SCRIPTED.id, '1h').map(({ missing }) => missing)).toEqual([1, 230]);
    expect(stored().at(-1)).toBe(349);
  });

  it('of two venues are never taken for one series', async () => {
    const own = { ...SCRIPTED, id: 'BTC/USDT.SIM' as typeof SCRIPTED.id };
    expect(storedSeriesId(storage.candles, own, '1h')).toBe('BTC/USDT.SIM');
    await fetch(market(), 0, 10);
    expect(storedSeriesId(storage.candles, own, '1h')).toBe('BTC/USDT.VENUE');
    const candles = storage.candles.read(SCRIPTED.id, '1h');
    storage.candles.put('BTC/USDT.OTHER' as typeof SCRIPTED.id, '1h', candles);
    expect(() => storedSeriesId(storage.candles, own, '1h')).toThrow('other and venue');
    storage.candles.put(own.id, '1h', candles);
    expect(storedSeriesId(storage.candles, own, '1h')).toBe('BTC/USDT.SIM');
  });
});
