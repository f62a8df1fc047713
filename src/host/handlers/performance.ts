import type { TradingAccount } from '#core/cycle/account.ts';
import { compare, formatDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type Measured, measureAccount } from '#core/performance/measure.ts';
import { profitAndLoss } from '#core/performance/profit-and-loss.ts';
import { targetsOf } from '#core/performance/targets.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { PerformanceView } from '#shared/contract/performance.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { paperView } from '../paper/paper-view.ts';
import type { EngineParts } from '../parts.ts';
import { createPerformanceBooks, SIMULATED } from '../performance/performance-books.ts';
import { performanceView } from '../performance/performance-view.ts';
import { currentScorecard } from './scorecard.ts';

type PerformanceHandlers = Pick<AppHandlers, 'performance.get' | 'performance.targets'>;

const DAY_MS = 86_400_000;

type Known = {
  readonly name: string;
  readonly environment: PerformanceView['account']['environment'];
  readonly trading: TradingAccount;
  readonly shadow: PerformanceView['shadow'];
  readonly now: UnixMs;
};

const OPENING = 'equity minus net deposits, marked at the newest known price';
/** Sixty times faster than life, so a day of that market is no day of anybody's. */
const BASIS = {
  simulated: `${OPENING}; simulated, and days are days of the simulated market`,
  live: `${OPENING}; fills are simulated on the venue's prices, and between decisions nothing is valued`,
} as const;

export function createPerformanceHandlers(parts: EngineParts): PerformanceHandlers {
  const books = createPerformanceBooks(parts.storage.journal);

  const known = (): readonly Known[] => [
    {
      name: SIMULATED,
      environment: 'simulated',
      trading: parts.account,
      shadow: null,
      now: parts.market.clock.now(),
    },
    ...parts.paper.all().map((one): Known => {
      const { compared, averageSlippageBps } = paperView(one);
      return {
        name: one.name,
        environment: one.identity.environment,
        trading: one.account,
        shadow: one.identity.environment === 'shadow' ? { compared, averageSlippageBps } : null,
        now: unixMs(Date.now()),
      };
    }),
  ];

  function find(name: string): Known {
    const found = known().find((one) => one.name === name);
    if (found !== undefined) return found;
    throw new Fault(
      'not_found',
      `there is no account ${name} with a history`,
      `choose one of: ${known()
        .map((one) => one.name)
        .join(', ')}`,
    );
  }

  function measure({ name, trading, now }: Known, days: number | null): Measured {
    const { events, ownerOf } = books.of(name);
    const until = unixMs(events.reduce((latest, { ts }) => Math.max(latest, ts), Math.max(now, trading.openedAt)));
    const since = days === null ? trading.openedAt : unixMs(Math.max(trading.openedAt, until - days * DAY_MS));
    const { netDeposits, total } = profitAndLoss(trading.state(), trading.prices());
    const measured = measureAccount({
      events,
      ownerOf,
      openedAt: trading.openedAt,
      since,
      until,
      netDeposits,
      marks: trading.prices(),
    });
    // Records and books are two tellers of one story; where they differ, neither is shown.
    if (compare(measured.total, total) !== 0)
      throw new Fault(
        'storage',
        `the records of ${name} say ${formatDecimal(measured.total)}, its books say ${formatDecimal(total)}`,
        'run mt audit verify; if it finds nothing, report it with the output of mt audit export',
      );
    return measured;
  }

  const basisOf = ({ environment }: Known): string => (environment === 'simulated' ? BASIS.simulated : BASIS.live);

  return {
    'performance.get'({ account, days }) {
      const found = find(account);
      const { name, environment, trading, shadow } = found;
      return performanceView({
        account: { name, environment },
        accounts: known().map((one) => ({ name: one.name, environment: one.environment })),
        trading,
        measured: measure(found, days),
        shadow,
        basis: basisOf(found),
      });
    },
    'performance.targets'({ account }) {
      const found = find(account);
      const measured = measure(found, null);
      const { name, environment } = found;
      return {
        account: { name, environment },
        asOf: measured.until,
        basis: `${basisOf(found)}; calls of analysts from the scorecard, whatever account they were made for`,
        targets: targetsOf({
          winRate: measured.metrics.winRate,
          yearlyReturn: measured.yearlyReturn,
          maxDrawdown: measured.maxDrawdown,
          wholeDays: measured.wholeDays,
          accuracy: accuracyOf(currentScorecard(parts)),
        }).map((target) => ({ ...target })),
      };
    },
  };
}

/** Regimes and directions that rules and models called right. Without any call the goal still stands, unmeasured. */
function accuracyOf({ rows }: ScorecardView) {
  const own = rows.filter(({ kind }) => kind !== 'baseline');
  if (own.length === 0)
    return [{ subject: 'calls of the analysts', right: { notEnough: { have: 0, need: 30, of: 'resolved calls' } } }];
  return own.map(({ who, question, right }) => ({ subject: `${question} calls of ${who}`, right }));
}
