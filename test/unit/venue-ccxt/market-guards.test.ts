import { describe, expect, it } from 'vitest';
import { watchClockJumps } from '#adapters/venue-ccxt/market/clock-jump.ts';
import { createHealth } from '#adapters/venue-ccxt/market/health.ts';
import { readBook } from '#adapters/venue-ccxt/market/read-book.ts';
import { createStaleGuard } from '#adapters/venue-ccxt/market/stale-guard.ts';
import { disagreement } from '#adapters/venue-ccxt/market/two-source.ts';
import { createVenueClock } from '#adapters/venue-ccxt/venue-clock.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import type { MarketHealth } from '#core/ports/live-market.ts';

const id = 'BTC/USDT.BINANCE' as InstrumentId;

describe('the age of prices', () => {
  it('may be two seconds in a quick market', () => {
    const guard = createStaleGuard(0);
    for (let at = 100; at <= 5_000; at += 100) guard.arrived(at);
    expect(guard.limitMs()).toBe(2_000);
    expect(guard.isQuiet(7_000)).toBe(false);
    expect(guard.isQuiet(7_001)).toBe(true);
  });

  it('may be three times the usual pause in a slow one', () => {
    const guard = createStaleGuard(0);
    for (let at = 4_000; at <= 80_000; at += 4_000) guard.arrived(at);
    expect(guard.limitMs()).toBe(12_000);
    expect([guard.isQuiet(92_000), guard.isQuiet(92_001)]).toEqual([false, true]);
  });

  it('is judged anew after a reconnection', () => {
    const guard = createStaleGuard(0);
    guard.arrived(60_000);
    guard.reset(61_000);
    expect([guard.limitMs(), guard.isQuiet(63_001)]).toEqual([2_000, true]);
  });
});

describe('a book', () => {
  const book = (bids: unknown, asks: unknown) => readBook({ bids, asks, timestamp: 7 }, id, unixMs(9));

  it('is copied: what ccxt changes later does not reach it', () => {
    const bids = [[10, 1]];
    const reading = book(bids, [[11, 2]]);
    bids[0] = [12, 1];
    expect(reading).toMatchObject({ kind: 'ok', book: { bids: [{ price: 10 }], at: 9, venueTime: 7 } });
  });

  it.each([
    ['crossed', [[11, 1]], [[10, 1]]],
    ['crossed', [[10, 1]], [[10, 1]]],
    ['empty', [], [[10, 1]]],
    ['odd', [[10, 0]], [[11, 1]]],
    ['odd', [['10', 1]], [[11, 1]]],
    ['odd', [[10, Number.NaN]], [[11, 1]]],
    [
      'odd',
      [
        [9, 1],
        [10, 1],
      ],
      [[11, 1]],
    ],
    ['odd', '<html>', [[11, 1]]],
  ] as const)('that is %s is never handed out', (kind, bids, asks) => {
    expect(book(bids, asks).kind).toBe(kind);
  });

  it('and the ticker may differ by half a percent, not more', () => {
    const reading = book([[99, 1]], [[101, 1]]);
    if (reading.kind !== 'ok') throw new Error('unreadable');
    const ticker = (mid: number) => ({ instrumentId: id, bid: mid, ask: mid, last: mid, at: unixMs(0) });
    expect(disagreement(reading.book, ticker(100.49))).toBeUndefined();
    expect(disagreement(reading.book, ticker(100.51))).toContain('apart');
    expect(disagreement(reading.book, ticker(99.4))).toContain('apart');
  });
});

describe('the health of a market', () => {
  const rig = () => {
    const told: MarketHealth[] = [];
    return {
      told,
      health: createHealth(
        () => unixMs(5),
        (now) => told.push(now),
      ),
    };
  };

  it('is told before the next line can read a price', () => {
    const { told, health } = rig();
    health.spoil('gap', 'a number is missing');
    expect(told).toEqual([{ kind: 'stale', reason: 'gap', detail: 'a number is missing', since: 5 }]);
  });

  it('is live only when every reason is gone, and tells each change once', () => {
    const { told, health } = rig();
    health.spoil('quiet', 'a');
    health.spoil('clock', 'b');
    health.spoil('clock', 'c');
    health.clear('clock');
    expect(health.now()).toMatchObject({ reason: 'quiet' });
    health.clear('quiet', 'gap');
    health.clear('quiet');
    expect(told.map((one) => (one.kind === 'live' ? 'live' : one.reason))).toEqual(['quiet', 'clock', 'quiet', 'live']);
  });
});

/** A wall clock that can be set while the other one only counts. */
function clocks() {
  const steady = new TestClock(unixMs(1_000));
  let apart = 1_700_000_000_000;
  return {
    steady,
    set: (ms: number) => {
      apart += ms;
    },
    wall: {
      now: () => unixMs(steady.now() + apart),
      setTimer: (at: UnixMs, fire: () => void) => steady.setTimer(at, fire),
    },
  };
}

describe('a clock that jumps', () => {
  it.each([600, -600, 3 * 3_600_000, -3 * 3_600_000])('by %d ms is noticed within a quarter of a second', (ms) => {
    const rig = clocks();
    const jumps: number[] = [];
    const stop = watchClockJumps(
      rig,
      (jump) => jumps.push(jump),
      () => undefined,
    );
    rig.steady.advanceTo(unixMs(5_000));
    rig.set(ms);
    rig.steady.advanceTo(unixMs(5_250));
    rig.steady.advanceTo(unixMs(9_000));
    stop();
    expect(jumps).toEqual([ms]);
  });

  it('by less than half a second is drift, and drift never adds up to a jump', () => {
    const rig = clocks();
    const jumps: number[] = [];
    watchClockJumps(
      rig,
      (jump) => jumps.push(jump),
      () => undefined,
    );
    for (let i = 1; i <= 40; i++) {
      rig.set(100);
      rig.steady.advanceTo(unixMs(1_000 + i * 250));
    }
    expect(jumps).toEqual([]);
  });
});

describe("the venue's clock", () => {
  const measure = async (offsets: readonly (number | 'failed')[]) => {
    const rig = clocks();
    let asked = 0;
    const clock = createVenueClock(rig, () => {
      const offset = offsets[asked++ % offsets.length];
      return Promise.resolve(
        typeof offset === 'number'
          ? { kind: 'ok', value: unixMs(rig.wall.now() + offset) }
          : { kind: 'failed', reason: 'no answer' },
      );
    });
    return { clock, rig, asked: () => asked, measured: await clock.measure() };
  };

  it('is the median of five questions, so that one slow answer decides nothing', async () => {
    const { clock, asked } = await measure([100, 110, 90, 105, 4_000]);
    expect([clock.offsetMs(), asked(), clock.trouble()]).toEqual([105, 5, undefined]);
  });

  it('lets no order through before it is known, nor when it is more than a second away (row 32)', async () => {
    const rig = clocks();
    expect(createVenueClock(rig, () => Promise.reject(new Error('never'))).trouble()).toContain('not measured');
    expect((await measure([1_001])).clock.trouble()).toContain('1.0 s behind');
    expect((await measure([-600_000])).clock.trouble()).toContain('600.0 s ahead');
    expect((await measure([1_000])).clock.trouble()).toBeUndefined();
  });

  it('is not known from the minority of its answers', async () => {
    const { clock, measured } = await measure([100, 'failed', 'failed', 100, 'failed']);
    expect([measured, clock.measuredAt()]).toEqual([false, undefined]);
  });

  it('is asked again every five minutes, and sooner after a failure', async () => {
    const good = await measure([100]);
    good.rig.steady.advanceTo(unixMs(1_000 + 5 * 60_000));
    await Promise.resolve();
    expect(good.asked()).toBe(6);
    const bad = await measure(['failed']);
    bad.rig.steady.advanceTo(unixMs(1_000 + 15_000));
    await Promise.resolve();
    expect(bad.asked()).toBe(6);
  });
});
