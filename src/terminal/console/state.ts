import type { AgentView } from '#shared/contract/agents.ts';
import type { ApprovalList, ApprovalView } from '#shared/contract/automation.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { EngineStatus, SealedStatus } from '#shared/contract/engine.ts';
import type { ChartView } from '#shared/contract/market.ts';
import type { Line } from '../text/line.ts';
import type { PanelName as RunPanel } from './draw-cycle.ts';
import type { Editor } from './editor.ts';

export type PanelName = 'agents' | 'chart' | 'feed';
/** In the order of their numbers. */
export const PANELS: readonly PanelName[] = ['agents', 'chart', 'feed'];

/** What the keys mean at the moment. */
export type Mode =
  | { readonly kind: 'keys' }
  | { readonly kind: 'line'; readonly editor: Editor; readonly picked: number }
  | { readonly kind: 'filter'; readonly editor: Editor }
  /** Typed without being shown. */
  | { readonly kind: 'secret'; readonly question: string; readonly editor: Editor }
  /** `insist`: the key that asked means yes when it is pressed again, as a second Ctrl C does. */
  | { readonly kind: 'ask'; readonly question: string; readonly yes: () => void; readonly insist?: boolean }
  | { readonly kind: 'help' };

/** Lines of a command, or of a view that shows one. */
export type Body = {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly running: boolean;
};

/** How the engine answers: `silentMs` counts while a question waits for longer than it should. */
export type EngineLine = {
  readonly latencyMs: number | null;
  readonly silentMs: number | null;
  readonly gone: boolean;
  /** It ends with this program. */
  readonly own: boolean;
};

export type ConsoleState = {
  readonly now: number;
  readonly zone: string;
  readonly status: EngineStatus | null;
  readonly sealed: SealedStatus | null;
  readonly engine: EngineLine;
  readonly agents: readonly AgentView[];
  /** What waits for the master and what was decided; null before it is known. */
  readonly approvals: ApprovalList | null;
  readonly cycle: CycleView | null;
  readonly chart: ChartView | null;
  readonly instruments: readonly string[];
  readonly view: string;
  readonly panel: PanelName;
  readonly zoomed: boolean;
  /** Of the view of a run in a small window: the panel that the master chose; undefined follows the run. */
  readonly chosen: RunPanel | undefined;
  /** A press from the command line is on its way. */
  readonly starting: boolean;
  /** What a command wrote, over the view; null shows the view. */
  readonly pane: Body | null;
  /** What the view's own command wrote. */
  readonly body: Body | null;
  readonly selected: number;
  readonly scroll: number;
  readonly filter: string;
  readonly interval: (typeof INTERVALS)[number];
  readonly candles: number;
  /** Candles between the newest one and the right edge of the chart. */
  readonly pan: number;
  readonly mode: Mode;
  readonly notice: { readonly text: string; readonly tone: 'accent' | 'warn' | 'danger' } | null;
};

export const INTERVALS = ['1m', '5m', '15m', '30m', '1h', '4h', '1d'] as const;
export const CANDLES = { least: 40, usual: 200, most: 1600 } as const;

export const initialState = (now: number, zone: string, own: boolean): ConsoleState => ({
  now,
  zone,
  status: null,
  sealed: null,
  engine: { latencyMs: null, silentMs: null, gone: false, own },
  agents: [],
  approvals: null,
  cycle: null,
  chart: null,
  instruments: [],
  view: 'dash',
  panel: 'agents',
  zoomed: false,
  chosen: undefined,
  starting: false,
  pane: null,
  body: null,
  selected: 0,
  scroll: 0,
  filter: '',
  interval: '5m',
  candles: CANDLES.usual,
  pan: 0,
  mode: { kind: 'keys' },
  notice: null,
});

const DRAWN = ['dash', 'market', 'agents', 'approvals', 'run'];

/** The body in front: the output of a command, else of the view's own. */
export const frontBody = ({ pane, body, view }: ConsoleState): Body | null =>
  pane ?? (DRAWN.includes(view) ? null : body);

/** Every word of the filter must be there, its letters in order. */
export function fits(text: string, filter: string): boolean {
  const low = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => {
      let at = -1;
      return Array.from(word).every((letter) => {
        at = low.indexOf(letter, at + 1);
        return at >= 0;
      });
    });
}

/** The agents as they are listed now: running ones first, filtered. */
export const listedAgents = ({ agents, filter }: Pick<ConsoleState, 'agents' | 'filter'>): readonly AgentView[] =>
  agents
    .filter((agent) => fits(`${agent.agentId} ${agent.family} ${agent.instrument} ${agent.state}`, filter))
    .toSorted((a, b) => Number(isAtWork(b)) - Number(isAtWork(a)));

const isAtWork = ({ state }: AgentView): boolean => state === 'trading' || state === 'waiting';

/** What waits, filtered; the oldest first, because it has the least time left. */
export const listedApprovals = ({
  approvals,
  filter,
}: Pick<ConsoleState, 'approvals' | 'filter'>): readonly ApprovalView[] =>
  (approvals?.pending ?? []).filter((one) => fits(`${one.id} ${one.kind} ${one.family} ${one.instrument}`, filter));

export const selectedApproval = (state: ConsoleState): ApprovalView | undefined =>
  listedApprovals(state)[state.selected];

export const selectedAgent = (state: ConsoleState): AgentView | undefined => listedAgents(state)[state.selected];

/** What a press would be about: the selected agent's instrument, else the newest cycle's, else the first known. */
export const currentInstrument = (state: ConsoleState): string =>
  (state.panel === 'agents' ? selectedAgent(state)?.instrument : undefined) ??
  state.cycle?.instrument ??
  state.instruments[0] ??
  'BTC/USDT';
