import { commands } from '#shared/commands/registry.ts';
import { hasTraded } from '#shared/contract/has-traded.ts';
import { bodyRows } from './draw.ts';
import { PANELS as RUN_PANELS, shownPanel } from './draw-cycle.ts';
import { edited, type KeyPress } from './editor.ts';
import { lastScroll } from './frame.ts';
import type { ConsoleActions } from './model.ts';
import {
  CANDLES,
  type ConsoleState,
  currentInstrument,
  frontBody,
  INTERVALS,
  listedAgents,
  listedApprovals,
  PANELS,
  selectedAgent,
  selectedApproval,
} from './state.ts';
import { VIEWS } from './views.ts';

/** Rows of the screen that are no rows of a list: bars, edges, titles. */
const FRAME_ROWS = 5;
const PAN_STEP = 10;

/** The list that the keys move in, and how far. */
const inAgents = (state: ConsoleState): boolean =>
  frontBody(state) === null && (state.view === 'agents' || (state.view === 'dash' && state.panel === 'agents'));
const inChart = (state: ConsoleState): boolean =>
  frontBody(state) === null && (state.view === 'market' || (state.view === 'dash' && state.panel === 'chart'));

const inApprovals = (state: ConsoleState): boolean => frontBody(state) === null && state.view === 'approvals';

const MOST_SCROLL = 60;

function move({ get, set, size }: ConsoleActions, by: number): void {
  const state = get();
  if (inAgents(state)) {
    const last = Math.max(0, listedAgents(state).length - 1);
    return set({ selected: Math.max(0, Math.min(last, state.selected + by)) });
  }
  if (inApprovals(state)) {
    const last = Math.max(0, listedApprovals(state).length - 1);
    return set({ selected: Math.max(0, Math.min(last, state.selected + by)) });
  }
  const body = frontBody(state);
  const { columns, rows } = size();
  // Not past the last row; the brief of a cycle and the sheet of keys stop by themselves where they are drawn.
  const most = body === null ? MOST_SCROLL : lastScroll(bodyRows(body, state.filter, columns).length, rows - 2);
  set({ scroll: Math.max(0, Math.min(most, Math.min(most, state.scroll) + by)) });
}

function chartKey(actions: ConsoleActions, { name, text }: KeyPress): boolean {
  const { get, set } = actions;
  const { interval, candles, pan } = get();
  const at = INTERVALS.findIndex((one) => one === interval);
  const change = ((): Partial<ConsoleState> | undefined => {
    if (text === '[') return { interval: INTERVALS[Math.max(0, at - 1)] ?? interval, pan: 0 };
    if (text === ']') return { interval: INTERVALS[Math.min(INTERVALS.length - 1, at + 1)] ?? interval, pan: 0 };
    if (text === '+') return { candles: Math.max(CANDLES.least, Math.floor(candles / 2)) };
    if (text === '-') return { candles: Math.min(CANDLES.most, candles * 2) };
    if (text === '0') return { candles: CANDLES.usual, pan: 0 };
    if (name === 'left') return { pan: Math.min(CANDLES.most, pan + PAN_STEP) };
    if (name === 'right') return { pan: Math.max(0, pan - PAN_STEP) };
    return undefined;
  })();
  if (change === undefined) return false;
  set(change);
  actions.drawChart();
  return true;
}

function agentKey({ get, set, run }: ConsoleActions, { name, text }: KeyPress): boolean {
  const agent = selectedAgent(get());
  if (agent === undefined) return false;
  const typed = (line: string): void => set({ mode: { kind: 'line', editor: edited(line), picked: -1 } });
  if (name === 'enter') run(`agents log ${agent.agentId} --limit 200`);
  else if (text === 'w') run(`agent why ${agent.agentId}`);
  else if (text === 'p' && agent.paused === null) run(`agent pause ${agent.agentId} --reason "paused in the terminal"`);
  // No single key lets more risk through: the reason is still to be typed.
  else if (text === 'p') typed(`agent resume ${agent.agentId} --reason "`);
  else if (text === 'x') {
    set({
      mode: {
        kind: 'ask',
        question: `Take ${agent.agentId}'s hands off what it holds? Its stops stay.`,
        yes: () => run(`stop ${agent.agentId} --reason "stopped in the terminal"`),
      },
    });
  } else return false;
  return true;
}

const inRun = (state: ConsoleState): boolean => frontBody(state) === null && state.view === 'run';

/** The panels of a run, where the window has room for one alone, and stopping it. Nothing here takes new risk. */
function runKey({ get, set, stopRun }: ConsoleActions, { name, text, shift }: KeyPress): boolean {
  const state = get();
  const panel = RUN_PANELS[Number(text) - 1];
  if (panel !== undefined) set({ chosen: panel, scroll: 0 });
  else if (name === 'tab') {
    const step = shift ? RUN_PANELS.length - 1 : 1;
    const next = (RUN_PANELS.indexOf(shownPanel(state)) + step) % RUN_PANELS.length;
    set({ chosen: RUN_PANELS[next], scroll: 0 });
  } else if (text === 'x' && state.cycle?.state === 'running') {
    const traded = hasTraded(state.cycle);
    set({
      mode: {
        kind: 'ask',
        question: traded
          ? 'The agent has traded. Close what it holds and stop?'
          : 'Stop this run? Nothing was traded yet.',
        yes: stopRun,
      },
    });
  } else return false;
  return true;
}

function approvalKey({ get, set, run }: ConsoleActions, { name, text }: KeyPress): boolean {
  const approval = selectedApproval(get());
  if (approval === undefined) return false;
  const { id, kind, instrument } = approval;
  const typed = (line: string): void => set({ mode: { kind: 'line', editor: edited(line), picked: -1 } });
  if (name === 'enter') run(`approvals ${id}`);
  else if (text === 'a') {
    const what = kind === 'brief' ? 'the agent' : 'the entry';
    set({
      mode: {
        kind: 'ask',
        question: `Approve ${id}, ${what} on ${instrument}, as it stands?`,
        yes: () => run(`approve ${id}`),
      },
    });
  } else if (text === 'e') typed(`approve ${id} --max-size `);
  else if (text === 'r') typed(`reject ${id} --reason "`);
  else return false;
  return true;
}

function back({ get, set, interrupt, show }: ConsoleActions): void {
  const state = get();
  if (interrupt()) return set({ notice: { text: 'Interrupting...', tone: 'warn' } });
  if (state.filter !== '') return set({ filter: '', selected: 0, scroll: 0, notice: null });
  if (state.pane !== null) return set({ pane: null, scroll: 0, notice: null });
  if (state.zoomed) return set({ zoomed: false });
  if (state.view !== 'dash') return show('dash');
  set({ notice: null });
}

const HALT = commands.some(({ words }) => words.join(' ') === 'halt') ? 'halt' : 'stop';

/** A key while nothing is typed. */
export function pressInKeys(actions: ConsoleActions, key: KeyPress): void {
  const { get, set, run } = actions;
  const state = get();
  const page = Math.max(1, Math.floor((actions.size().rows - FRAME_ROWS) / 2));
  const { name, text, ctrl } = key;
  if (state.notice !== null) set({ notice: null });

  if (ctrl && text === 'c') return leaving(actions);
  if (name === 'escape') return back(actions);
  if (name === 'down' || text === 'j') return move(actions, 1);
  if (name === 'up' || text === 'k') return move(actions, -1);
  if (name === 'pagedown' || (ctrl && text === 'd')) return move(actions, page);
  if (name === 'pageup' || (ctrl && text === 'u')) return move(actions, -page);
  if (name === 'home' || text === 'g') return set({ selected: 0, scroll: 0 });
  if (name === 'end' || text === 'G') return move(actions, 1_000_000);
  if (text === 'n' && state.filter !== '') return move(actions, 1);
  if (text === 'N' && state.filter !== '') return move(actions, -1);
  if (inRun(state) && runKey(actions, key)) return;
  if (name === 'tab') {
    const step = key.shift ? PANELS.length - 1 : 1;
    return set({ panel: PANELS[(PANELS.indexOf(state.panel) + step) % PANELS.length] ?? 'agents' });
  }
  const panel = PANELS[Number(text) - 1];
  if (panel !== undefined)
    return set({ panel, ...(state.view === 'dash' ? {} : { view: 'dash', pane: null, body: null }) });
  if (inChart(state) && chartKey(actions, key)) return;
  if (inAgents(state) && agentKey(actions, key)) return;
  if (inApprovals(state) && approvalKey(actions, key)) return;

  switch (text) {
    case '?':
      return set({ mode: { kind: 'help' }, scroll: 0 });
    case '/':
      return set({ mode: { kind: 'filter', editor: edited(state.filter) } });
    case 's': {
      const line = `spawn ${currentInstrument(state)}`;
      return set({ mode: { kind: 'line', editor: edited(line), picked: -1 } });
    }
    case 'h':
      return set({
        mode: {
          kind: 'ask',
          question: 'Halt: no new entries; what is held stays with its stops?',
          yes: () => run(`${HALT} --reason "halted in the terminal"`),
        },
      });
    case 'y':
      return actions.copySelection();
    case 'z':
      return state.view === 'dash' ? set({ zoomed: !state.zoomed }) : undefined;
    case 'L':
      return run('vault lock');
    case 'R':
      return VIEWS.some(({ line, name: view }) => view === state.view && line !== undefined)
        ? actions.show(state.view)
        : actions.drawChart();
    case 'q':
      return leaving(actions);
    default:
      if (name === 'enter' && state.view === 'dash') set({ zoomed: !state.zoomed });
  }
}

function leaving({ get, set, leave }: ConsoleActions): void {
  const { engine, status } = get();
  const held = (status?.cyclesRunning.length ?? 0) > 0 ? ' What its agents hold is closed first.' : '';
  const question = engine.own ? `Leave, and end this engine?${held}` : 'Leave? The engine goes on.';
  set({ mode: { kind: 'ask', question, yes: leave, insist: true } });
}
