import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pause, Schedule } from '#core/automation/schedule-types.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { onBehalfOf, whoAsks } from '#host/access/caller.ts';
import { createPressSchedule } from '#host/automation/press-schedule.ts';
import { openScheduleBook } from '#host/automation/schedule-book.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const HOUR_MS = 3_600_000;
const START = unixMs(Date.UTC(2026, 10, 21, 14, 5));
const FIRST = Date.UTC(2026, 10, 21, 15);
const EVERY_HOUR: Schedule = {
  everyMinutes: 60,
  interval: '5m',
  instrument: 'BTC/USDT',
  market: { kind: 'generator' },
  between: null,
};

let folder = tempFolder('mt-schedule');
beforeEach(() => {
  folder = tempFolder('mt-schedule');
});
afterEach(() => folder.remove());

/** A clock whose timers come late, as after a sleep. */
function lateClock(): Clock & { wake(at: number): void } {
  let now: number = START;
  let timers: (() => void)[] = [];
  return {
    now: () => unixMs(now),
    setTimer(_at, fire) {
      timers.push(fire);
      return () => {
        timers = timers.filter((other) => other !== fire);
      };
    },
    wake(at) {
      now = at;
      for (const fire of timers.splice(0)) fire();
    },
  };
}

/** The service over a real journal; everything around it is told by the test. */
function rig(clock: Clock = new TestClock(START)) {
  const storage = openTestStorage(folder.path);
  const state: { pause?: Pause; busy: boolean; blocked?: string; refusal?: Error; proof: boolean } = {
    busy: false,
    proof: true,
  };
  const pressed: { readonly schedule: Schedule; readonly asked: boolean }[] = [];
  const book = openScheduleBook({
    journal: storage.journal,
    mayRaise() {
      if (!state.proof) throw new Fault('step_up', 'prove that it is you', 'confirm it');
    },
  });
  const service = createPressSchedule({
    book,
    clockOf: () => ({ clock, speed: 1 }),
    marketNow: () => clock.now(),
    minuteOfDay: (at) => Math.floor(at / 60_000) % 1_440,
    pausedBy: () => state.pause,
    isBusy: () => state.busy,
    blockedBy: () => Promise.resolve(state.blocked),
    press(schedule) {
      if (state.refusal !== undefined) return Promise.reject(state.refusal);
      pressed.push({ schedule, asked: whoAsks() !== undefined });
      return Promise.resolve({ cycle: pressed.length });
    },
    onChange: () => undefined,
    logger: { error: () => undefined },
  });
  return {
    service,
    state,
    pressed,
    storage,
    on: (change: Partial<Schedule> = {}) =>
      service.set({ on: true, schedule: { ...EVERY_HOUR, ...change }, by: 'window' }),
    off: () => service.set({ on: false, schedule: service.get().schedule, by: 'window' }),
    async advance(to: number) {
      (clock as TestClock).advanceTo(unixMs(to));
      await settled();
    },
    records: () =>
      storage.journal
        .readCycle(0)
        .filter(({ type }) => type.startsWith('schedule.'))
        .map(({ type, payload }) => ({ type, ...(payload as object) })),
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the schedule of the press', () => {
  it('is off until it is switched on, presses at each close, and stops at once', async () => {
    const { service, on, off, advance, pressed, records } = rig();
    await advance(FIRST);
    expect([service.nextAt(), pressed.length]).toEqual([undefined, 0]);
    on();
    expect(service.nextAt()).toBe(FIRST + HOUR_MS);
    await advance(FIRST + HOUR_MS);
    await advance(FIRST + 2 * HOUR_MS);
    expect(pressed.map(({ schedule }) => schedule)).toEqual([EVERY_HOUR, EVERY_HOUR]);
    off();
    expect(service.nextAt()).toBeUndefined();
    await advance(FIRST + 9 * HOUR_MS);
    expect(pressed).toHaveLength(2);
    expect(records()).toEqual([
      { type: 'schedule.set', on: true, schedule: EVERY_HOUR, from: FIRST, by: 'window' },
      { type: 'schedule.pressed', due: FIRST + HOUR_MS, cycle: 1 },
      { type: 'schedule.pressed', due: FIRST + 2 * HOUR_MS, cycle: 2 },
      { type: 'schedule.set', on: false, schedule: EVERY_HOUR, from: FIRST + 2 * HOUR_MS, by: 'window' },
    ]);
  });

  it('needs a proof to be switched on or changed, none to be switched off, and changes nothing without', () => {
    const { service, state, on, off, records } = rig();
    state.proof = false;
    expect(() => on()).toThrow('prove that it is you');
    expect(service.get().on).toBe(false);
    state.proof = true;
    on();
    state.proof = false;
    expect(() => on({ everyMinutes: 5 })).toThrow('prove that it is you');
    expect(service.get().schedule.everyMinutes).toBe(60);
    on();
    off();
    expect(records().map(({ type }) => type)).toEqual(['schedule.set', 'schedule.set']);
  });

  it('presses on nobody’s behalf, though the master has set the timer with his proof', async () => {
    const { on, advance, pressed } = rig();
    const caller = { face: 'window', provenAt: 0 } as const;
    await onBehalfOf({ ...caller }, 'schedule.set', async () => {
      on();
      await advance(FIRST);
    });
    expect(pressed).toEqual([{ schedule: EVERY_HOUR, asked: false }]);
  });

  it.each([
    ['manual', 'mode manual'],
    ['halted', 'trading is halted'],
    ['no entries', 'entries are halted'],
  ] as const)(
    'stays set and presses nothing while %s; the first moment is recorded, and one anew afterwards',
    async (pause, why) => {
      const { service, state, on, advance, pressed, records } = rig();
      on();
      state.pause = pause;
      expect(service.paused()).toBe(pause);
      for (const hour of [0, 1, 2]) await advance(FIRST + hour * HOUR_MS);
      expect(service.nextAt()).toBe(FIRST + 3 * HOUR_MS);
      delete state.pause;
      await advance(FIRST + 3 * HOUR_MS);
      state.pause = pause;
      await advance(FIRST + 4 * HOUR_MS);
      expect(pressed).toHaveLength(1);
      expect(records().slice(1)).toEqual([
        { type: 'schedule.skipped', due: FIRST, cause: 'paused', why },
        { type: 'schedule.pressed', due: FIRST + 3 * HOUR_MS, cycle: 1 },
        { type: 'schedule.skipped', due: FIRST + 4 * HOUR_MS, cause: 'paused', why },
      ]);
    },
  );

  it('never presses while the last one runs', async () => {
    const { state, on, advance, pressed, records } = rig();
    on();
    state.busy = true;
    await advance(FIRST);
    expect(pressed).toEqual([]);
    expect(records().at(-1)).toMatchObject({ type: 'schedule.skipped', cause: 'busy' });
  });

  it('records what refuses a press once, however its figures change, and another reason anew', async () => {
    const { state, on, advance, pressed, records } = rig();
    on();
    state.blocked = 'the newest candle is old; nothing is opened on it';
    await advance(FIRST);
    delete state.blocked;
    for (const [hour, agents] of [
      [1, 3],
      [2, 4],
    ] as const) {
      state.refusal = new Fault('refused', `${agents} cycles run already`, 'wait');
      await advance(FIRST + hour * HOUR_MS);
    }
    expect(pressed).toEqual([]);
    expect(records().slice(1)).toMatchObject([
      { due: FIRST, cause: 'refused', why: 'the newest candle is old; nothing is opened on it' },
      { due: FIRST + HOUR_MS, cause: 'refused', why: '3 cycles run already' },
    ]);
  });

  it('lets a moment go that it slept through, tells it once, and keeps the next', async () => {
    const clock = lateClock();
    const { service, on, pressed, records } = rig(clock);
    on();
    clock.wake(FIRST + 5 * HOUR_MS + 60_000);
    await settled();
    expect(pressed).toEqual([]);
    expect(service.nextAt()).toBe(FIRST + 6 * HOUR_MS);
    clock.wake(FIRST + 6 * HOUR_MS + 19_000);
    await settled();
    expect(pressed).toHaveLength(1);
    expect(records().slice(1)).toEqual([
      { type: 'schedule.skipped', due: FIRST, cause: 'missed', why: 'nothing ran at that moment' },
      { type: 'schedule.pressed', due: FIRST + 6 * HOUR_MS, cycle: 1 },
    ]);
  });

  it('survives a restart, tells once what it missed meanwhile, and makes up for none', async () => {
    const first = rig();
    first.on();
    first.service.stop();
    first.storage.close();
    const clock = new TestClock(unixMs(FIRST + 3 * HOUR_MS + 60_000));
    const second = rig(clock);
    expect(second.service.get()).toEqual({ on: true, schedule: EVERY_HOUR });
    second.service.stop();
    second.storage.close();
    const third = rig(clock);
    expect(third.records().slice(1)).toEqual([
      { type: 'schedule.skipped', due: FIRST, cause: 'missed', why: 'nothing ran at that moment' },
    ]);
    await third.advance(FIRST + 4 * HOUR_MS);
    expect(third.pressed).toHaveLength(1);
  });

  it('presses nothing that was switched off while it was looked at', async () => {
    const { on, off, advance, pressed } = rig();
    on();
    const looking = advance(FIRST);
    off();
    await looking;
    expect(pressed).toEqual([]);
  });
});
