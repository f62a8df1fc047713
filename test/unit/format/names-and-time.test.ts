import { describe, expect, it } from 'vitest';
import { countText, environmentTag, familyName, orderStatusName, regimeName, shortHash } from '#shared/format/names.ts';
import {
  ageText,
  clockSecondsText,
  clockText,
  dateText,
  dateTimeText,
  durationText,
  shortDateTimeText,
  utcText,
  zoneName,
} from '#shared/format/time.ts';

const AT = Date.UTC(2026, 10, 20, 21, 2, 11);

describe('times', () => {
  it('shows the same moment in the zone it is given', () => {
    expect(dateTimeText(AT, 'Africa/Nairobi')).toBe('2026-11-21 00:02');
    expect(dateTimeText(AT, 'America/New_York')).toBe('2026-11-20 16:02');
    expect(utcText(AT)).toBe('2026-11-20 21:02:11 UTC');
  });

  it('shows midnight as 00, not 24', () => {
    const midnight = Date.UTC(2026, 0, 1);
    expect(clockText(midnight, 'UTC')).toBe('00:00');
    expect(clockSecondsText(midnight, 'UTC')).toBe('00:00:00');
    expect(dateText(midnight, 'UTC')).toBe('2026-01-01');
  });

  it('follows daylight saving of the zone', () => {
    expect(clockText(Date.UTC(2026, 2, 29, 0, 30), 'Europe/Berlin')).toBe('01:30');
    expect(clockText(Date.UTC(2026, 2, 29, 1, 30), 'Europe/Berlin')).toBe('03:30');
  });

  it('shows a short form and the name of the zone', () => {
    expect(shortDateTimeText(AT, 'UTC')).toBe('20 Nov 21:02');
    expect(zoneName(AT, 'UTC')).toBe('UTC');
  });

  it('shows durations in at most two units', () => {
    expect([0.4, 20, 312.6, 12_400, 59_990, 125_000, 12_000_000, 187_200_000].map(durationText)).toEqual([
      '<1ms',
      '20ms',
      '312ms',
      '12.4s',
      '59.9s',
      '2m 05s',
      '3h 20m',
      '2d 4h',
    ]);
  });

  it('shows the age of data in one unit, and says when there is none', () => {
    expect([400, 42_000, 360_000, 10_800_000, 172_800_000, null].map(ageText)).toEqual([
      '0.4s',
      '42s',
      '6m',
      '3h',
      '2d',
      'no data',
    ]);
    expect(durationText(Number.NaN)).toBe('unknown');
  });
});

describe('names', () => {
  it('reads like words, and shows unknown names rather than hiding them', () => {
    expect(regimeName('trending_up')).toBe('Trending up');
    expect(familyName('mean-reversion')).toBe('Mean reversion');
    expect(orderStatusName('partially_filled')).toBe('Partially filled');
    expect(regimeName('constructor')).toBe('Constructor');
  });

  it('tags money of the simulated environment as sim', () => {
    expect([environmentTag('simulated'), environmentTag('live')]).toEqual(['sim', 'live']);
  });

  it('shortens hashes and counts things', () => {
    expect(shortHash('0123456789abcdef')).toBe('01234567…cdef');
    expect([countText(1, 'trade'), countText(2, 'trade'), countText(1200, 'record')]).toEqual([
      '1 trade',
      '2 trades',
      '1,200 records',
    ]);
  });
});
