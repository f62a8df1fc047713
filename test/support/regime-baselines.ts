import type { Regime } from '#core/analyst/types.ts';
import type { Forecaster } from './regime-score.ts';
import { type Label, type LabelledDay, WINDOWS } from './regime-windows.ts';

const DAY = 86_400_000;
const SAYS: { readonly [label in Label]: Regime } = {
  bull: 'trending_up',
  bear: 'trending_down',
  sideways: 'ranging',
  crash: 'volatile',
};

/** What the rules have to beat. */
export type Baseline = { readonly name: string; readonly what: string; readonly forecast: Forecaster };

/**
 * Persistence has no single meaning here, because the labels are drawn with hindsight: that a bull market has begun is known to nobody
 * on its first day. The first three could have been said on the day. The last is no forecaster: it is told the answer of a while ago.
 */
export function baselinesBefore(
  earlier: readonly LabelledDay[],
  hindsightDays: readonly number[],
): readonly Baseline[] {
  const usual = mostFrequent(earlier);
  return [
    { name: 'yesterday', what: 'persistence: the last day goes on', forecast: ({ yesterday }) => yesterday },
    { name: 'last label', what: 'persistence: the label of the last stretch that had ended', forecast: lastEnded },
    { name: 'month', what: 'persistence: the last 30 days go on', forecast: ({ month }) => month },
    { name: 'class prior', what: `the most frequent label before, always (${usual})`, forecast: () => SAYS[usual] },
    ...hindsightDays.map((back) => ({
      name: `hindsight ${back}`,
      what: `told the true label of ${back} ${back === 1 ? 'day' : 'days'} ago`,
      forecast: trueLabelBefore(back),
    })),
  ];
}

function mostFrequent(days: readonly LabelledDay[]): Label {
  const counts = new Map<Label, number>();
  for (const { label } of days) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (first === undefined) throw new RangeError('no day has a label');
  return first[0];
}

function lastEnded({ day }: LabelledDay): Regime {
  const ended = WINDOWS.filter(([, , until]) => until <= day).at(-1);
  return ended === undefined ? 'ranging' : SAYS[ended[0]];
}

/** Between two stretches the label of the earlier one counts on. */
const trueLabelBefore =
  (back: number): Forecaster =>
  ({ day }) => {
    const then = new Date(Date.parse(day) - back * DAY).toISOString().slice(0, 10);
    const begun = WINDOWS.filter(([, from]) => from <= then).at(-1);
    return begun === undefined ? 'ranging' : SAYS[begun[0]];
  };
