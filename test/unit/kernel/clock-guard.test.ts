import { describe, expect, it } from 'vitest';
import { createClockGuard } from '#core/kernel/clock-guard.ts';
import { blindGuard, playCase } from '../../support/freshness-cases.ts';

function rig(longestSilenceMs?: number) {
  const at = { wall: 1_700_000_000_000, steady: 1_000 };
  const clocks = { wall: () => at.wall, steady: () => at.steady };
  const guard = createClockGuard({ clocks, ...(longestSilenceMs === undefined ? {} : { longestSilenceMs }) });
  return {
    at,
    guard,
    pass(ms: number) {
      at.wall += ms;
      at.steady += ms;
    },
  };
}

describe('the guard of the clocks', () => {
  it.each([1, -1, 500, -500])('row 32: a step of %d ms is no jump', (ms) => {
    const { guard, at } = rig();
    at.wall += ms;
    expect(guard.trouble()).toBeNull();
  });

  it.each([501, -501, 600_000, -600_000, 10_800_000, -10_800_000])(
    'row 32: a jump of %d ms stops everything new until all was looked at again',
    (ms) => {
      const { guard, at, pass } = rig();
      at.wall += ms;
      expect(guard.trouble()).toContain('jumped');
      pass(60_000);
      expect(guard.trouble()).toContain('jumped');
      guard.resynced(guard.beginResync());
      expect(guard.trouble()).toBeNull();
    },
  );

  it('row 32: small steps add up, and slow drift does not', () => {
    const { guard, at } = rig();
    at.wall += 300;
    expect(guard.trouble()).toBeNull();
    at.wall += 300;
    expect(guard.trouble()).toContain('jumped by 0.6 s');
    const drifting = rig();
    for (let quarter = 0; quarter < 100; quarter++) {
      drifting.pass(900_000);
      drifting.at.wall += 250;
      expect(drifting.guard.trouble()).toBeNull();
    }
  });

  it('row 32: a venue whose clock is more than a second away gets no new order', () => {
    const { guard } = rig();
    guard.measured(1_000);
    expect(guard.trouble()).toBeNull();
    for (const offset of [1_001, -1_001, Number.NaN, Number.POSITIVE_INFINITY]) {
      guard.measured(offset);
      expect(guard.trouble()).toContain('apart');
    }
    guard.measured(3);
    expect(guard.trouble()).toBeNull();
  });

  it('row 47: a sleep is noticed on the first question after it, whether or not the steady clock slept too', () => {
    const slept = rig();
    slept.at.wall += 3_600_000;
    expect(slept.guard.trouble()).toContain('slept');
    const counted = rig(5_000);
    counted.pass(4_000);
    expect(counted.guard.trouble()).toBeNull();
    counted.pass(3_600_000);
    expect(counted.guard.trouble()).toBe('nothing ran for 3600.0 s: this machine slept');
    counted.guard.resynced(counted.guard.beginResync());
    expect(counted.guard.trouble()).toBeNull();
  });

  it('row 47: a resync that began before the sleep clears nothing', () => {
    const { guard, at } = rig();
    at.wall += 10_000;
    const early = guard.beginResync();
    at.wall += 10_000;
    guard.resynced(early);
    expect(guard.trouble()).toContain('jumped');
    guard.resynced(guard.beginResync());
    expect(guard.trouble()).toBeNull();
  });

  it('a clock that gives no time is trouble', () => {
    const { guard, at } = rig();
    at.wall = Number.NaN;
    expect(guard.trouble()).toBe('a clock gives no time');
  });
});

/** The large sizes run in the proof R12. */
describe('an order that is asked for after every event of a feed and two clocks', () => {
  it('never passes while one of them is not to be trusted, often passes while all are, and the count sees a guard that is blind', () => {
    const all = Array.from({ length: 600 }, (_, seed) => playCase(seed));
    expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
    const sum = (of: 'sent' | 'asked'): number => all.reduce((total, result) => total + result[of], 0);
    expect(sum('sent')).toBeGreaterThan(sum('asked') / 10);
    expect(blindGuard.trouble()).toBeNull();
    expect(Array.from({ length: 100 }, (_, seed) => playCase(seed, true).wrong.length).some((count) => count > 0)).toBe(
      true,
    );
  });
});
