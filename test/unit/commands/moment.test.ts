import { describe, expect, it } from 'vitest';
import { parseMoment } from '#shared/commands/moment.ts';
import * as fc from '../../support/seeded-check.ts';

const ok = (ms: number) => ({ kind: 'ok', ms });
const FIRST_SURE = 100_000_000_000;

describe('a moment as it is typed', () => {
  it('is read as the calendar of the platform reads it, for every second from 1970 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
        expect(parseMoment(new Date(ms).toISOString())).toEqual(ok(ms));
        if (ms >= FIRST_SURE) expect(parseMoment(String(ms))).toEqual(ok(ms));
      }),
    );
  });

  it('may leave out seconds, and as a date alone means its midnight in UTC', () => {
    const midnight = Date.UTC(2023, 9, 20);
    expect(parseMoment('2023-10-20')).toEqual(ok(midnight));
    expect(parseMoment('2023-10-20T00:00Z')).toEqual(ok(midnight));
    expect(parseMoment(' 2023-10-20 12:30:00.5Z ')).toEqual(ok(midnight + 45_000_500));
    expect(parseMoment('2024-02-29')).toEqual(ok(Date.UTC(2024, 1, 29)));
  });

  it.each([
    ['yesterday', /not a moment/],
    ['', /not a moment/],
    ['2023-02-29', /not a day/],
    ['2023-13-01', /not a day/],
    ['2023-00-10', /not a day/],
    ['2023-10-20T24:00:00Z', /not a time/],
    ['2023-10-20T00:00:00', /no time zone/],
    ['2023-10-20T00:00:00+03:00', /not in UTC/],
    ['1697760000', /looks like seconds/],
    ['2023', /too small/],
    ['99999999999999999', /too large/],
    ['-5', /not a moment/],
    ['1e12', /not a moment/],
    ['1969-12-31', /before 1970/],
  ])('refuses %j and says why', (text, why) => {
    expect(parseMoment(text)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });
});
