import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PerformanceView } from '#shared/contract/performance.ts';
import { decimalText, percentText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { daysCsv } from '#shared/format/performance-csv.ts';
import { dateText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { zone } from '../../app/zone.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useLack } from '../../components/figure.tsx';
import { SignedMoney } from '../../components/figures.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Tile } from '../../components/tile.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { DayMap } from './day-map.tsx';
import { EquityPanel } from './equity-panel.tsx';
import { Histogram } from './histogram.tsx';
import { FiguresTable, type GroupBy, GroupsTable, HoldTable, PeriodsTable, TradesTable } from './result-tables.tsx';
import { ScorecardPanel } from './scorecard-panel.tsx';
import { TargetsBoard } from './targets-board.tsx';

const RANGES = ['all', 'd7', 'd30', 'd90', 'd365'] as const;
const GROUPS: readonly GroupBy[] = ['agent', 'regime', 'symbol', 'family'];
const KINDS = ['days', 'weeks', 'months'] as const;

function Tiles({ view }: { readonly view: PerformanceView }) {
  const { t } = useTranslation();
  const lackOf = useLack();
  const { pnl, figures } = view;
  const env = view.account.environment;
  const drawdown = lackOf(figures.maxDrawdown, true) ?? figureText('maxDrawdown', figures.maxDrawdown).value;
  const won = figureText('winRate', figures.winRate);
  return (
    <div className="grid grid-cols-2 divide-hair md:grid-cols-4 xl:grid-cols-7 xl:divide-x">
      <Tile
        label={t('performance.total')}
        env={env}
        note={t('performance.totalNote', { date: dateText(pnl.since, zone) })}
      >
        <span data-testid="total-pnl" data-total={pnl.total}>
          <SignedMoney text={pnl.total} />
        </span>
      </Tile>
      <Tile label={t('performance.realised')} env={env} note={t('performance.realisedNote')}>
        <SignedMoney text={pnl.realised} />
      </Tile>
      <Tile label={t('performance.unrealised')} env={env} note={t('performance.unrealisedNote')}>
        <SignedMoney text={pnl.unrealised} />
      </Tile>
      <Tile label={t('performance.fees')} env={env} note={t('performance.feesNote')}>
        {decimalText(pnl.fees, 2)}
      </Tile>
      <Tile
        label={t('performance.period')}
        env={env}
        note={t('performance.periodNote', { from: dateText(view.since, zone), to: dateText(view.until, zone) })}
      >
        <SignedMoney text={view.result} />
      </Tile>
      <Tile label={t('performance.drawdown')} env={env}>
        <span className={'value' in figures.maxDrawdown ? '' : 'text-13 text-muted'}>{drawdown}</span>
      </Tile>
      <Tile
        label={t('performance.won')}
        env={env}
        note={
          won.known
            ? t('performance.wonNote', { count: figures.trades, interval: won.interval })
            : lackOf(figures.winRate)
        }
      >
        {won.known ? percentText(String('value' in figures.winRate ? figures.winRate.value : 0), 1) : '–'}
      </Tile>
    </div>
  );
}

function Results({ view }: { readonly view: PerformanceView }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<GroupBy>('family');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('days');
  const [unit, setUnit] = useState<'r' | 'money'>('r');
  const env = view.account.environment;
  return (
    <>
      <Panel title={t('performance.equity')} env={env} flush>
        <EquityPanel view={view} />
      </Panel>
      <div className="grid gap-3 xl:grid-cols-2">
        <Panel title={t('performance.days')} env={env}>
          <DayMap days={view.days} asset={view.quoteAsset} />
        </Panel>
        <Panel
          title={t('performance.distribution')}
          env={env}
          actions={
            <Select
              label={t('performance.unit')}
              value={unit}
              options={[
                { value: 'r', label: t('performance.unitR') },
                { value: 'money', label: t('performance.unitMoney') },
              ]}
              onChange={(next) => setUnit(next === 'money' ? 'money' : 'r')}
            />
          }
        >
          <Histogram bins={view.distribution[unit]} />
        </Panel>
        <Panel
          title={t('performance.groups')}
          env={env}
          note={t('performance.groupsNote')}
          flush
          actions={
            <Select
              label={t('performance.by')}
              value={by}
              options={GROUPS.map((value) => ({ value, label: t(`performance.groupBy.${value}`) }))}
              onChange={(next) => setBy(GROUPS.find((one) => one === next) ?? 'family')}
            />
          }
        >
          <GroupsTable by={by} groups={view.by[by]} env={env} />
        </Panel>
        <Panel
          title={t('performance.periods')}
          env={env}
          note={t('performance.groupsNote')}
          flush
          actions={
            <Select
              label={t('performance.by')}
              value={kind}
              options={KINDS.map((value) => ({ value, label: t(`performance.periodKind.${value}`) }))}
              onChange={(next) => setKind(KINDS.find((one) => one === next) ?? 'days')}
            />
          }
        >
          <div className="max-h-72 overflow-y-auto">
            <PeriodsTable periods={view[kind]} env={env} />
          </div>
        </Panel>
        <Panel title={t('performance.figures')} env={env} flush>
          <FiguresTable view={view} />
        </Panel>
        <Panel title={t('performance.benchmark')} env={env} flush>
          <HoldTable view={view} />
        </Panel>
      </div>
      <Panel title={t('performance.tradeList')} note={t('performance.tradesNote')} env={env} flush>
        <div className="max-h-96 overflow-y-auto">
          <TradesTable view={view} />
        </div>
      </Panel>
    </>
  );
}

/** What was earned and lost, what it rests on, and how far from the goals that is. */
export function PerformanceScreen() {
  const { t } = useTranslation();
  const { performance } = useStores();
  const { account, days } = useStore(performance);
  const view = useStore(performance.view);
  const targets = useStore(performance.targets);
  useEffect(() => void performance.refresh(), [performance]);
  const range = days === null ? 'all' : `d${days}`;
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('performance.title')}</h1>
      <LoadedView
        loaded={view}
        what={t('performance.what')}
        retry={() => void performance.refresh()}
        cancel={performance.view.giveUp}
      >
        {(data) => (
          <>
            <div className="flex flex-wrap items-center gap-3">
              <Select
                label={t('performance.account')}
                value={account}
                options={data.accounts.map(({ name }) => ({ value: name, label: name }))}
                onChange={(next) => performance.look({ account: next })}
              />
              <Select
                label={t('performance.range')}
                value={range}
                options={RANGES.map((value) => ({ value, label: t(`performance.ranges.${value}`) }))}
                onChange={(next) => performance.look({ days: next === 'all' ? null : Number(next.slice(1)) })}
              />
              <CopyButton text={() => daysCsv(data)} label={t('performance.copyCsv')} done={t('performance.copied')} />
            </div>
            <Panel
              title={t('performance.pnl', { asset: data.quoteAsset })}
              env={data.account.environment}
              note={said(data.basis)}
              flush
            >
              <Tiles view={data} />
            </Panel>
            <Panel
              title={t('performance.targets')}
              note={t('performance.targetsNote')}
              env={data.account.environment}
              flush
            >
              <LoadedView
                loaded={targets}
                what={t('performance.targets')}
                retry={() => void performance.targets.refresh()}
                cancel={performance.targets.giveUp}
              >
                {(board) => <TargetsBoard view={board} />}
              </LoadedView>
            </Panel>
            <Results view={data} />
          </>
        )}
      </LoadedView>
      <ScorecardPanel />
    </div>
  );
}
