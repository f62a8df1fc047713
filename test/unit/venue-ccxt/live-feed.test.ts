import { describe, expect, it } from 'vitest';
import { openLiveFeed } from '#adapters/feed-live/live-feed.ts';
import { pollCandles } from '#adapters/venue-ccxt/market/candle-poll.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { candleAt, SCRIPTED, scriptedMarket } from '#test/support/scripted-market.ts';

const MINUTE = 60_000;
const NOW = 1_700_000_040_000 + 20_000;
const series = [{ instrumentId: SCRIPTED.id, interval: '1m' as const }];
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const open = async (hole?: (time: number) => boolean) => {
  const market = scriptedMarket(NOW, 30, hole);
  const feed = await openLiveFeed({ market, series, history: 50 });
  const tell = (openTime: number): void => {
    market.now = openTime + MINUTE + 200;
    market.tell({ kind: 'candle', instrumentId: SCRIPTED.id, interval: '1m', candle: candleAt(openTime, '1m') });
  };
  return { market, feed, tell, last: feed.span(SCRIPTED.id, '1m').last };
};

describe('live candles as a market', () => {
  it('begin with the past, closed candles only', async () => {
    const { feed, last } = await open();
    const { series: past, gaps } = feed.history(SCRIPTED.id, '1m', unixMs(NOW), 40);
    expect(past.candles.length).toBe(40);
    expect(past.candles.every(({ closeTime }) => closeTime <= NOW)).toBe(true);
    expect([past.candles.at(-1)?.closeTime, gaps]).toEqual([last, []]);
    expect(feed.source).toEqual({ kind: 'venue', venue: 'VENUE' });
    expect(() => feed.history(SCRIPTED.id, '1h', unixMs(NOW), 1)).toThrow('does not hold 1h candles');
    expect(() => feed.history(SCRIPTED.id, '1m', unixMs(NOW + MINUTE), 1)).toThrow(RangeError);
  });

  it('hand on each candle once it has closed, in order', async () => {
    const { feed, tell, last } = await open();
    const abort = createAbortSource();
    const first = feed.next(SCRIPTED.id, '1m', last, abort.token);
    tell(last);
    expect((await first)?.openTime).toBe(last);
    const second = feed.next(SCRIPTED.id, '1m', unixMs(last + MINUTE), abort.token);
    tell(last);
    tell(last + MINUTE);
    expect((await second)?.openTime).toBe(last + MINUTE);
  });

  it('fetch what was missed in between before the next one is handed on', async () => {
    const { feed, tell, last } = await open();
    const next = feed.next(SCRIPTED.id, '1m', last, createAbortSource().token);
    tell(last + 3 * MINUTE);
    expect((await next)?.openTime).toBe(last);
    await settle();
    const { series: all, gaps } = feed.history(SCRIPTED.id, '1m', unixMs(last + 4 * MINUTE), 10);
    expect(gaps).toEqual([]);
    expect(all.candles.at(-1)?.openTime).toBe(last + 3 * MINUTE);
  });

  it('keep a hole as a hole when the venue does not answer', async () => {
    const { feed, market, tell, last } = await open();
    market.failing = 9;
    tell(last + 2 * MINUTE);
    await settle();
    const { gaps } = feed.history(SCRIPTED.id, '1m', unixMs(last + 3 * MINUTE), 10);
    expect(gaps).toEqual([{ after: last - MINUTE, before: last + 2 * MINUTE, missing: 2 }]);
  });

  it('end a wait on abort and on close', async () => {
    const { feed, last } = await open();
    const abort = createAbortSource();
    const aborted = feed.next(SCRIPTED.id, '1m', last, abort.token);
    abort.abort('enough');
    expect(await aborted).toBeUndefined();
    const closed = feed.next(SCRIPTED.id, '1m', last, createAbortSource().token);
    feed.close();
    expect(await closed).toBeUndefined();
  });

  it('refuse an instrument that the venue does not trade', async () => {
    const unknown = [{ instrumentId: 'XYZ/USDT.VENUE' as InstrumentId, interval: '1m' as const }];
    const opening = openLiveFeed({ market: scriptedMarket(NOW), series: unknown, history: 5 });
    await expect(opening).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('asking for closed candles', () => {
  const rig = (hole?: (time: number) => boolean) => {
    const clock = new TestClock(unixMs(NOW));
    const market = scriptedMarket(NOW, 30, hole);
    const got: ClosedCandle[] = [];
    const askedAt: number[] = [];
    const stop = pollCandles(
      {
        steady: clock,
        venueNow: () => clock.now(),
        page: (...args) => {
          market.now = clock.now();
          askedAt.push(clock.now());
          return market.candles(...args);
        },
        onCandle: (candle) => got.push(candle),
      },
      SCRIPTED.id,
      '1m',
    );
    const pass = async (ms: number): Promise<void> => {
      for (let moved = 0; moved < ms; moved += 100) {
        clock.advanceTo(unixMs(clock.now() + 100));
        await settle();
      }
    };
    return { got, askedAt, stop, pass, market };
  };

  it('happens once a minute, right after the close, and gives each candle once', async () => {
    const { got, askedAt, stop, pass } = rig();
    await pass(5 * MINUTE);
    stop();
    expect(got.map(({ openTime }) => openTime % MINUTE)).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(got.map(({ openTime }) => openTime)).size).toBe(5);
    expect(askedAt.map((at) => at % MINUTE)).toEqual([200, 200, 200, 200, 200]);
    const before = askedAt.length;
    await pass(2 * MINUTE);
    expect(askedAt.length).toBe(before);
  });

  it('is repeated a few times for a candle that is late, and what was missed comes with the next', async () => {
    const { got, askedAt, pass, market } = rig();
    market.failing = 6;
    await pass(MINUTE);
    expect(got).toEqual([]);
    expect(askedAt.length).toBe(6);
    await pass(MINUTE);
    expect(got.length).toBe(2);
  });

  it('goes on after a minute in which nothing was traded', async () => {
    const quiet = Math.floor(NOW / MINUTE) * MINUTE + MINUTE;
    const { got, pass } = rig((time) => time === quiet);
    await pass(3 * MINUTE);
    expect(got.map(({ openTime }) => openTime)).toEqual([quiet - MINUTE, quiet + MINUTE]);
  });
});
