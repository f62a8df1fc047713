import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabCurve } from '#shared/contract/lab.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { decimalText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { dateText, durationText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { zone } from '../../app/zone.ts';
import { ChartFoot } from '../../charts/chart-foot.tsx';
import { CurvesChart } from '../../charts/curves-chart.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Num } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { ParameterList } from '../../components/parameter-list.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { MetricTable } from './metric-table.tsx';
import { ReportButtons, RUN_FORMS } from './report-buttons.tsx';
import { RunTrades } from './run-trades.tsx';

/** The picture in words, from the same figures. */
function curveSummary(t: TFunction, run: LabRunView): string {
  const fall = figureText('maxDrawdown', run.metrics['maxDrawdown']);
  return t('lab.curve', {
    first: decimalText(run.startingCash, 2),
    from: dateText(run.from, zone),
    last: decimalText(run.finalEquity, 2),
    to: dateText(run.to, zone),
    fall: said(fall.value),
  });
}

function EquityPanel({ run, curve }: { readonly run: LabRunView; readonly curve: LabCurve | null }) {
  const { t } = useTranslation();
  const curves = useMemo(
    () =>
      curve === null
        ? []
        : [
            { look: 'second' as const, time: curve.time, values: curve.held },
            { look: 'first' as const, time: curve.time, values: curve.equity },
          ],
    [curve],
  );
  const falls = useMemo(
    () => (curve === null ? [] : [{ look: 'first' as const, time: curve.time, values: curve.drawdown }]),
    [curve],
  );
  const summary = curveSummary(t, run);
  return (
    <Panel title={t('lab.equity')} env="simulated" flush>
      {curve === null || curve.time.length < 2 ? (
        <EmptyState>{t('lab.noCurve')}</EmptyState>
      ) : (
        <>
          <div className="relative h-80">
            <CurvesChart curves={curves} falls={falls} unit="amount" label={summary} />
          </div>
          <ChartFoot summary={summary} />
        </>
      )}
    </Panel>
  );
}

const facts = (t: TFunction, run: LabRunView): readonly Pair[] => [
  { label: t('lab.finalEquity'), value: <Num text={run.finalEquity} />, strong: true },
  { label: t('lab.cash'), value: <Num text={run.startingCash} /> },
  ...(run.openPosition === '0' ? [] : [{ label: t('lab.stillHeld'), value: <Num text={run.openPosition} /> }]),
  {
    label: t('lab.trades'),
    value: t('lab.tradesAndFills', {
      trades: t('lab.tradeCount', { count: run.trades }),
      fills: t('lab.fillCount', { count: run.fills }),
    }),
  },
  { label: t('lab.fees'), value: <Num text={run.costs.fees} /> },
  { label: t('lab.spread'), value: <Num text={run.costs.spread} /> },
  { label: t('lab.impact'), value: <Num text={run.costs.impact} /> },
  { label: t('lab.turnover'), value: <Num text={run.turnover} decimals={2} /> },
];

const origin = (t: TFunction, run: LabRunView): readonly Pair[] => [
  { label: t('lab.parameters'), value: <ParameterList params={run.params} /> },
  { label: t('lab.profiles'), value: t('lab.profilesText', run.profiles) },
  { label: t('lab.feeName'), value: t('lab.basisPoints', { fee: run.feeBps }) },
  ...(run.assumed === null
    ? []
    : [
        {
          label: t('lab.assumed'),
          value: t('lab.assumedText', { tick: run.assumed.tickSize, lot: run.assumed.lotSize }),
        },
      ]),
  { label: t('lab.candles'), value: t('lab.candleCount', { count: run.candles }) },
  { label: t('lab.from'), value: <Moment ms={run.from} /> },
  { label: t('lab.to'), value: <Moment ms={run.to} /> },
  {
    label: t('lab.gapsName'),
    value:
      run.gaps.count === 0 ? t('lab.noGaps') : t('lab.gapsText', { missing: run.gaps.missing, count: run.gaps.count }),
  },
  { label: t('lab.source'), value: <span className="break-all">{run.source}</span> },
  { label: t('lab.triedHere'), value: t('lab.configurationCount', { count: run.tried }) },
  {
    label: t('lab.eventLoop'),
    value: t('lab.eventLoopText', {
      time: durationText(run.elapsedMs),
      speed: t('lab.candleCount', { count: run.candlesPerSecond }),
    }),
  },
  {
    label: t('lab.runHashName'),
    value: <CopyText what={t('lab.runHash')} value={run.runHash} shown={`${run.runHash.slice(0, 12)}…`} />,
  },
];

const marketColumns = (t: TFunction): readonly Column[] => [
  { label: t('lab.market') },
  { label: t('lab.trades'), align: 'right' },
  { label: t('lab.refused'), align: 'right' },
  { label: t('lab.fees'), align: 'right' },
  { label: t('lab.stillHeld'), align: 'right' },
  { label: t('lab.result'), align: 'right' },
];

/** What each market of one account brought. */
function Markets({ markets }: { readonly markets: NonNullable<LabRunView['markets']> }) {
  const { t } = useTranslation();
  return (
    <Table label={t('lab.markets')} columns={marketColumns(t)}>
      {markets.map(({ instrument, interval, trades, refused, fees, openPosition, netPnl }) => (
        <tr key={instrument} data-env="sim">
          <Cell>{`${instrument} ${interval}`}</Cell>
          <Cell align="right">{trades}</Cell>
          <Cell align="right">{refused}</Cell>
          <Cell align="right">
            <Num text={fees} decimals={2} />
          </Cell>
          <Cell align="right">
            <Num text={openPosition} />
          </Cell>
          <Cell align="right">
            <Num text={netPnl} decimals={2} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** One back-test: the curve, the figures with what they rest on, the costs, and where it all comes from. */
export function RunDetail({ run, curve }: { readonly run: LabRunView; readonly curve: LabCurve | null }) {
  const { t } = useTranslation();
  const name = useNames();
  return (
    <section aria-label={t('lab.backtestOf', { id: run.id })} className="flex flex-col gap-3">
      <ReportButtons id={run.id} forms={RUN_FORMS} />
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <EquityPanel run={run} curve={curve} />
        <Panel
          title={name('families', run.strategy)}
          env="simulated"
          note={`${run.instrument ?? t('lab.unnamed')} ${run.interval}`}
        >
          <Pairs pairs={facts(t, run)} />
        </Panel>
      </div>
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Panel title={t('lab.figures')} env="simulated" flush note={t('lab.figuresNote')}>
          <MetricTable label={t('lab.figures')} metrics={run.metrics} />
        </Panel>
        <Panel title={t('lab.origin')}>
          <Pairs pairs={origin(t, run)} />
        </Panel>
      </div>
      {run.markets === undefined || run.markets.length < 2 ? null : (
        <Panel
          title={t('lab.markets')}
          env="simulated"
          flush
          note={t('lab.marketCount', { count: run.markets.length })}
        >
          <Markets markets={run.markets} />
        </Panel>
      )}
      <RunTrades run={run} />
    </section>
  );
}
