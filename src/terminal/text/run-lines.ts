import type { LabRunView } from '#shared/contract/lab-views.ts';
import { figureText, LAB_METRICS, paramsText } from '#shared/format/lab.ts';
import { countText } from '#shared/format/names.ts';
import { durationText } from '#shared/format/time.ts';
import { exact, moment } from './figures.ts';
import { type Line, line, type Span, span } from './line.ts';
import { heading, pairs, table } from './table.ts';

const ASCII = { ascii: true } as const;

const toned = (text: string, sign: -1 | 0 | 1 | undefined): Span =>
  sign === undefined || sign === 0 ? span(text) : span(text, sign > 0 ? 'up' : 'down');

export type MetricRow = { readonly label: string; readonly value: Span; readonly interval: string; readonly n: string };

/** The figures of a run with what they rest on; those that were not measured are left out. */
export const metricRows = (metrics: LabRunView['metrics']): readonly MetricRow[] =>
  LAB_METRICS.filter(({ name }) => metrics[name] !== undefined).map(({ name, label }) => {
    const { value, known, interval, n, sign } = figureText(name, metrics[name], ASCII);
    return { label, value: known ? toned(value, sign) : span(value, 'muted'), interval, n };
  });

export const metricTable = (metrics: LabRunView['metrics']): readonly Line[] => {
  const rows = metricRows(metrics);
  const known = rows.filter(({ n }) => n !== '');
  const unknown = rows.filter(({ n }) => n === '');
  return [
    ...table<MetricRow>(
      [
        { title: 'FIGURE', cell: ({ label }) => label },
        { title: 'VALUE', cell: ({ value }) => value, align: 'right' },
        { title: '95 % INTERVAL', cell: ({ interval }) => span(interval, 'muted'), align: 'right' },
        { title: 'N', cell: ({ n }) => span(n, 'muted'), align: 'right' },
      ],
      known,
    ),
    ...(unknown.length === 0 ? [] : heading('Without a value')),
    ...pairs(unknown.map(({ label, value }) => [label, line(value)] as const)),
  ];
};

const gapsText = ({ count, missing }: LabRunView['gaps']): string =>
  count === 0 ? 'none' : `${countText(count, 'gap')}, ${countText(missing, 'candle')} missing`;

const marketTable = (markets: NonNullable<LabRunView['markets']>): readonly Line[] =>
  table<(typeof markets)[number]>(
    [
      { title: 'MARKET', cell: ({ instrument, interval }) => `${instrument} ${interval}` },
      { title: 'TRADES', cell: ({ trades }) => String(trades), align: 'right' },
      { title: 'REFUSED', cell: ({ refused }) => span(String(refused), 'muted'), align: 'right' },
      { title: 'RESULT', cell: ({ netPnl }) => toned(exact(netPnl), netPnl.startsWith('-') ? -1 : 1), align: 'right' },
      { title: 'FEES', cell: ({ fees }) => exact(fees), align: 'right' },
      { title: 'STILL HELD', cell: ({ openPosition }) => exact(openPosition), align: 'right' },
    ],
    markets,
  );

/** A run as a calm page: what was played, what came of it, what it cost, and what that is worth. */
export function runLines(run: LabRunView): readonly Line[] {
  const { assumed, profiles, costs } = run;
  const speed = `${durationText(run.elapsedMs)} (${countText(run.candlesPerSecond, 'candle')} a second), ${durationText(run.loadMs)} to load`;
  return [
    line(
      span(run.strategy, 'strong'),
      `  ${run.instrument ?? 'no instrument named'} ${run.interval}`,
      span(`  ${run.id}`, 'muted'),
    ),
    ...pairs([
      ['Parameters', line(paramsText(run.params))],
      ['Profiles', line(`limits ${profiles.limits}, costs ${profiles.costs}, fee ${run.feeBps} bps`)],
      ...(assumed === null
        ? []
        : [
            [
              'Assumed',
              line(`tick ${assumed.tickSize}, lot ${assumed.lotSize}`, span(' (taken from the data)', 'muted')),
            ] as const,
          ]),
      ['Candles', line(`${countText(run.candles, 'candle')}, ${moment(run.from)} to ${moment(run.to)}`)],
      ['Gaps', line(gapsText(run.gaps))],
      ['Source', line(run.source)],
      ...(run.venue === undefined ? [] : [['Venue', line(run.venue)] as const]),
    ]),
    ...heading('Result'),
    ...pairs([
      ['Equity', line(span(exact(run.finalEquity), 'strong'), span(` from ${exact(run.startingCash)}`, 'muted'))],
      ['Trades', line(countText(run.trades, 'trade'), span(`, ${countText(run.fills, 'fill')}`, 'muted'))],
      ...(run.openPosition === '0'
        ? []
        : [[run.openPosition.startsWith('-') ? 'Still owed' : 'Still held', line(exact(run.openPosition))] as const]),
      ['Costs', line(`fees ${exact(costs.fees)}, spread ${exact(costs.spread)}, impact ${exact(costs.impact)}`)],
      ...(run.fillsFile === null ? [] : [['Fills', line(run.fillsFile)] as const]),
    ]),
    ...(run.markets === undefined || run.markets.length < 2
      ? []
      : [...heading('Markets'), ...marketTable(run.markets)]),
    ...heading('Figures', span('of daily returns where a day is meant', 'muted')),
    ...metricTable(run.metrics),
    ...heading('Run'),
    ...pairs([
      ['Tried', line(`${countText(run.tried, 'configuration')} on these candles so far`)],
      ['Time', line(speed)],
      ['Memory', line(`${run.peakRssMb} MB at most`)],
      ['Run hash', line(span(run.runHash, 'muted'))],
    ]),
  ];
}
