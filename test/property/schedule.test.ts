import { describe, expect, it } from 'vitest';
import { nextPressAt } from '#core/automation/schedule.ts';
import { isWithin } from '#core/domain/day-hours.ts';
import { unixMs } from '#core/domain/ids.ts';
import * as fc from '../support/seeded-check.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const two = (n: number): string => String(n).padStart(2, '0');
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const cadence = fc.record({
  everyMinutes: fc.integer({ min: 1, max: DAY_MINUTES }),
  between: fc.option(fc.record({ from: clock, to: clock })),
});
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }).map(unixMs);
/** A zone whose clock never changes. */
const zone = fc.integer({ min: -12 * 60, max: 14 * 60 }).map((offset) => (at: number): number => {
  const minute = (Math.floor(at / MINUTE_MS) + offset) % DAY_MINUTES;
  return (minute + DAY_MINUTES) % DAY_MINUTES;
});

describe('the moments of a schedule', () => {
  it('are the first multiple after now that lies within the hours, and none between is left out', () => {
    fc.assert(
      fc.property(cadence, moment, zone, (schedule, now, minuteOfDay) => {
        const { everyMinutes, between } = schedule;
        const step = everyMinutes * MINUTE_MS;
        const found = nextPressAt(schedule, now, minuteOfDay);
        const allowed = (at: number): boolean => between === null || isWithin(between, minuteOfDay(at));
        const last = found ?? now + 2 * DAY_MINUTES * MINUTE_MS;
        for (let at = (Math.floor(now / step) + 1) * step; at < last; at += step) expect(allowed(at)).toBe(false);
        if (found === undefined) return;
        expect(found).toBeGreaterThan(now);
        expect(found % step).toBe(0);
        expect(allowed(found)).toBe(true);
      }),
    );
  });

  it('come one after the other, whenever one looks in between', () => {
    fc.assert(
      fc.property(
        cadence,
        moment,
        zone,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, now, minuteOfDay, part) => {
          const found = nextPressAt(schedule, now, minuteOfDay);
          if (found === undefined) return;
          const between = unixMs(now + Math.floor((found - 1 - now) * part));
          expect(nextPressAt(schedule, between, minuteOfDay)).toBe(found);
        },
      ),
    );
  });
});
