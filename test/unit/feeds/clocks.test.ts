import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScaledClock } from '#adapters/clock-system/scaled-clock.ts';
import { createSteadyClock, createStopwatch, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';

const DAY = 86_400_000;

describe('the system clock', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_700_000_000_000 }));
  afterEach(() => vi.useRealTimers());

  it('shows the wall time and fires once when a timer is due', () => {
    const clock = createSystemClock();
    const fired: number[] = [];
    clock.setTimer(unixMs(clock.now() + 5000), () => fired.push(clock.now()));
    vi.advanceTimersByTime(4999);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(fired).toEqual([1_700_000_005_000]);
  });

  it('keeps a timer that is further away than setTimeout can count', () => {
    const clock = createSystemClock();
    const fired: number[] = [];
    clock.setTimer(unixMs(clock.now() + 40 * DAY), () => fired.push(clock.now()));
    vi.advanceTimersByTime(40 * DAY - 1);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual([1_700_000_000_000 + 40 * DAY]);
  });

  it('fires soon when the moment has passed, and never after it was canceled', () => {
    const clock = createSystemClock();
    const fired: string[] = [];
    clock.setTimer(unixMs(clock.now() - 5), () => fired.push('late'));
    const cancel = clock.setTimer(unixMs(clock.now() + 2 * DAY), () => fired.push('canceled'));
    vi.advanceTimersByTime(DAY);
    cancel();
    cancel();
    vi.advanceTimersByTime(3 * DAY);
    expect(fired).toEqual(['late']);
  });

  it('notices within a minute that the wall clock was set forward or the machine slept', () => {
    const clock = createSystemClock();
    const fired: number[] = [];
    clock.setTimer(unixMs(clock.now() + 10 * DAY), () => fired.push(clock.now()));
    vi.setSystemTime(1_700_000_000_000 + 11 * DAY);
    vi.advanceTimersByTime(60_000);
    expect(fired).toHaveLength(1);
  });

  it('keeps the process alive only when told to', () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    createSystemClock().setTimer(unixMs(Date.now() + DAY), () => {});
    createSystemClock({ keepsProcessAlive: true }).setTimer(unixMs(Date.now() + DAY), () => {});
    const [quiet, busy] = timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef());
    expect([quiet, busy]).toEqual([false, true]);
  });

  it('has a steady brother that ignores a changed wall clock', () => {
    const clock = createSteadyClock();
    const before = clock.now();
    vi.setSystemTime(before + 3 * DAY);
    expect(Math.abs(clock.now() - before)).toBeLessThan(1000);
    vi.setSystemTime(before - 3 * DAY);
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  });
});

describe('the stopwatch', () => {
  it('only grows', () => {
    const watch = createStopwatch();
    const first = watch.elapsedMs();
    for (let i = 0; i < 1000; i++) Math.sqrt(i);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(watch.elapsedMs()).toBeGreaterThanOrEqual(first);
  });
});

describe('the scaled clock', () => {
  const start = unixMs(Date.UTC(2026, 1, 1));
  const make = (speed: number) => {
    const base = new TestClock(unixMs(1_700_000_000_123));
    return { base, origin: base.now(), clock: createScaledClock({ base, start, speed }) };
  };

  it('runs at its speed from its own start', () => {
    const { base, origin, clock } = make(60);
    expect(clock.now()).toBe(start);
    base.advanceTo(unixMs(origin + 1000));
    expect(clock.now()).toBe(start + 60_000);
  });

  it('closes a one-minute candle each second', () => {
    const { base, origin, clock } = make(60);
    const fired: number[] = [];
    const arm = (minute: number): void => {
      clock.setTimer(unixMs(start + minute * 60_000), () => {
        fired.push(base.now() - origin);
        if (minute < 3) arm(minute + 1);
      });
    };
    arm(1);
    base.advanceTo(unixMs(origin + 10_000));
    expect(fired).toEqual([1000, 2000, 3000]);
  });

  it.each([0.1, 0.7, 1, 7, 60, 1000])('never fires before its own time at speed %d', (speed) => {
    const { base, origin, clock } = make(speed);
    const early: number[] = [];
    let fired = 0;
    for (let i = 1; i <= 200; i++) {
      const at = unixMs(start + i * 37);
      clock.setTimer(at, () => {
        fired += 1;
        if (clock.now() < at) early.push(at);
      });
    }
    base.advanceTo(unixMs(origin + Math.ceil((200 * 37) / speed) + 2));
    expect(early).toEqual([]);
    expect(fired).toBe(200);
  });

  it('never goes back when its base does', () => {
    let wall = 5000;
    const base = { now: () => unixMs(wall), setTimer: () => () => {} };
    const clock = createScaledClock({ base, start, speed: 60 });
    wall = 6000;
    const seen = clock.now();
    wall = 4000;
    expect(clock.now()).toBe(seen);
  });

  it('cancels timers and refuses a speed that is none', () => {
    const { base, origin, clock } = make(60);
    const fired: string[] = [];
    const cancel = clock.setTimer(unixMs(start + 60_000), () => fired.push('canceled'));
    cancel();
    base.advanceTo(unixMs(origin + 5000));
    expect(fired).toEqual([]);
    for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => make(speed)).toThrow(RangeError);
  });
});
