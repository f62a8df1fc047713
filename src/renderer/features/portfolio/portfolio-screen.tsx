import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { compare, opposite, plus } from '#shared/format/decimal-text.ts';
import { decimalText, moneyText, percentText } from '#shared/format/figures.ts';
import { countText, environmentTag } from '#shared/format/names.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { AreaChart } from '../../charts/area-chart.tsx';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { Num, SignedMoney } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { Tile } from '../../components/tile.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ByHandPanels } from '../trading/by-hand-panels.tsx';
import { ExportButton } from '../trading/export-button.tsx';
import { FillsTable, OrdersTable } from './order-tables.tsx';

const POSITION_COLUMNS: readonly Column[] = [
  { label: 'Instrument' },
  { label: 'Direction' },
  { label: 'Quantity', align: 'right' },
  { label: 'Average price', align: 'right' },
  { label: 'Last price', align: 'right' },
  { label: 'Value', align: 'right' },
  { label: 'Unrealised', align: 'right' },
  { label: 'Realised', align: 'right' },
  { label: 'Fees', align: 'right' },
];

function Figures({ portfolio }: { readonly portfolio: PortfolioView }) {
  const { environment: env, quoteAsset: asset } = portfolio;
  const total = plus(portfolio.equity, opposite(portfolio.startingEquity));
  return (
    <div className="grid grid-cols-2 divide-hair md:grid-cols-4 xl:grid-cols-7 xl:divide-x">
      <Tile label="Equity" env={env} note={`began with ${decimalText(portfolio.startingEquity, 2)}`}>
        {decimalText(portfolio.equity, 2)}
      </Tile>
      <Tile label="Total result" env={env} note="equity − net deposits">
        <SignedMoney text={total} />
      </Tile>
      <Tile label="Realised" env={env} note="closed, before fees">
        <SignedMoney text={portfolio.realisedPnl} />
      </Tile>
      <Tile label="Unrealised" env={env} note="at the last close">
        <SignedMoney text={portfolio.unrealisedPnl} />
      </Tile>
      <Tile label="Cash" env={env} note={`positions ${decimalText(portfolio.positionValue, 2)}`}>
        {decimalText(portfolio.cash, 2)}
      </Tile>
      <Tile label="Fees paid" env={env} note={`in ${asset}`}>
        {decimalText(portfolio.fees, 2)}
      </Tile>
      <Tile label="Drawdown" env={env} note={`from ${decimalText(portfolio.peakEquity, 2)}`}>
        {percentText(portfolio.drawdownFraction)}
      </Tile>
    </div>
  );
}

/** The curve in words, from the same points. */
const curveSummary = ({ equityCurve: curve, quoteAsset }: PortfolioView): string => {
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return 'No equity recorded yet.';
  const low = curve.reduce((least, point) => (compare(point.equity, least) < 0 ? point.equity : least), first.equity);
  const high = curve.reduce((most, point) => (compare(point.equity, most) > 0 ? point.equity : most), first.equity);
  return `Equity from ${moneyText(first.equity, quoteAsset)} on ${dateTimeText(first.ts, zone)} to ${moneyText(last.equity, quoteAsset)} on ${dateTimeText(last.ts, zone)}; lowest ${decimalText(low, 2)}, highest ${decimalText(high, 2)}.`;
};

function Curve({ portfolio }: { readonly portfolio: PortfolioView }) {
  const points = useMemo(
    () => portfolio.equityCurve.map(({ ts, equity }) => ({ ts, value: Number(equity) })),
    [portfolio.equityCurve],
  );
  const summary = curveSummary(portfolio);
  if (points.length < 2) return <EmptyState>The curve begins with the first result.</EmptyState>;
  return (
    <>
      <div className="relative h-56">
        <AreaChart points={points} label={summary} />
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-t border-hair px-3 py-2">
        <p className="figure min-w-0 flex-1 basis-80 text-12 text-muted">{summary}</p>
        <ChartCredit />
      </div>
    </>
  );
}

function Positions({ portfolio }: { readonly portfolio: PortfolioView }) {
  const { positions, environment } = portfolio;
  if (positions.length === 0)
    return <EmptyState>No position. An agent opens one when its strategy and the risk gate agree.</EmptyState>;
  return (
    <Table label="Positions" columns={POSITION_COLUMNS}>
      {positions.map((position) => (
        <tr key={position.instrument} data-env={environmentTag(environment)}>
          <Cell className="font-medium">{position.instrument}</Cell>
          <Cell className={position.direction === 'long' ? 'text-up' : 'text-muted'}>
            {DIRECTION[position.direction]}
          </Cell>
          <Cell align="right">
            <Num text={position.quantity} />
          </Cell>
          <Cell align="right">
            {position.averagePrice === null ? '–' : <Num text={position.averagePrice} decimals={2} />}
          </Cell>
          <Cell align="right">
            {position.lastPrice === null ? '–' : <Num text={position.lastPrice} decimals={2} />}
          </Cell>
          <Cell align="right">
            <Num text={position.value} decimals={2} />
          </Cell>
          <Cell align="right">
            <SignedMoney text={position.unrealisedPnl} />
          </Cell>
          <Cell align="right">
            <SignedMoney text={position.realisedPnl} />
          </Cell>
          <Cell align="right">
            <Num text={position.fees} decimals={2} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

const DIRECTION = { long: '▲ Long', short: '▼ Short', flat: '• Flat' } as const;

export function PortfolioScreen() {
  const { portfolio } = useStores();
  const loaded = useStore(portfolio);
  return (
    <div className="flex flex-col gap-3 p-3" data-fix="portfolio">
      <h1 className="sr-only">Portfolio</h1>
      <LoadedView loaded={loaded} what="the portfolio" retry={() => void portfolio.refresh()}>
        {(data) => (
          <>
            <Panel
              title={`Account, ${data.quoteAsset}`}
              env={data.environment}
              flush
              note={
                <>
                  {data.basis} · <Moment ms={data.asOf} form="short" />
                </>
              }
            >
              <Figures portfolio={data} />
            </Panel>
            <Panel title="Equity" env={data.environment} flush>
              <Curve portfolio={data} />
            </Panel>
            <Panel
              title="Positions"
              env={data.environment}
              note={countText(data.positions.length, 'instrument')}
              flush
              actions={<ExportButton what="positions" />}
            >
              <Positions portfolio={data} />
            </Panel>
            <ByHandPanels />
            <Panel title="Open orders" env={data.environment} flush actions={<ExportButton what="orders" />}>
              <OrdersTable env={data.environment} orders={data.openOrders} empty="No open order." />
            </Panel>
            <Panel
              title="Fills"
              env={data.environment}
              note="newest first"
              flush
              actions={<ExportButton what="fills" />}
            >
              <div className="max-h-96 overflow-y-auto">
                <FillsTable
                  env={data.environment}
                  fills={data.fills.toSorted((a, b) => b.ts - a.ts)}
                  empty="No fill yet."
                />
              </div>
            </Panel>
          </>
        )}
      </LoadedView>
    </div>
  );
}
