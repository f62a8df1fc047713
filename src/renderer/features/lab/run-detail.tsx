import { useMemo } from 'react';
import type { LabCurve } from '#shared/contract/lab.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { decimalText, floatText } from '#shared/format/figures.ts';
import { figureText, paramsText } from '#shared/format/lab.ts';
import { countText, familyName } from '#shared/format/names.ts';
import { dateText, durationText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { CurvesChart } from '../../charts/curves-chart.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Num, Signed } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { MetricTable } from './metric-table.tsx';

const TRADE_COLUMNS: readonly Column[] = [
  { label: 'Entered' },
  { label: 'Left' },
  { label: 'Side' },
  { label: 'Quantity', align: 'right' },
  { label: 'Entry', align: 'right' },
  { label: 'Exit', align: 'right' },
  { label: 'Fees', align: 'right' },
  { label: 'Result', align: 'right' },
  { label: 'R', align: 'right' },
];
const TRADES_SHOWN = 100;

/** The picture in words, from the same figures. */
function curveSummary(run: LabRunView): string {
  const fall = figureText('maxDrawdown', run.metrics['maxDrawdown']);
  return (
    `Equity from ${decimalText(run.startingCash, 2)} on ${dateText(run.from, zone)} to ${decimalText(run.finalEquity, 2)} on ${dateText(run.to, zone)}; ` +
    `deepest drawdown ${fall.value}. The dashed line bought at the first open and held on.`
  );
}

function EquityPanel({ run, curve }: { readonly run: LabRunView; readonly curve: LabCurve | null }) {
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
  const summary = curveSummary(run);
  return (
    <Panel title="Equity and drawdown" env="simulated" flush>
      {curve === null || curve.time.length < 2 ? (
        <EmptyState>Too few candles to draw a curve.</EmptyState>
      ) : (
        <>
          <div className="relative h-80">
            <CurvesChart curves={curves} falls={falls} unit="amount" label={summary} />
          </div>
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-t border-hair px-3 py-2">
            <p className="figure min-w-0 flex-1 basis-80 text-12 text-muted">{summary}</p>
            <ChartCredit />
          </div>
        </>
      )}
    </Panel>
  );
}

const facts = (run: LabRunView): readonly Pair[] => [
  { label: 'Final equity', value: <Num text={run.finalEquity} />, strong: true },
  { label: 'Starting cash', value: <Num text={run.startingCash} /> },
  ...(run.openPosition === '0' ? [] : [{ label: 'Still held', value: <Num text={run.openPosition} /> }]),
  { label: 'Trades', value: `${countText(run.trades, 'trade')}, ${countText(run.fills, 'fill')}` },
  { label: 'Fees', value: <Num text={run.costs.fees} /> },
  { label: 'Spread', value: <Num text={run.costs.spread} /> },
  { label: 'Impact', value: <Num text={run.costs.impact} /> },
  { label: 'Turnover', value: <Num text={run.turnover} decimals={2} /> },
];

const origin = (run: LabRunView): readonly Pair[] => [
  { label: 'Parameters', value: paramsText(run.params) },
  { label: 'Profiles', value: `limits ${run.profiles.limits}, costs ${run.profiles.costs}` },
  { label: 'Fee', value: `${run.feeBps} basis points` },
  ...(run.assumed === null
    ? []
    : [{ label: 'Assumed', value: `tick ${run.assumed.tickSize}, lot ${run.assumed.lotSize}` }]),
  { label: 'Candles', value: countText(run.candles, 'candle') },
  { label: 'From', value: <Moment ms={run.from} /> },
  { label: 'To', value: <Moment ms={run.to} /> },
  { label: 'Gaps', value: run.gaps.count === 0 ? 'none' : `${run.gaps.missing} missing in ${run.gaps.count}` },
  { label: 'Source', value: <span className="break-all">{run.source}</span> },
  { label: 'Tried on these candles', value: countText(run.tried, 'configuration') },
  { label: 'Event loop', value: `${durationText(run.elapsedMs)}, ${countText(run.candlesPerSecond, 'candle')}/s` },
  { label: 'Run hash', value: <CopyText what="run hash" value={run.runHash} shown={`${run.runHash.slice(0, 12)}…`} /> },
];

function Trades({ run }: { readonly run: LabRunView }) {
  if (run.trades === 0) return <EmptyState>No trade was closed.</EmptyState>;
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label="Trades" columns={TRADE_COLUMNS}>
        {run.tradeList.slice(0, TRADES_SHOWN).map((trade, index) => (
          <tr key={index} data-env="sim">
            <Cell>
              <Moment ms={trade.entryTime} />
            </Cell>
            <Cell>
              <Moment ms={trade.exitTime} />
            </Cell>
            <Cell>{trade.direction ?? 'long'}</Cell>
            {[trade.quantity, trade.entryPrice, trade.exitPrice, trade.fees].map((value, column) => (
              <Cell key={column} align="right" className="figure-mono">
                {floatText(value, column === 0 ? 5 : 2)}
              </Cell>
            ))}
            <Cell align="right">
              <Signed direction={trade.pnl > 0 ? 'up' : trade.pnl < 0 ? 'down' : 'flat'}>
                {floatText(trade.pnl, 2, { sign: 'always' })}
              </Signed>
            </Cell>
            <Cell align="right" className="figure-mono">
              {trade.r === null ? '–' : floatText(trade.r, 2, { sign: 'always' })}
            </Cell>
          </tr>
        ))}
      </Table>
    </div>
  );
}

const MARKET_COLUMNS: readonly Column[] = [
  { label: 'Market' },
  { label: 'Trades', align: 'right' },
  { label: 'Refused', align: 'right' },
  { label: 'Fees', align: 'right' },
  { label: 'Still held', align: 'right' },
  { label: 'Result', align: 'right' },
];

/** What each market of one account brought. */
function Markets({ markets }: { readonly markets: NonNullable<LabRunView['markets']> }) {
  return (
    <Table label="Markets" columns={MARKET_COLUMNS}>
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
  return (
    <section aria-label={`Back-test ${run.id}`} className="flex flex-col gap-3">
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <EquityPanel run={run} curve={curve} />
        <Panel title={familyName(run.strategy)} env="simulated" note={`${run.instrument ?? 'unnamed'} ${run.interval}`}>
          <Pairs pairs={facts(run)} />
        </Panel>
      </div>
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Panel title="Figures" env="simulated" flush note="of daily returns where a day is meant">
          <MetricTable label="Figures" metrics={run.metrics} />
        </Panel>
        <Panel title="Where it comes from">
          <Pairs pairs={origin(run)} />
        </Panel>
      </div>
      {run.markets === undefined || run.markets.length < 2 ? null : (
        <Panel title="Markets" env="simulated" flush note={countText(run.markets.length, 'market')}>
          <Markets markets={run.markets} />
        </Panel>
      )}
      <Panel
        title="Trades"
        env="simulated"
        flush
        note={run.trades > TRADES_SHOWN ? `the first ${TRADES_SHOWN} of ${run.trades}` : countText(run.trades, 'trade')}
      >
        <Trades run={run} />
      </Panel>
    </section>
  );
}
