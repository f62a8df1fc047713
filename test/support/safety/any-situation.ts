import { decimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { NewsReading } from '#core/news/types.ts';
import { DEFAULT_SPAWN_POLICY, parseSpawnPolicy } from '#core/spawner/policy.ts';
import type { SpawnPolicy } from '#core/spawner/types.ts';
import * as fc from '../seeded-check.ts';
import { lessonOf, recalled } from '../spawn-inputs.ts';
import { readingOf, type Situation } from './decision-path.ts';
import type { Moment } from './moments.ts';

const HOUR_MS = 3_600_000;
/** Mostly the first value, so that most cases reach the gate; the others often enough to be tried thousands of times. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

const thousandths = (min: number, max: number) =>
  fc.integer({ min, max }).map((n) => `0.${String(n).padStart(3, '0')}`);

const policies: fc.Arbitrary<SpawnPolicy> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(DEFAULT_SPAWN_POLICY) },
  fc
    .record({
      riskPerTrade: thousandths(1, 20),
      maxNotionalFraction: thousandths(20, 999),
      stopAtr: fc.constantFrom('1.5', '2', '4'),
      targetAtr: fc.constantFrom('3', '6'),
      dayLoss: thousandths(5, 50),
      maxPositions: fc.constantFrom(1, 3),
      maxBars: fc.constantFrom(2, 12, 48),
      minConfidence: fc.constantFrom(0, 0.3, 0.5, 0.6),
    })
    .map(parseSpawnPolicy),
);

/** What the news may say, also readings that no reader would make; undefined where none are followed. */
const readings = fc.option(
  fc.record({
    items: fc.nat(40),
    sources: fc.nat(6),
    sentiment: fc.integer({ min: -100, max: 100 }).map((n) => n / 100),
    change: fc.integer({ min: -200, max: 200 }).map((n) => n / 100),
    risk: fc.constantFrom<NewsReading['risk']>('low', 'low', 'low', 'medium', 'medium', 'high'),
    event: fc.option(
      fc.record({
        tone: fc.constantFrom('good' as const, 'bad' as const),
        hoursAgo: fc.integer({ min: 0, max: 23 }),
        sources: fc.integer({ min: 2, max: 5 }),
      }),
      { nil: undefined, freq: 2 },
    ),
    fearGreed: fc.option(fc.nat(100), { nil: undefined }),
  }),
  { nil: undefined, freq: 3 },
);

const lessonSets = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  fc.array(
    fc.record({
      outcomeR: fc.constantFrom('-1', '-1', '-0.4', '0.6', '1.5', '3'),
      family: fc.constantFrom(
        'trend-following' as const,
        'mean-reversion' as const,
        'dca' as const,
        'sentiment' as const,
      ),
    }),
    { maxLength: 9 },
  ),
);

/** In cents, and in thousandths of the equity. */
const accounts = fc.record({
  equity: fc.integer({ min: 200_000, max: 2_000_000 }),
  drawdown: fc.oneof({ weight: 4, arbitrary: fc.nat(9) }, fc.nat(60)),
  dayLost: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -20, max: 8 }) }, fc.nat(40)),
  others: fc.option(fc.record({ notional: fc.nat(600), loss: fc.nat(20) }), { nil: undefined, freq: 1 }),
});

export type SituationPlan = {
  readonly moment: number;
  readonly ageMs: number;
  readonly state: Situation['state'];
  readonly access: Situation['access'];
  readonly dataFault: string | null;
  readonly policy: SpawnPolicy;
  readonly reading:
    | ({ readonly [K in 'items' | 'sources' | 'sentiment' | 'change']: number } & {
        readonly risk: NewsReading['risk'];
        readonly event:
          | { readonly tone: 'good' | 'bad'; readonly hoursAgo: number; readonly sources: number }
          | undefined;
        readonly fearGreed: number | undefined;
      })
    | undefined;
  readonly lessons: Situation['lessons'];
  readonly account: {
    readonly equity: number;
    readonly drawdown: number;
    readonly dayLost: number;
    readonly others: { readonly notional: number; readonly loss: number } | undefined;
  };
};

export const situationPlans = (moments: number): fc.Arbitrary<SituationPlan> =>
  fc.record({
    moment: fc.nat(moments - 1),
    ageMs: mostly(0, 60_000, HOUR_MS, 2 * HOUR_MS, 2 * HOUR_MS + 1, 5 * HOUR_MS),
    state: mostly<Situation['state']>('active', 'reducing', 'halted'),
    access: mostly<Situation['access']>(
      { mode: 'full', lock: 'open' },
      { mode: 'full', lock: 'locked' },
      { mode: 'manual', lock: 'open' },
      { mode: 'emergency', lock: 'open' },
    ),
    dataFault: mostly<string | null>(null, 'a gap in the sequence'),
    policy: policies,
    reading: readings,
    lessons: lessonSets.map((list) =>
      list.map((change, i) => recalled(lessonOf(String(i), { ...change, resolvedAt: unixMs(0) }))),
    ),
    account: accounts,
  });

const cents = (units: number) => decimal(BigInt(Math.max(0, Math.round(units))), 2);

/** The plan carried out on one of the moments. */
export function situationOf(plan: SituationPlan, moments: readonly Moment[]): Situation {
  const moment = moments[plan.moment % moments.length];
  if (moment === undefined) throw new Error('there are no moments');
  const { equity, drawdown, dayLost, others } = plan.account;
  const asOf = unixMs(moment.closedAt + plan.ageMs);
  const { reading } = plan;
  const news =
    reading === undefined
      ? undefined
      : readingOf({
          asOf,
          items: reading.items,
          sources: reading.sources,
          sentiment: reading.sentiment,
          change: reading.change,
          risk: reading.risk,
          ...(reading.event === undefined
            ? {}
            : {
                event: {
                  tone: reading.event.tone,
                  sources: reading.event.sources,
                  publishedAt: unixMs(asOf - reading.event.hoursAgo * HOUR_MS),
                },
              }),
          ...(reading.fearGreed === undefined ? {} : { fearGreed: reading.fearGreed }),
        });
  return {
    moment,
    ageMs: plan.ageMs,
    news,
    policy: plan.policy,
    lessons: plan.lessons,
    state: plan.state,
    access: plan.access,
    dataFault: plan.dataFault,
    equity: cents(equity),
    peakEquity: cents(equity * (1 + drawdown / (1000 - drawdown))),
    dayStartEquity: cents(equity / (1 - dayLost / 1000)),
    others:
      others === undefined
        ? undefined
        : {
            notional: cents((equity * others.notional) / 1000),
            loss: cents((equity * others.loss) / 1000),
            gap: cents((equity * others.notional * 0.05) / 1000),
            cash: cents((equity * others.notional * 1.02) / 1000),
          },
  };
}
