import { unixMs } from '../domain/ids.ts';
import { utcText } from '../kernel/utc-text.ts';
import { DAY_MS, type EquityRecord } from './types.ts';

export type MonthlyReturn = {
  /** UTC month, `2024-02`. */
  readonly month: string;
  readonly value: number;
  /** False for a month that the record only partly covers (its first or its last). */
  readonly whole: boolean;
};

/** Return of each UTC month from its marks. A close exactly at a month's first midnight belongs to the month that ends there. */
export function monthlyReturns(record: EquityRecord): readonly MonthlyReturn[] {
  const { startTime, startEquity, times, equity } = record;
  const months: MonthlyReturn[] = [];
  let [base, mark] = [startEquity, startEquity];
  let [month, whole, marks] = [monthOf(startTime), isMonthStart(startTime), 0];
  let lastDay = Number.NaN;
  const close = (ended: boolean): void => {
    if (marks > 0 && base > 0) months.push({ month, value: mark / base - 1, whole: whole && ended });
    [base, marks] = [mark, 0];
  };
  for (let i = 0; i < times.length; i++) {
    const before = (times[i] as number) - 1;
    const day = Math.floor(before / DAY_MS);
    // The calendar is asked once a day and not once a candle.
    if (day !== lastDay) {
      lastDay = day;
      const own = monthOf(before);
      if (own !== month) {
        close(true);
        [month, whole] = [own, true];
      }
    }
    mark = equity[i] as number;
    marks++;
  }
  close(times.length > 0 && isMonthStart(times[times.length - 1] as number));
  return months;
}

const monthOf = (at: number): string => utcText(unixMs(at)).slice(0, 7);
const isMonthStart = (at: number): boolean => /^\d{4}-\d\d-01T00:00:00Z$/.test(utcText(unixMs(at)));
