import { describe, expect, it } from 'vitest';
import { createRateBudget, NotSentError } from '#adapters/venue-ccxt/rate-budget.ts';
import { unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';

const MS_PER_UNIT = 50;

const rig = (burst = 20, chance = 0) => {
  const clock = new TestClock(unixMs(1_000_000));
  const budget = createRateBudget({ clock, chance: () => chance, msPerUnit: MS_PER_UNIT, burst });
  return { clock, budget };
};

/** Moves time step by step, with everything that waits on a promise done at each. */
async function pass(clock: TestClock, ms: number, step = 5): Promise<void> {
  for (let moved = 0; moved < ms; moved += step) {
    clock.advanceTo(unixMs(clock.now() + step));
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('the rate budget', () => {
  it('lets a burst go and then one unit for each that grew back', async () => {
    const { clock, budget } = rig(20);
    let gone = 0;
    for (let i = 0; i < 30; i++) void budget.take('data', 1).then(() => (gone += 1));
    await Promise.resolve();
    // 30 % of 20 are not for market data.
    expect(gone).toBe(14);
    await pass(clock, 10 * MS_PER_UNIT);
    expect(gone).toBe(24);
  });

  it('lets cancels through a flood of market data at once, and later within one unit of time (row 33)', async () => {
    const { clock, budget } = rig(20);
    let flood = true;
    const refused: unknown[] = [];
    const feed = (): void => {
      if (!flood) return;
      for (let i = 0; i < 50; i++) budget.take('data', 1).catch((error: unknown) => refused.push(error));
      clock.setTimer(unixMs(clock.now() + 20), feed);
    };
    feed();
    const waits: number[] = [];
    for (let i = 0; i < 200; i++) {
      await pass(clock, 2 * MS_PER_UNIT);
      const asked = clock.now();
      void budget.take('cancel', 1).then(() => waits.push(clock.now() - asked));
    }
    flood = false;
    await pass(clock, 1000);
    expect(waits.length).toBe(200);
    const p99 = waits.toSorted((a, b) => a - b)[197];
    expect(p99).toBeLessThanOrEqual(MS_PER_UNIT);
    // The flood itself is held back and says so, instead of growing without end.
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((error) => error instanceof NotSentError)).toBe(true);
  });

  it('serves cancels before reconciliation, that before orders, and those before market data', async () => {
    const { clock, budget } = rig(10);
    await budget.take('cancel', 10);
    const order: string[] = [];
    for (const lane of ['data', 'order', 'reconcile', 'cancel'] as const)
      void budget.take(lane, 1).then(() => order.push(lane));
    await pass(clock, 40 * MS_PER_UNIT);
    expect(order).toEqual(['cancel', 'reconcile', 'order', 'data']);
  });

  it('lets a request go that is dearer than the whole bucket, and then waits it off', async () => {
    const { clock, budget } = rig(10);
    await budget.take('data', 40);
    let gone = false;
    void budget.take('cancel', 1).then(() => (gone = true));
    await pass(clock, 29 * MS_PER_UNIT);
    expect(gone).toBe(false);
    await pass(clock, 3 * MS_PER_UNIT);
    expect(gone).toBe(true);
  });

  it('stops new orders for as long as a 429 says, and lets cancels go on', async () => {
    const { clock, budget } = rig(20);
    budget.penalise(429, 7_000);
    expect(budget.pausedMs()).toBe(7_000);
    await expect(budget.take('order', 1)).rejects.toMatchObject({ name: 'NotSentError', retryAfterMs: 7_000 });
    await expect(budget.take('data', 1)).rejects.toBeInstanceOf(NotSentError);
    await expect(budget.take('cancel', 1)).resolves.toBeUndefined();
    await pass(clock, 7_000);
    await expect(budget.take('order', 1)).resolves.toBeUndefined();
  });

  it('sends nothing at all while the venue bans us: each request would make it longer', async () => {
    const { clock, budget } = rig(20);
    budget.penalise(418, 60_000);
    await expect(budget.take('cancel', 1)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    await pass(clock, 60_000, 500);
    await expect(budget.take('cancel', 1)).resolves.toBeUndefined();
  });

  it('turns away what was waiting already', async () => {
    const { budget } = rig(10);
    await budget.take('cancel', 10);
    const waiting = budget.take('order', 1);
    budget.penalise(429, 5_000);
    await expect(waiting).rejects.toBeInstanceOf(NotSentError);
  });

  it('backs off further each time when the venue names no time, with jitter that only lengthens', async () => {
    const pauses = [0, 1].map((chance) => {
      const { clock, budget } = rig(20, chance);
      return [1, 2, 3].map(() => {
        budget.penalise(429);
        const paused = budget.pausedMs();
        clock.advanceTo(unixMs(clock.now() + paused));
        return paused;
      });
    });
    expect(pauses).toEqual([
      [1_000, 2_000, 4_000],
      [1_500, 3_000, 6_000],
    ]);
  });

  it('starts small again after the venue has answered', () => {
    const { clock, budget } = rig(20);
    budget.penalise(429);
    budget.penalise(429);
    clock.advanceTo(unixMs(clock.now() + budget.pausedMs()));
    budget.relax();
    budget.penalise(429);
    expect(budget.pausedMs()).toBe(1_000);
  });
});
