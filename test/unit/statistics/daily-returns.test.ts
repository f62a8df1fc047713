import { afterEach, describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { dailyReturns } from '#core/statistics/daily-returns.ts';
import { monthlyReturns } from '#core/statistics/monthly-returns.ts';
import { summarise } from '#core/statistics/summarise.ts';
import type { EquityRecord } from '#core/statistics/types.ts';
import { constant, DAY, HOUR, NEW_YEAR_2024, normals, recordOf } from '#test/support/equity-records.ts';
import { naiveDaily } from './naive.ts';

const FEBRUARY_2024 = NEW_YEAR_2024 + 31 * DAY;

describe('daily returns', () => {
  it('agree with a second implementation, with holes in the record', () => {
    const rng = createRng(14);
    for (const startTime of [NEW_YEAR_2024, NEW_YEAR_2024 + 7 * HOUR, NEW_YEAR_2024 - 1]) {
      const whole = recordOf(normals(rng, 400), HOUR, startTime);
      const kept = [...whole.times.keys()].filter(() => rng.next() > 0.3);
      const [times, equity] = [kept.map((i) => whole.times[i] as number), kept.map((i) => whole.equity[i] as number)];
      const record: EquityRecord = { ...whole, times: Float64Array.from(times), equity: Float64Array.from(equity) };
      const { returns } = dailyReturns(record);
      const reference = naiveDaily(startTime, record.startEquity, times, equity);
      expect(returns.length).toBe(reference.length);
      for (const [i, value] of returns.entries())
        expect(Math.abs(value - (reference[i] as number))).toBeLessThan(1e-12);
    }
  });

  it('a close exactly at midnight belongs to the day that ends there', () => {
    const { returns, ends } = dailyReturns(recordOf([...constant(23, 0), 0.1, 0.2], HOUR));
    expect([...returns]).toEqual([expect.closeTo(0.1, 12)]);
    expect([...ends]).toEqual([NEW_YEAR_2024, NEW_YEAR_2024 + DAY]);
  });

  it('leave out the parts of days at both ends', () => {
    // 10:00 on the first day to 15:00 on the fourth: two whole days.
    const { returns } = dailyReturns(recordOf(constant(77, 0.01), HOUR, NEW_YEAR_2024 + 10 * HOUR));
    expect(returns).toHaveLength(2);
    expect(returns[0]).toBeCloseTo(1.01 ** 24 - 1, 12);
  });

  it('a day without candles is a day of nothing, and its move falls on the next', () => {
    const record = recordOf([0.01, 0.02, 0.03], DAY);
    const holed = {
      ...record,
      times: Float64Array.of(record.times[0] as number, record.times[2] as number),
      equity: Float64Array.of(record.equity[0] as number, record.equity[2] as number),
    };
    const [first, second, third] = dailyReturns(holed).returns;
    expect([first, second]).toEqual([expect.closeTo(0.01, 12), 0]);
    expect(third).toBeCloseTo(1.02 * 1.03 - 1, 12);
  });

  it('end with the day before ruin', () => {
    const record = { ...recordOf([0.1, 0.1, 0.1]), equity: Float64Array.of(1100, -5, 20) };
    expect(dailyReturns(record)).toMatchObject({ ruined: true });
    expect(dailyReturns(record).returns).toHaveLength(1);
  });

  it('of a record without candles are none', () => {
    expect(dailyReturns(recordOf([])).returns).toHaveLength(0);
    expect(dailyReturns(recordOf([], DAY, NEW_YEAR_2024 + 5)).returns).toHaveLength(0);
  });
});

describe('monthly returns', () => {
  it('know leap years and which months are whole', () => {
    // 60 days from 15 January 2024: the rest of January (17), February with its 29th, and 14 days of March.
    const months = monthlyReturns(recordOf(constant(60, 0.001), DAY, NEW_YEAR_2024 + 14 * DAY));
    expect(months.map(({ month, whole }) => [month, whole])).toEqual([
      ['2024-01', false],
      ['2024-02', true],
      ['2024-03', false],
    ]);
    expect(months.map(({ value }) => Math.round(Math.log1p(value) / Math.log(1.001)))).toEqual([17, 29, 14]);
  });

  it('a record that begins and ends with a month has only whole ones', () => {
    expect(monthlyReturns(recordOf(constant(29, 0.001), DAY, FEBRUARY_2024))).toEqual([
      { month: '2024-02', value: expect.closeTo(1.001 ** 29 - 1, 12), whole: true },
    ]);
  });
});

describe('days and months do not depend on where the machine stands', () => {
  const home = process.env['TZ'];
  afterEach(() => {
    if (home === undefined) delete process.env['TZ'];
    else process.env['TZ'] = home;
  });

  // Over the changes of clocks in New York (10 March, 3 November 2024), month ends and 29 February.
  const judge = () => {
    const record = recordOf(normals(createRng(3), 24 * 400), HOUR, NEW_YEAR_2024 - 3 * HOUR);
    return JSON.stringify([
      summarise({ record, trades: [], rng: createRng(1) }),
      [...dailyReturns(record).returns],
      monthlyReturns(record),
    ]);
  };

  it('the figures are the same in UTC, Nairobi, New York and Apia', () => {
    process.env['TZ'] = 'UTC';
    const reference = judge();
    const offsets = new Set<number>();
    for (const zone of ['Africa/Nairobi', 'America/New_York', 'Pacific/Apia']) {
      process.env['TZ'] = zone;
      offsets.add(new Date(NEW_YEAR_2024).getTimezoneOffset());
      expect(judge(), zone).toBe(reference);
    }
    // Three zones were really in force: without this the comparison would prove nothing.
    expect(offsets).toEqual(new Set([-180, 300, -780]));
  });
});
