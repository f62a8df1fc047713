import { baselinesBefore } from './regime-baselines.ts';
import { differenceOf, type RegimeScore, scoreOf } from './regime-score.ts';
import { bitcoinDays, type LabelledDay, labelledDays } from './regime-windows.ts';

/** The three stretches of time: chosen on, looked at, and read once after the rules were frozen. */
const PERIODS = [
  ['before 2023', '2017-01-01', '2023-01-01'],
  ['2023 and 2024', '2023-01-01', '2025-01-01'],
  ['2025', '2025-01-01', '2026-01-01'],
] as const;
const HINDSIGHT_DAYS = [1, 30, 60, 90];

const three = (value: number): string => value.toFixed(3);
const range = ([low, high]: readonly [number, number]): string => `${three(low)} to ${three(high)}`;
const recalls = ({ recall }: RegimeScore): string =>
  [...recall].map(([label, { right, n }]) => `${label} ${right}/${n}`).join(', ');

export type PeriodReport = {
  readonly period: string;
  readonly n: number;
  readonly rules: RegimeScore;
  readonly against: ReadonlyMap<string, ReturnType<typeof differenceOf>>;
  readonly rows: readonly string[];
};

/** Rows of the table of docs/measured.md for each period. */
export function regimeReport(): readonly PeriodReport[] {
  const days = bitcoinDays('2026-01-01');
  const all = labelledDays(days, '2017-01-01', '2026-01-01');
  return PERIODS.map(([period, from, until]) => {
    const here = all.filter(({ day }) => day >= from && day < until);
    const earlier = all.filter(({ day }) => day < from);
    return reportOf(period, here, earlier.length === 0 ? here : earlier);
  });
}

function reportOf(period: string, here: readonly LabelledDay[], earlier: readonly LabelledDay[]): PeriodReport {
  const rules = scoreOf(here, (day) => day.rules);
  const baselines = baselinesBefore(earlier, HINDSIGHT_DAYS);
  const against = new Map(
    baselines.map(({ name, forecast }) => [name, differenceOf(here, (day) => day.rules, forecast)]),
  );
  const rows = baselines.map(({ name, what, forecast }) => {
    const score = scoreOf(here, forecast);
    const gap = against.get(name);
    const lead =
      gap === undefined ? '' : `${gap.difference >= 0 ? '+' : ''}${three(gap.difference)} (${range(gap.interval)})`;
    return `| ${period} | ${what} | ${three(score.balanced)} | ${recalls(score)} | ${lead} |`;
  });
  const own = `| ${period} | **rules** | **${three(rules.balanced)}** (${range(rules.interval)}) | ${recalls(rules)} | |`;
  return { period, n: here.length, rules, against, rows: [own, ...rows] };
}
