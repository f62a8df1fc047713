import { type Figure, isKnown, undefinable } from '../statistics/figure.ts';

export type TargetState = 'met' | 'not met' | 'not enough data';

/** A goal of the product beside what was measured. */
export type Target = {
  readonly id: 'wins' | 'accuracy' | 'yearly-return' | 'drawdown' | 'uptime';
  /** Whose figure it is, where there are several. */
  readonly subject: string;
  /** `least`: at or above. `most`: at or below. Shares of one. */
  readonly goal: { readonly least: number } | { readonly most: number };
  readonly measured: Figure;
  readonly state: TargetState;
  /** The rule by which the state was found. */
  readonly rule: string;
};

/** Below this many observations no target is met or missed, whatever the figure says. */
export const ENOUGH_FOR_A_TARGET = 30;

const KEEPS = 'the whole 95 % interval must lie on one side of the goal';

/**
 * Met or not met only where the data decide it: enough observations, and an interval that lies wholly on one side of the goal. A figure
 * without an interval is a fact of the record.
 */
export function stateOf(measured: Figure, goal: Target['goal']): TargetState {
  if (!isKnown(measured) || measured.n < ENOUGH_FOR_A_TARGET) return 'not enough data';
  const { low, high } = 'interval' in measured ? measured.interval : { low: measured.value, high: measured.value };
  if ('least' in goal) return low >= goal.least ? 'met' : high < goal.least ? 'not met' : 'not enough data';
  return high <= goal.most ? 'met' : low > goal.most ? 'not met' : 'not enough data';
}

export type TargetInput = {
  readonly winRate: Figure;
  readonly yearlyReturn: Figure;
  readonly maxDrawdown: Figure;
  /** Whole days that the drawdown was watched for. */
  readonly wholeDays: number;
  /** Share of right calls by analyst. */
  readonly accuracy: readonly { readonly subject: string; readonly right: Figure }[];
};

/** The seed's goals, judged. A drawdown beyond its goal is missed on the first day; one that was kept needs its days to say so. */
export function targetsOf({ winRate, yearlyReturn, maxDrawdown, wholeDays, accuracy }: TargetInput): readonly Target[] {
  const judged = (id: Target['id'], subject: string, goal: Target['goal'], measured: Figure, rule: string): Target => ({
    id,
    subject,
    goal,
    measured,
    state: stateOf(measured, goal),
    rule,
  });
  const fallen = { most: 0.05 };
  const broken = isKnown(maxDrawdown) && maxDrawdown.value > fallen.most;
  return [
    judged(
      'wins',
      'closed trades',
      { least: 0.8 },
      winRate,
      `n of ${ENOUGH_FOR_A_TARGET} trades or more, and ${KEEPS}`,
    ),
    ...accuracy.map(({ subject, right }) =>
      judged('accuracy', subject, { least: 0.95 }, right, `n of ${ENOUGH_FOR_A_TARGET} calls or more, and ${KEEPS}`),
    ),
    judged('yearly-return', 'a year, compounded', { least: 0.15 }, yearlyReturn, `90 whole days or more, and ${KEEPS}`),
    {
      id: 'drawdown',
      subject: 'from the highest equity',
      goal: fallen,
      measured: maxDrawdown,
      state: broken ? 'not met' : isKnown(maxDrawdown) && wholeDays >= ENOUGH_FOR_A_TARGET ? 'met' : 'not enough data',
      rule: `missed as soon as it is deeper; kept after ${ENOUGH_FOR_A_TARGET} whole days (${wholeDays} so far). A fact of the record: it has no interval`,
    },
    judged(
      'uptime',
      'the engine',
      { least: 0.999 },
      undefinable('not measured: no record says when the engine was to run'),
      'nothing records yet when the engine was to run and did not',
    ),
  ];
}
