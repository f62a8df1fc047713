import type { AgentView } from '#shared/contract/agents.ts';
import { agentStateName, familyName } from '#shared/format/names.ts';
import { approvalLines } from '../text/approval-lines.ts';
import { signedMoney, signedMultiples } from '../text/figures.ts';
import { type Line, line, padded, type Span, span } from '../text/line.ts';
import { chartLines, chartNote } from './chart-lines.ts';
import { feedRows, NO_FEED } from './draw-cycle.ts';
import { fitted, flowed, innerHeight, innerWidth, panel } from './frame.ts';
import { type ConsoleState, listedAgents, listedApprovals, PANELS, type PanelName } from './state.ts';

type Draw = (state: ConsoleState, width: number, height: number) => readonly Line[];

/** `▸1 Agents`: the number that focuses it, and a mark where the focus is. */
const titleOf = ({ panel: focused }: ConsoleState, name: PanelName, title: string): string =>
  `${focused === name ? '▸' : ' '}${PANELS.indexOf(name) + 1} ${title}`;

/** Title, cells, and the width from which on there is room for it. */
const HEAD = [
  ['AGENT', 11, 0],
  ['STYLE', 17, 56],
  ['MARKET', 11, 68],
  ['RESULT', 14, 0],
  ['R', 10, 0],
  ['STATE', 12, 0],
] as const;

export const agentsPanel: Draw = (state, width, height) => {
  const agents = listedAgents(state);
  const room = innerHeight(height) - 1;
  // The selected row is always in sight, and only the rows in sight are made.
  const from = Math.max(0, Math.min(state.selected - Math.floor(room / 2), agents.length - room));
  const cells = (row: AgentView, chosen: boolean): readonly Span[] => [
    span(row.agentId, chosen ? 'strong' : 'plain'),
    span(familyName(row.family).toLowerCase()),
    span(row.instrument),
    signedMoney(row.netPnl, row.quoteAsset),
    signedMultiples(row.r),
    span(agentStateName(row).toLowerCase(), row.state === 'retired' ? 'muted' : 'plain'),
  ];
  const inner = innerWidth(width);
  const rows = agents.slice(from, from + Math.max(0, room)).map((agent, index): Line => {
    const chosen = from + index === state.selected;
    return [span(chosen ? '▸ ' : '  ', 'accent'), ...placed(cells(agent, chosen), inner)];
  });
  const head: Line = [
    span('  '),
    ...placed(
      HEAD.map(([title]) => span(title, 'muted')),
      inner,
    ),
  ];
  const none =
    state.filter === ''
      ? line(span('No agents yet. s types the command that spawns one.', 'muted'))
      : line(span(`None fits "${state.filter}". Esc shows all.`, 'muted'));
  const note = [
    state.filter === '' ? '' : `/${state.filter}`,
    rows.length < agents.length ? `${state.selected + 1} of ${agents.length}` : '',
  ]
    .filter((text) => text !== '')
    .join('  ');
  return panel(
    { title: titleOf(state, 'agents', `Agents (${agents.length})`), note, width, height },
    agents.length === 0 ? flowed([none], width) : [head, ...rows],
  );
};

/** Cells under their titles, those that there is room for. */
const placed = (cells: readonly Span[], inner: number): Line =>
  HEAD.flatMap(([, width, least], index) => {
    const one = cells[index];
    if (one === undefined || inner < least) return [];
    return index === HEAD.length - 1 ? [one] : cell([one], width);
  });

const cell = (spans: readonly Span[], width: number): Line => padded(fitted(spans, width - 1), width);

export const chartPanel: Draw = (state, width, height) => {
  const { chart, interval, pan } = state;
  if (chart === null) {
    return panel({ title: titleOf(state, 'chart', `Chart ${interval}`), width, height }, [
      line(span('No candles to draw yet.', 'muted')),
    ]);
  }
  const note = pan === 0 ? chartNote(chart) : `${chartNote(chart)}, ${pan} candles back`;
  return panel(
    { title: titleOf(state, 'chart', `${chart.instrument} ${chart.interval}`), note, width, height },
    chartLines(back(chart, pan), innerWidth(width), innerHeight(height)),
  );
};

/** The chart without its newest `pan` candles. */
function back(chart: NonNullable<ConsoleState['chart']>, pan: number): NonNullable<ConsoleState['chart']> {
  const kept = Math.max(2, chart.columns.close.length - pan);
  if (pan === 0) return chart;
  const { columns } = chart;
  return {
    ...chart,
    columns: {
      openTime: columns.openTime.slice(0, kept),
      open: columns.open.slice(0, kept),
      high: columns.high.slice(0, kept),
      low: columns.low.slice(0, kept),
      close: columns.close.slice(0, kept),
      volume: columns.volume.slice(0, kept),
    },
    // A level of today says nothing about what is shown.
    lines: [],
  };
}

export const feedPanel: Draw = (state, width, height) => {
  const rows = feedRows(state.cycle, innerHeight(height));
  const note = state.cycle === null ? 'UTC' : `cycle ${state.cycle.cycle}  UTC`;
  return panel(
    { title: titleOf(state, 'feed', 'Feed'), note, width, height, tail: true },
    flowed(rows.length === 0 ? [NO_FEED] : rows, width, 7),
  );
};

/** What waits, one of it chosen, then what was decided. */
export const approvalsPanel: Draw = (state, width, height) => {
  const { approvals, filter, now } = state;
  const listed = listedApprovals(state);
  const title = `Approvals (${listed.length})`;
  const note = filter === '' ? 'a approves, e lowers, r rejects' : `/${filter}`;
  if (approvals === null) return panel({ title, width, height }, [line(span('What waits is not known yet.', 'muted'))]);
  const rows = approvalLines({ pending: [...listed], decided: filter === '' ? approvals.decided : [], now }).map(
    (one, index): Line => {
      // The first row names the columns.
      const chosen = listed.length > 0 && index === state.selected + 1;
      return [span(chosen ? '▸ ' : '  ', 'accent'), ...one];
    },
  );
  const scroll = Math.max(0, state.selected + 1 - Math.floor(innerHeight(height) / 2));
  return panel({ title, note, width, height, scroll }, rows);
};

export const PANEL_OF: Readonly<Record<PanelName, Draw>> = { agents: agentsPanel, chart: chartPanel, feed: feedPanel };
