import type { CycleView } from '#shared/contract/cycle.ts';
import type { ChartView } from '#shared/contract/market.ts';
import { buildFeed, type FeedItem } from '#shared/format/feed.ts';
import { familyName } from '#shared/format/names.ts';
import { agentNowText } from '../text/agent-now.ts';
import { briefLines, outcomeLine, reconciliationLines, shortClosingLines, stageLine } from '../text/cycle-lines.ts';
import { BLANK, type Line, line, span, wrap } from '../text/line.ts';
import { feedLine } from '../text/trade-lines.ts';
import { chartLines, chartNote } from './chart-lines.ts';
import { beside, fitted, flowed, innerHeight, innerWidth, panel, type Size } from './frame.ts';

export type PanelName = 'brief' | 'feed' | 'chart' | 'result';
export const PANELS: readonly PanelName[] = ['brief', 'feed', 'chart', 'result'];

/** What the view of one run shows. */
export type CycleState = {
  readonly cycle: CycleView | null;
  readonly chart: ChartView | null;
  /** A press is on its way. */
  readonly busy: boolean;
  /** The panel that the master chose in a small window; undefined follows the cycle. */
  readonly chosen: PanelName | undefined;
  readonly scroll: number;
};

const LEAST: Size = { columns: 80, rows: 24 };
/** From this width on, panels stand beside each other. */
export const WIDE = 100;
const STAGES_HEIGHT = 10;
const RESULT_HEIGHT = 10;
const LEAST_CHART = 8;
/** Where continued rows begin, under the values. */
const PAIR_INDENT = 10;
const CLOSING_INDENT = 8;

function stagesPanel({ cycle, busy }: CycleState, width: number): readonly Line[] {
  const lines =
    cycle === null
      ? [
          line(busy ? 'Starting...' : 'Nothing has run yet.'),
          line(span('One press: market, facts, regime, agent, trade, lesson.', 'muted')),
        ]
      : cycle.stages.map((stage) => {
          const now = stage.name === 'agent' && stage.state === 'running' ? agentNowText(cycle, null) : undefined;
          return stageLine(now === undefined ? stage : { ...stage, detail: now });
        });
  const note = cycle === null ? '' : `${cycle.instrument} ${cycle.interval}`;
  return panel({ title: 'Stages', note, width, height: STAGES_HEIGHT }, lines);
}

/** The two blanks in front belong to the printed form; a panel has a margin of its own. */
const withoutMargin = (one: Line): Line => (one[0]?.text === '  ' ? one.slice(1) : one);

function briefPanel({ cycle, scroll }: CycleState, width: number, height: number): readonly Line[] {
  const lines = cycle === null ? [] : briefLines(cycle);
  const trimmed = lines.map(withoutMargin);
  const shown =
    trimmed.length > 0
      ? flowed(trimmed, width, PAIR_INDENT)
      : [
          line(
            span('What the agent will do, will not do and may lose stands here once the market is judged.', 'muted'),
          ),
        ].flatMap((one) => flowed([one], width));
  const note = cycle?.agentSpec ? familyName(cycle.agentSpec.family) : '';
  return panel({ title: 'Brief', note, width, height, scroll }, shown);
}

/** A hold after a hold says the same again with newer numbers: of each row of holds the newest is shown, with how many they are. */
function withoutRepeats(items: readonly FeedItem[]): readonly FeedItem[] {
  const shown: FeedItem[] = [];
  for (const item of items) {
    const newer = shown.at(-1);
    if (isHold(newer) && isHold(item)) {
      shown[shown.length - 1] = { ...newer, times: newer.times + item.times, since: item.since };
    } else shown.push(item);
  }
  return shown;
}

type Decision = Extract<FeedItem, { readonly kind: 'decision' }>;
const isHold = (item: FeedItem | undefined): item is Decision =>
  item?.kind === 'decision' && item.decision.kind === 'hold';

/** What a cycle decided and did, oldest first, at most the newest `most`: only what can be seen is made into rows. */
export const feedRows = (cycle: CycleView | null, most: number): readonly Line[] =>
  cycle === null ? [] : withoutRepeats(buildFeed(cycle)).slice(0, most).toReversed().map(feedLine);

export const NO_FEED: Line = line(span('Decisions, orders and fills appear here.', 'muted'));

function feedPanel({ cycle }: CycleState, width: number, height: number): readonly Line[] {
  const rows = feedRows(cycle, innerHeight(height));
  const lines = rows.length === 0 ? [NO_FEED] : rows;
  return panel({ title: 'Feed', note: 'UTC', width, height, tail: true }, flowed(lines, width, 7));
}

function chartPanel({ chart }: CycleState, width: number, height: number): readonly Line[] {
  if (chart === null) return panel({ title: 'Chart', width, height }, [line(span('No candles to draw yet.', 'muted'))]);
  const title = `${chart.instrument} ${chart.interval}`;
  return panel(
    { title, note: chartNote(chart), width, height },
    chartLines(chart, innerWidth(width), innerHeight(height)),
  );
}

/** Money on the left, what identifies the run on the right. */
function resultPanel({ cycle, scroll }: CycleState, width: number, height: number): readonly Line[] {
  if (cycle === null || cycle.state === 'running') {
    return panel({ title: 'Result', width, height }, [line(span('There is no result yet.', 'muted'))]);
  }
  const inner = innerWidth(width);
  const money = reconciliationLines(cycle).map(withoutMargin);
  const outcome = flowed([outcomeLine(cycle)], width, 2);
  if (width < WIDE) {
    const closing = flowed(shortClosingLines(cycle).map(withoutMargin), width, CLOSING_INDENT);
    return panel({ title: 'Result', width, height, scroll }, [...outcome, ...money, ...closing]);
  }
  const left = Math.min(60, Math.ceil(inner * 0.57));
  const right = flowed(shortClosingLines(cycle).map(withoutMargin), inner - left + 4, CLOSING_INDENT);
  const rows = Math.max(money.length, right.length);
  const both = Array.from(
    { length: rows },
    (_, index): Line => [...fitted(money[index] ?? BLANK, left), ...(right[index] ?? BLANK)],
  );
  return panel({ title: 'Result', width, height }, [...outcome, ...both]);
}

const panels = { brief: briefPanel, feed: feedPanel, chart: chartPanel, result: resultPanel } as const;

/** The panel of a small window: the chosen one, else what matters now. */
export const shownPanel = ({ chosen, cycle }: Pick<CycleState, 'chosen' | 'cycle'>): PanelName =>
  chosen ?? (cycle !== null && cycle.state !== 'running' ? 'result' : 'brief');

function narrow(state: CycleState, { columns, rows }: Size): readonly Line[] {
  const name = shownPanel(state);
  const tabs = line(
    ' ',
    ...PANELS.flatMap((one, index) => [
      span(`${index + 1} ${one}`, one === name ? 'strong' : 'muted'),
      span(index === PANELS.length - 1 ? '' : '   '),
    ]),
  );
  const height = rows - STAGES_HEIGHT - 3;
  return [...stagesPanel(state, columns), fitted(tabs, columns), ...panels[name](state, columns, height)];
}

function wide(state: CycleState, { columns, rows }: Size): readonly Line[] {
  const over = state.cycle !== null && state.cycle.state !== 'running';
  const result = over ? resultPanel(state, columns, RESULT_HEIGHT) : [];
  const body = rows - 2 - result.length;
  const left = Math.floor(columns / 2);
  const right = columns - left;
  const leftSide = [...stagesPanel(state, left), ...feedPanel(state, left, body - STAGES_HEIGHT)];
  // The brief comes first; the chart gets what is left when that is enough to see something.
  const briefRows = 18;
  const chartHeight = body - briefRows >= LEAST_CHART ? body - briefRows : 0;
  const rightSide = [
    ...briefPanel(state, right, body - chartHeight),
    ...(chartHeight === 0 ? [] : chartPanel(state, right, chartHeight)),
  ];
  return [...beside(leftSide, rightSide), ...result];
}

export const isTooSmall = ({ columns, rows }: Size): boolean => columns < LEAST.columns || rows < LEAST.rows;

/** What a window shows that is too small to show anything else. */
export function tooSmallLines({ columns, rows }: Size): readonly Line[] {
  // The numbers come first: in the smallest window they are what is left of it.
  const text = `${columns}x${rows}: too small, ${LEAST.columns}x${LEAST.rows} needed. Make the window larger; q quits.`;
  const told = wrap(line(text), columns);
  return Array.from({ length: Math.max(1, rows) }, (_, row) => fitted(told[row] ?? BLANK, columns));
}

/** The stages, brief, chart, feed and result of a cycle without the bars around them: exactly `rows` lines of `columns` cells. */
export const cycleBody = (state: CycleState, { columns, rows }: Size): readonly Line[] =>
  columns < WIDE ? narrow(state, { columns, rows: rows + 2 }) : wide(state, { columns, rows: rows + 2 });
