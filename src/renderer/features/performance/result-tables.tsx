import { useTranslation } from 'react-i18next';
import type { GroupView, PerformanceView, PeriodResultView } from '#shared/contract/performance.ts';
import { percentText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { environmentTag } from '#shared/format/names.ts';
import { dateText } from '#shared/format/time.ts';
import { useNames } from '../../app/use-names.ts';
import { Figure, Interval } from '../../components/figure.tsx';
import { Num, SignedMoney, SignedR } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';

export type GroupBy = keyof PerformanceView['by'];

const BY_HAND = 'by hand';
const MOST_PERIODS = 60;
const MOST_TRADES = 100;

type GroupsProps = { readonly by: GroupBy; readonly groups: readonly GroupView[]; readonly env: string };

export function GroupsTable({ by, groups, env }: GroupsProps) {
  const { t } = useTranslation();
  const named = useNames();
  if (groups.length === 0) return <EmptyState>{t('performance.noGroups')}</EmptyState>;
  const nameOf = (key: string): string =>
    key === BY_HAND
      ? t('performance.byHand')
      : by === 'regime'
        ? named('regimes', key)
        : by === 'family'
          ? named('families', key)
          : key;
  return (
    <Table
      label={t('performance.groups')}
      columns={[
        { label: t(`performance.groupBy.${by}`) },
        { label: t('performance.result'), align: 'right' },
        { label: t('performance.trades'), align: 'right' },
        { label: t('performance.won'), align: 'right' },
        { label: t('performance.meanR'), align: 'right' },
      ]}
    >
      {groups.map(({ key, result, trades, winRate, expectancyR }) => (
        <tr key={key} data-env={environmentTag(env)}>
          <Cell className="font-medium">{nameOf(key)}</Cell>
          <Cell align="right">
            <SignedMoney text={result} />
          </Cell>
          <Cell align="right">
            <Num text={String(trades)} />
          </Cell>
          <Cell align="right">
            <Figure as="winRate" figure={winRate} short />
          </Cell>
          <Cell align="right">
            <Figure as="expectancyR" figure={expectancyR} short />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

type PeriodsProps = { readonly periods: readonly PeriodResultView[]; readonly env: string };

export function PeriodsTable({ periods, env }: PeriodsProps) {
  const { t } = useTranslation();
  if (periods.length === 0) return <EmptyState>{t('performance.noDays')}</EmptyState>;
  return (
    <Table
      label={t('performance.periods')}
      columns={[
        { label: t('performance.from') },
        { label: t('performance.result'), align: 'right' },
        { label: t('performance.trades'), align: 'right' },
      ]}
    >
      {periods
        .slice(-MOST_PERIODS)
        .toReversed()
        .map(({ start, result, trades, won }) => (
          <tr key={start} data-env={environmentTag(env)}>
            <Cell className="figure-mono">{dateText(start, 'UTC')}</Cell>
            <Cell align="right">
              <SignedMoney text={result} />
            </Cell>
            <Cell align="right" className="figure-mono text-muted">
              {t('performance.closedWon', { trades, won })}
            </Cell>
          </tr>
        ))}
    </Table>
  );
}

export function TradesTable({ view }: { readonly view: PerformanceView }) {
  const { t } = useTranslation();
  if (view.trades.length === 0) return <EmptyState>{t('performance.noTrades')}</EmptyState>;
  return (
    <Table
      label={t('performance.tradeList')}
      columns={[
        { label: t('performance.agent') },
        { label: t('performance.instrument') },
        { label: t('performance.entered') },
        { label: t('performance.left') },
        { label: t('performance.quantity'), align: 'right' },
        { label: t('performance.fees'), align: 'right' },
        { label: t('performance.net'), align: 'right' },
        { label: t('performance.r'), align: 'right' },
      ]}
    >
      {view.trades.slice(0, MOST_TRADES).map((trade) => (
        <tr
          key={`${trade.agentId} ${trade.instrument} ${trade.exitTime}`}
          data-env={environmentTag(view.account.environment)}
        >
          <Cell className="figure-mono">{trade.agentId ?? t('performance.byHand')}</Cell>
          <Cell>{trade.instrument}</Cell>
          <Cell>
            <Moment ms={trade.entryTime} form="short" />
          </Cell>
          <Cell>
            <Moment ms={trade.exitTime} form="short" />
          </Cell>
          <Cell align="right">
            <Num text={trade.quantity} />
          </Cell>
          <Cell align="right">
            <Num text={trade.fees} decimals={2} />
          </Cell>
          <Cell align="right">
            <SignedMoney text={trade.net} />
          </Cell>
          <Cell align="right">{trade.r === null ? '–' : <SignedR r={trade.r.toFixed(4)} />}</Cell>
        </tr>
      ))}
    </Table>
  );
}

const NAMES = [
  ['expectancyR', 'expectancyR'],
  ['expectancyMoney', 'expectancyMoney'],
  ['profitFactor', 'profitFactor'],
  ['payoffRatio', 'payoffRatio'],
  ['longestLosingStreak', 'longestLosingStreak'],
  ['yearlyReturn', 'yearlyGrowth'],
  ['sharpe', 'sharpe'],
] as const;

/** Every statistic with its interval and count, and what holding would have brought. */
export function FiguresTable({ view }: { readonly view: PerformanceView }) {
  const { t } = useTranslation();
  const { figures, shadow } = view;
  return (
    <Table
      label={t('performance.figures')}
      columns={[
        { label: t('performance.measured') },
        { label: t('performance.result'), align: 'right' },
        { label: t('performance.interval'), align: 'right' },
        { label: t('performance.n'), align: 'right' },
      ]}
    >
      {NAMES.map(([name, as]) => (
        <tr key={name}>
          <Cell>{t(`performance.names.${name}`)}</Cell>
          <Cell align="right">
            <Figure as={as} figure={figures[name]} />
          </Cell>
          <Cell align="right">
            <Interval as={as} figure={figures[name]} />
          </Cell>
          <Cell align="right" className="figure-mono text-faint">
            {figureText(as, figures[name]).n}
          </Cell>
        </tr>
      ))}
      {shadow !== null && (
        <tr>
          <Cell>{t('performance.slippage')}</Cell>
          <Cell align="right">
            {shadow.averageSlippageBps === null
              ? t('performance.slippageNone')
              : t('performance.slippageValue', { bps: shadow.averageSlippageBps, n: shadow.compared })}
          </Cell>
          <Cell> </Cell>
          <Cell> </Cell>
        </tr>
      )}
    </Table>
  );
}

export function HoldTable({ view }: { readonly view: PerformanceView }) {
  const { t } = useTranslation();
  const { hold, result, pnl } = view;
  if (hold.length === 0) return <EmptyState>{t('performance.noHold')}</EmptyState>;
  const started = Number(pnl.equity) - Number(result);
  return (
    <>
      <Table
        label={t('performance.benchmark')}
        columns={[{ label: t('performance.of') }, { label: t('performance.result'), align: 'right' }]}
      >
        <tr>
          <Cell className="font-medium">{t('performance.own')}</Cell>
          <Cell align="right" className="figure-mono">
            {started > 0 ? percentText((Number(result) / started).toFixed(6), 2, { sign: 'always' }) : '–'}
          </Cell>
        </tr>
        {hold.map(({ instrument, return: held }) => (
          <tr key={instrument}>
            <Cell>{t('performance.hold', { instrument })}</Cell>
            <Cell align="right" className="figure-mono">
              {percentText(held.toFixed(6), 2, { sign: 'always' })}
            </Cell>
          </tr>
        ))}
      </Table>
      <p className="border-t border-hair px-3 py-2 text-12 text-muted">{t('performance.randomEntry')}</p>
    </>
  );
}
