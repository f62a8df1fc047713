import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { stepTogether } from '#core/market/step-together.ts';
import * as fc from '../../support/seeded-check.ts';

const never = createAbortSource().token;

describe('walkers who step through one clock', () => {
  it('see every moment that they wait for at that moment, however long one of them thinks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ step: fc.integer({ min: 1, max: 7 }), thinks: fc.nat(4), steps: fc.integer({ min: 1, max: 6 }) }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async (plans) => {
          const clock = new TestClock(unixMs(0));
          const together = stepTogether(clock, () => setImmediate());
          const seen: string[] = [];
          await Promise.all(
            plans.map(async ({ step, thinks, steps }, who) => {
              const walker = together.join();
              for (let n = 1; n <= steps; n++) {
                expect(await walker.wait(unixMs(n * step), never)).toBe(true);
                expect(clock.now()).toBe(n * step);
                seen.push(`${clock.now()} ${who}`);
                for (let thought = 0; thought < thinks; thought++) await setImmediate();
                expect(clock.now()).toBe(n * step);
              }
              walker.leave();
            }),
          );
          const moments = seen.map((text) => Number(text.split(' ')[0]));
          expect(moments).toEqual(moments.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('take their turns within a moment in the order of joining, and not of thinking', async () => {
    const clock = new TestClock(unixMs(0));
    const together = stepTogether(clock, () => setImmediate());
    const went: number[] = [];
    const thinks = [9, 1, 5, 0];
    await Promise.all(
      thinks.map(async (thoughts, who) => {
        const walker = together.join();
        for (let thought = 0; thought < thoughts; thought++) await setImmediate();
        await walker.turn();
        went.push(who);
        walker.leave();
      }),
    );
    expect(went).toEqual([0, 1, 2, 3]);
    expect(clock.now()).toBe(0);
  });

  it('are not held up by one that was stopped, that leaves, or that waits for a moment which has passed', async () => {
    const clock = new TestClock(unixMs(0));
    const together = stepTogether(clock, () => setImmediate());
    const [a, b, c] = [together.join(), together.join(), together.join()];
    const stop = createAbortSource();
    const stopped = b.wait(unixMs(5), stop.token);
    const waits = a.wait(unixMs(10), never);
    stop.abort('a test');
    expect(await stopped).toBe(false);
    expect(clock.now()).toBe(0);
    b.leave();
    c.leave();
    expect(await waits).toBe(true);
    expect(clock.now()).toBe(10);
    expect(await a.wait(unixMs(3), never)).toBe(true);
    expect(clock.now()).toBe(10);
    expect(await a.wait(unixMs(30), stop.token)).toBe(false);
  });
});
