import type { Regime } from '#core/analyst/types.ts';
import { createRng } from '#core/kernel/rng.ts';
import { resample } from '#core/statistics/bootstrap.ts';
import { quantileOf } from '#core/statistics/moments.ts';
import { type Label, type LabelledDay, RIGHT } from './regime-windows.ts';

export type Forecaster = (day: LabelledDay) => Regime;

export type RegimeScore = {
  readonly n: number;
  /** Share of days judged rightly in each label. */
  readonly recall: ReadonlyMap<Label, { readonly right: number; readonly n: number }>;
  /** Mean of the recalls: a label with few days counts as much as one with many. */
  readonly balanced: number;
  readonly interval: readonly [number, number];
};

/** Judgements of neighbouring days are all but the same, so whole stretches are drawn: 20 days on average, a third of a short label. */
const BLOCK_DAYS = 20;
const RESAMPLES = 2000;

const byLabel = (days: readonly LabelledDay[]): readonly (readonly LabelledDay[])[] =>
  [...new Set(days.map(({ label }) => label))].map((label) => days.filter((day) => day.label === label));

const isRight = (day: LabelledDay, said: Regime): number => (RIGHT[day.label].includes(said) ? 1 : 0);
const mean = (values: Iterable<number>): number => {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
};

/** 95 % interval of the mean over labels of a daily value; stationary block bootstrap inside each label. */
function interval(days: readonly LabelledDay[], value: (day: LabelledDay) => number): readonly [number, number] {
  const rng = createRng(2025);
  const groups = byLabel(days).map((group) => Float64Array.from(group, value));
  const drawn = Float64Array.from({ length: RESAMPLES }, () =>
    mean(
      groups.map((group) => {
        const target = new Float64Array(group.length);
        resample(group, target, 'stationary', Math.max(1, Math.min(BLOCK_DAYS, group.length / 3)), rng);
        return mean(target);
      }),
    ),
  ).toSorted();
  return [quantileOf(drawn, 0.025), quantileOf(drawn, 0.975)];
}

export function scoreOf(days: readonly LabelledDay[], forecast: Forecaster): RegimeScore {
  const right = (day: LabelledDay): number => isRight(day, forecast(day));
  const recall = new Map(
    byLabel(days).map((group) => {
      const [first] = group as readonly [LabelledDay];
      return [first.label, { right: group.reduce((sum, day) => sum + right(day), 0), n: group.length }] as const;
    }),
  );
  const balanced = mean([...recall.values()].map((one) => one.right / one.n));
  return { n: days.length, recall, balanced, interval: interval(days, right) };
}

/** How much better the first forecaster is, in balanced accuracy, on the same days. */
export function differenceOf(
  days: readonly LabelledDay[],
  first: Forecaster,
  second: Forecaster,
): { readonly difference: number; readonly interval: readonly [number, number] } {
  const value = (day: LabelledDay): number => isRight(day, first(day)) - isRight(day, second(day));
  return { difference: mean(byLabel(days).map((group) => mean(group.map(value)))), interval: interval(days, value) };
}
