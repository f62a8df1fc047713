import { agentNowText } from '../text/agent-now.ts';
import { BLANK, type Line, line, padded, span, textOf } from '../text/line.ts';
import { completionOf } from './completing.ts';
import { footerLine, headerLine } from './draw-bars.ts';
import { cycleBody, isTooSmall, tooSmallLines, WIDE } from './draw-cycle.ts';
import { agentsPanel, approvalsPanel, chartPanel, feedPanel, PANEL_OF } from './draw-panels.ts';
import { beside, fitted, flowed, innerHeight, innerWidth, panel, type Size } from './frame.ts';
import { keysOf } from './keys.ts';
import { type Body, type ConsoleState, fits, frontBody } from './state.ts';

const MOST_SUGGESTED = 8;
const BARS = 2;

/** The rows of a body as they are shown: those that fit the filter, broken to the width. */
export const bodyRows = ({ lines }: Body, filter: string, width: number): readonly Line[] =>
  flowed(filter === '' ? lines : lines.filter((one) => fits(textOf(one), filter)), width, 2);

/** While a press is followed: what its agent does now, and how long that can take. */
function agentRows({ cycle, status }: ConsoleState, { title }: Body, width: number): readonly Line[] {
  if (cycle === null || !title.startsWith('spawn')) return [];
  const text = agentNowText(
    cycle,
    status === null ? null : { marketTime: status.marketTime, speed: status.feed.speed },
  );
  return text === undefined ? [] : flowed([line(span(text, 'muted'))], width, 2);
}

function bodyPanel(state: ConsoleState, body: Body, { columns, rows }: Size): readonly Line[] {
  const shown = bodyRows(body, state.filter, columns);
  const empty = state.filter === '' ? 'It wrote nothing.' : `No row fits "${state.filter}".`;
  const lines = shown.length > 0 ? shown : body.running ? [] : [line(span(empty, 'muted'))];
  const running: Line = line(span('◐ runs; Esc interrupts it', 'accent'));
  const atWork = agentRows(state, body, columns);
  const note = state.filter === '' ? '' : `/${state.filter}`;
  // While it runs the newest rows are what is looked at.
  return panel({ title: body.title, note, width: columns, height: rows, scroll: state.scroll, tail: body.running }, [
    ...lines,
    ...(body.running ? [...atWork, running] : []),
  ]);
}

function dash(state: ConsoleState, { columns, rows }: Size): readonly Line[] {
  if (columns < WIDE) {
    const agents = Math.max(5, Math.floor(rows * 0.3));
    const feed = Math.max(6, Math.floor(rows * 0.3));
    return [
      ...agentsPanel(state, columns, agents),
      ...chartPanel(state, columns, rows - agents - feed),
      ...feedPanel(state, columns, feed),
    ];
  }
  const left = Math.floor(columns / 2);
  const top = Math.floor(rows * 0.55);
  return [
    ...beside(agentsPanel(state, left, top), chartPanel(state, columns - left, top)),
    ...feedPanel(state, columns, rows - top),
  ];
}

function help(state: ConsoleState, { columns, rows }: Size): readonly Line[] {
  const keys = keysOf(state).map(
    ({ keys: pressed, does }): Line => [...padded([span(pressed, 'strong')], 16), span(does)],
  );
  return panel(
    {
      title: `Keys of ${frontBody(state)?.title ?? (state.view === 'dash' ? state.panel : state.view)}`,
      width: columns,
      height: rows,
      scroll: state.scroll,
    },
    keys,
  );
}

/** What stands between the two bars. */
function middle(state: ConsoleState, size: Size): readonly Line[] {
  const { columns, rows } = size;
  if (state.mode.kind === 'help') return help(state, size);
  const body = frontBody(state);
  if (body !== null) return bodyPanel(state, body, size);
  if (state.view === 'market') return chartPanel(state, columns, rows);
  if (state.view === 'agents') return agentsPanel(state, columns, rows);
  if (state.view === 'approvals') return approvalsPanel(state, columns, rows);
  if (state.view === 'run') {
    const { cycle, chart, scroll, chosen, starting } = state;
    return cycleBody({ cycle, chart, scroll, chosen, busy: starting }, size);
  }
  return state.zoomed ? PANEL_OF[state.panel](state, columns, rows) : dash(state, size);
}

/** Ways to go on with the typed line, over the last rows. */
function suggestions(state: ConsoleState, width: number): readonly Line[] {
  if (state.mode.kind !== 'line') return [];
  const { editor, picked } = state.mode;
  const { completions } = completionOf(state, editor.text);
  const from = Math.max(0, Math.min(picked - MOST_SUGGESTED + 1, completions.length - MOST_SUGGESTED));
  return completions.slice(from, from + MOST_SUGGESTED).map(({ label, summary }, index) => {
    const chosen = from + index === picked;
    return fitted(
      [
        span(chosen ? ' ▸ ' : '   ', 'accent'),
        ...padded([span(label, chosen ? 'strong' : 'plain')], 28),
        span(` ${summary}`, 'muted'),
      ],
      width,
    );
  });
}

/** The whole screen: exactly `rows` lines of `columns` cells. */
export function consoleLines(state: ConsoleState, size: Size): readonly Line[] {
  if (isTooSmall(size)) return tooSmallLines(size);
  const { columns, rows } = size;
  const body = middle(state, { columns, rows: rows - BARS });
  const over = suggestions(state, columns);
  return [
    headerLine(state, columns),
    ...(over.length === 0 ? body : [...body.slice(0, body.length - over.length), ...over]),
    footerLine(state, columns),
  ];
}

/** The same for a screen reader: what matters in sentences, without boxes and drawings. */
export function spokenLines(state: ConsoleState): readonly Line[] {
  const width = 10_000;
  const body = frontBody(state);
  const { cycle } = state;
  const plain = (lines: readonly Line[]): readonly Line[] =>
    lines
      .map((one) =>
        line(
          textOf(one)
            .replace(/[│╭╮╰╯─]+/g, ' ')
            .replace(/\s+/g, ' ')
            .trim(),
        ),
      )
      .filter((one) => textOf(one) !== '');
  const shown =
    state.mode.kind === 'help'
      ? keysOf(state).map(({ keys, does }) => line(`${keys}: ${does}`))
      : body === null && state.view === 'approvals'
        ? approvalsPanel(state, 200, 40)
        : body === null
          ? [
              ...agentsPanel(state, 200, Math.min(20, state.agents.length + 3)),
              line(cycle === null ? 'No cycle yet.' : `Cycle ${cycle.cycle} on ${cycle.instrument}: ${cycle.state}.`),
              ...feedPanel(state, 200, 12),
            ]
          : [line(body.title), ...body.lines.slice(state.scroll, state.scroll + innerHeight(40))];
  return plain([headerLine(state, innerWidth(width)), ...shown, footerLine(state, 200)]).concat([BLANK]);
}
