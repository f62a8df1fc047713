import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { REALTIME_SPEED, type SimulatedMarket, type SimulatedMarketOptions } from '#host/simulated-market.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** The simulated market of an engine that runs by itself, on a clock that the test moves. */
function heldMarket() {
  let clock = new TestClock(GENERATOR_START);
  return {
    clock: () => clock,
    market({ seed, instruments, notBefore }: SimulatedMarketOptions): SimulatedMarket {
      const start = Math.ceil(Math.max(GENERATOR_START, notBefore) / MINUTE_MS) * MINUTE_MS;
      clock = new TestClock(unixMs(start));
      const feed = createGeneratorFeed({ seed, clock, instruments });
      const join: SimulatedMarket['join'] = () => ({ feed, turn: () => Promise.resolve(), leave: () => undefined });
      return { seed, speed: REALTIME_SPEED, clock, feed, join };
    },
  };
}

async function open() {
  const held = heldMarket();
  running = await startTestEngine({ pace: 'realtime', market: held.market });
  const test = {
    held,
    handlers: () => engine().handlers,
    async switchOn(everyMinutes = 60) {
      await engine().handlers['access.step_up']({ proof: { kind: 'confirm' } });
      return engine().handlers['schedule.set']({ on: true, everyMinutes, by: 'window' });
    },
    /** To the next full hour of the market, and until what follows from it was written. */
    async nextHour(): Promise<number> {
      const due = (Math.floor(held.clock().now() / HOUR_MS) + 1) * HOUR_MS;
      while (held.clock().now() < due) {
        held.clock().advanceTo(unixMs(Math.min(due, held.clock().now() + 5 * MINUTE_MS)));
        await wait(2);
      }
      return due;
    },
  };
  return test;
}
const engine = () => {
  if (running === undefined) throw new Error('no engine');
  return running.engine;
};
const records = async (type: RegExp) =>
  ((await running?.records()) ?? [])
    .filter((record) => type.test(record.type))
    .map((record) => ({ type: record.type, ...JSON.parse(record.payload) }));
const started = async () => (await records(/^cycle\.started$/)).map(({ trigger, symbol }) => ({ trigger, symbol }));

describe('the schedule, over the whole engine', () => {
  it('runs the cycle of the button at the close of a candle, with its own trigger, and never two at once', async () => {
    const { switchOn, nextHour, handlers } = await open();
    expect(await handlers()['schedule.get']({})).toMatchObject({ on: false, nextAt: null, paused: null, last: null });
    await nextHour();
    expect(await started()).toEqual([]);
    const told: unknown[] = [];
    engine().events.subscribe('schedule.changed', (view) => told.push(view.last));
    const { nextAt } = await switchOn();
    const due = await nextHour();
    expect(due).toBe(nextAt);
    await expect.poll(started).toEqual([{ trigger: 'schedule', symbol: 'BTC/USDT' }]);
    await expect.poll(() => told.at(-1)).toEqual({ what: 'pressed', due, cycle: 1 });
    expect((await handlers()['cycle.get']({ cycle: 1 }))?.trigger).toBe('schedule');
    for (let hour = 0; hour < 12; hour += 1) {
      await nextHour();
      const list = await handlers()['cycle.list']({ limit: 50 });
      expect(list.filter(({ state }) => state === 'running').length).toBeLessThanOrEqual(1);
    }
    expect((await handlers()['audit.verify']({})).ok).toBe(true);
  });

  it('stays set and presses nothing in manual, tells why once, and goes on in semi, where its agent waits', async () => {
    const { switchOn, nextHour, handlers } = await open();
    await switchOn();
    await handlers()['mode.set']({ mode: 'manual', by: 'window' });
    expect(await handlers()['schedule.get']({})).toMatchObject({ on: true, paused: 'manual' });
    const first = await nextHour();
    await nextHour();
    await expect
      .poll(() => records(/^schedule\.skipped$/))
      .toEqual([{ type: 'schedule.skipped', due: first, cause: 'paused', why: 'mode manual' }]);
    expect(await started()).toEqual([]);
    const { alerts } = await handlers()['alerts.list']({ limit: 50, unreadOnly: false });
    expect(alerts.filter(({ kind }) => kind === 'schedule_skipped').map(({ text }) => text)).toEqual([
      `${new Date(first).toISOString().replace('.000', '')}: no scheduled press, mode manual`,
    ]);
    await handlers()['access.step_up']({ proof: { kind: 'confirm' } });
    await handlers()['mode.set']({ mode: 'semi', reason: 'a test', by: 'window' });
    await nextHour();
    await expect.poll(async () => (await handlers()['approvals.list']({ limit: 5 })).pending.length).toBe(1);
    expect(await started()).toEqual([{ trigger: 'schedule', symbol: 'BTC/USDT' }]);
  });

  it('survives a restart, and a kill stops it', async () => {
    const { switchOn, nextHour, handlers } = await open();
    await switchOn();
    running = await running?.reopen();
    expect(await handlers()['schedule.get']({})).toMatchObject({
      on: true,
      setting: { everyMinutes: 60 },
      paused: null,
    });
    await nextHour();
    await expect.poll(started).toHaveLength(1);
    await handlers()['engine.kill']({ reason: 'a test', verb: 'flatten' });
    expect(await handlers()['schedule.get']({})).toMatchObject({ on: true, paused: 'halted' });
    await nextHour();
    await expect
      .poll(async () => (await records(/^schedule\.skipped$/)).at(-1))
      .toMatchObject({ cause: 'paused', why: 'trading is halted' });
    expect(await started()).toHaveLength(1);
  });

  it('goes on behind locked faces, as the engine does: the lock keeps hands away', async () => {
    const { nextHour, handlers } = await open();
    await handlers()['vault.set_passphrase']({ passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await handlers()['access.step_up']({ proof: { kind: 'passphrase', passphrase: PASSPHRASE } });
    await handlers()['schedule.set']({ on: true, by: 'window' });
    await handlers()['vault.lock']({ why: 'by hand' });
    await nextHour();
    await handlers()['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    await expect.poll(started).toEqual([{ trigger: 'schedule', symbol: 'BTC/USDT' }]);
  });

  it('is switched on by a proven hand alone: not by a token, not without a proof; off by any hand that may trade', async () => {
    const { switchOn, handlers } = await open();
    const program = engine().connect('trade_token', false).handlers;
    const set = (on: boolean) => ({ on, by: 'window' as const });
    await expect((async () => program['schedule.set'](set(true)))()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('a token is not the hand of the master'),
    });
    await expect((async () => handlers()['schedule.set'](set(true)))()).rejects.toMatchObject({ code: 'step_up' });
    expect(await records(/^schedule\./)).toEqual([]);
    await switchOn(15);
    await expect((async () => program['schedule.set']({ ...set(true), everyMinutes: 5 }))()).rejects.toMatchObject({
      code: 'refused',
    });
    expect(await program['schedule.set'](set(false))).toMatchObject({ on: false, nextAt: null });
    expect((await records(/^schedule\./)).map(({ on, by }) => ({ on, by }))).toEqual([
      { on: true, by: 'window' },
      { on: false, by: 'socket' },
    ]);
    await expect((async () => program['cycle.start'](cycleRequest.parse({ trigger: 'schedule' })))()).rejects.toThrow(
      'the trigger schedule is the engine alone',
    );
  });

  it('does nothing by itself in an engine that was opened for one answer, and refuses what could never press', async () => {
    running = await startTestEngine();
    const { handlers } = engine();
    await handlers['access.step_up']({ proof: { kind: 'confirm' } });
    expect(await handlers['schedule.set']({ on: true, by: 'terminal' })).toMatchObject({
      on: true,
      nextAt: null,
      paused: 'no engine',
    });
    const refused = (change: object) => (async () => handlers['schedule.set']({ on: true, by: 'window', ...change }))();
    await expect(refused({ everyMinutes: 20, interval: '15m' })).rejects.toMatchObject({ code: 'usage' });
    await expect(refused({ instrument: 'DOGE/XYZ' })).rejects.toThrow('DOGE/XYZ');
    await expect(refused({ between: { from: '09:00', to: '09:00' } })).rejects.toMatchObject({ code: 'usage' });
  });
});
