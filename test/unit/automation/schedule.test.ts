import { describe, expect, it } from 'vitest';
import { nextPressAt, refuseImpossibleSchedule } from '#core/automation/schedule.ts';
import type { Schedule } from '#core/automation/schedule-types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { minuteOfDay } from '#host/alerts/time-of-day.ts';

const at = (text: string) => unixMs(Date.parse(text));
const inZone = (zone: string) => (moment: number) => minuteOfDay(moment, zone);
const next = (cadence: Pick<Schedule, 'everyMinutes' | 'between'>, now: string, zone = 'UTC'): string | undefined => {
  const found = nextPressAt(cadence, at(now), inZone(zone));
  return found === undefined ? undefined : utcText(found);
};
const schedule = (change: Partial<Schedule>): Schedule => ({
  everyMinutes: 60,
  interval: '5m',
  instrument: 'BTC/USDT',
  market: { kind: 'generator' },
  between: null,
  ...change,
});

describe('the next moment of a schedule', () => {
  it.each([
    [60, '2026-11-21T14:05:00Z', '2026-11-21T15:00:00Z'],
    [60, '2026-11-21T14:59:59.999Z', '2026-11-21T15:00:00Z'],
    [60, '2026-11-21T15:00:00Z', '2026-11-21T16:00:00Z'],
    [15, '2026-11-21T23:50:00Z', '2026-11-22T00:00:00Z'],
    [240, '2026-11-21T14:05:00Z', '2026-11-21T16:00:00Z'],
    [1_440, '2026-11-21T14:05:00Z', '2026-11-22T00:00:00Z'],
  ])('every %i minutes after %s is %s', (everyMinutes, now, then) => {
    expect(next({ everyMinutes, between: null }, now)).toBe(then);
  });

  it('keeps to the hours of the zone that is shown, its first minute included and its last one not', () => {
    const between = { from: '08:00', to: '17:00' };
    // Nairobi is three hours ahead of UTC.
    expect(next({ everyMinutes: 60, between }, '2026-11-21T02:30:00Z', 'Africa/Nairobi')).toBe('2026-11-21T05:00:00Z');
    expect(next({ everyMinutes: 60, between }, '2026-11-21T13:00:00Z', 'Africa/Nairobi')).toBe('2026-11-22T05:00:00Z');
  });

  it('keeps to hours that span midnight', () => {
    const between = { from: '22:00', to: '02:00' };
    expect(next({ everyMinutes: 60, between }, '2026-11-21T12:00:00Z')).toBe('2026-11-21T22:00:00Z');
    expect(next({ everyMinutes: 60, between }, '2026-11-22T01:00:00Z')).toBe('2026-11-22T22:00:00Z');
  });

  it('neither doubles nor loses a moment when clocks change', () => {
    // On 2026-10-25 Berlin has 02:30 twice, on 2026-03-29 it has none.
    for (const day of ['2026-10-25', '2026-03-29']) {
      const moments = Array.from({ length: 24 }, (_, hour) => at(`${day}T00:00:00Z`) + hour * 3_600_000);
      for (const moment of moments)
        expect(nextPressAt({ everyMinutes: 60, between: null }, unixMs(moment), inZone('Europe/Berlin'))).toBe(
          moment + 3_600_000,
        );
    }
  });

  it('is none where the hours hold none', () => {
    const between = { from: '09:00', to: '10:00' };
    expect(next({ everyMinutes: 1_440, between }, '2026-11-21T12:00:00Z')).toBeUndefined();
  });
});

describe('a schedule that cannot be', () => {
  const refuse = (change: Partial<Schedule>) => () =>
    refuseImpossibleSchedule(schedule(change), at('2026-11-21T12:00:00Z'), inZone('UTC'));

  it('is refused by the candles that it cuts, with the remedy', () => {
    expect(refuse({ everyMinutes: 20, interval: '15m' })).toThrow('is no whole number of 15m candles');
    expect(refuse({ everyMinutes: 30, interval: '1h' })).toThrow('is no whole number of 1h candles');
    expect(refuse({ everyMinutes: 30, interval: '15m' })).not.toThrow();
  });
  it('is refused by hours without a moment', () => {
    expect(refuse({ everyMinutes: 1_440, between: { from: '09:00', to: '10:00' } })).toThrow(
      'no moment of every 1440 minutes lies between 09:00 and 10:00',
    );
    expect(refuse({ between: { from: '09:00', to: '09:00' } })).toThrow('no moment');
  });
});
