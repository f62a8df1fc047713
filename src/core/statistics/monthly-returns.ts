import { unixMs } from '../domain/ids.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { EquityRecord } from './types.ts';

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
  let base = startEquity;
  let [month, began] = [monthOf(startTime), isMonthStart(startTime)];
  for (let i = 0; i < times.length; i++) {
    const [at, mark] = [times[i] as number, equity[i] as number];
    const next = times[i + 1];
    const own = monthOf(at - 1);
    if (own !== month) [month, began] = [own, true];
    if (next !== undefined && monthOf(next - 1) === month) continue;
    const ended = isMonthStart(at) || next !== undefined;
    if (base > 0) months.push({ month, value: mark / base - 1, whole: began && ended });
    base = mark;
  }
  return months;
}

const monthOf = (at: number): string => utcText(unixMs(at)).slice(0, 7);
const isMonthStart = (at: number): boolean => /^\d{4}-\d\d-01T00:00:00Z$/.test(utcText(unixMs(at)));
