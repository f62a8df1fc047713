import type { AppClient } from '#shared/contract/app-contract.ts';
import { type SpawnRequest, startCycle } from '../commands/follow-cycle.ts';
import { failureOf } from '../failure.ts';
import { textOf } from '../text/line.ts';
import type { KeyPress } from './editor.ts';
import type { Size } from './frame.ts';
import { createPress } from './press.ts';
import { createLineRuns, type RunWords } from './run-lines.ts';
import { type ConsoleState, frontBody, initialState, selectedAgent } from './state.ts';
import { VIEWS, viewNamed } from './views.ts';
import { type ConsoleClock, watchEngine } from './watch-engine.ts';

/** What the full screen shows and what its keys do, without a screen. */
export type ConsoleModel = {
  readonly state: () => ConsoleState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly press: (key: KeyPress) => void;
  /** The window, so that half a page is half a page. */
  readonly resize: (size: Size) => void;
  /** As if it had been typed after `:` and Enter pressed. */
  readonly type: (text: string) => void;
  /** Shows the run that this begins, or the one that the same press has begun. Rejects when the engine refuses it. */
  readonly begin: (request: SpawnRequest) => Promise<void>;
  /** Types it after `:` and waits for the master's Enter. */
  readonly propose: (text: string) => void;
  /** Resolves when the master leaves. */
  readonly left: Promise<void>;
  readonly close: () => void;
};

export type ConsoleOptions = {
  readonly client: AppClient;
  readonly runWords: RunWords;
  /** The engine is somebody else's: leaving does not end it. */
  readonly attached: boolean;
  readonly clock: ConsoleClock;
  readonly zone: string;
  /** Puts text on the clipboard of whoever looks at the terminal. */
  readonly copy: (text: string) => void;
};

/** What `createPress` may do. */
export type ConsoleActions = {
  readonly get: () => ConsoleState;
  readonly set: (change: Partial<ConsoleState>) => void;
  readonly now: () => number;
  readonly size: () => Size;
  readonly type: (text: string) => void;
  readonly show: (view: string) => void;
  readonly run: (text: string) => void;
  readonly interrupt: () => boolean;
  readonly answer: (secret: string | undefined) => void;
  readonly drawChart: () => void;
  readonly copySelection: () => void;
  /** Stops the run that is shown; what its agent holds is closed. */
  readonly stopRun: () => void;
  readonly leave: () => void;
};

export function createConsoleModel(options: ConsoleOptions): ConsoleModel {
  const { client, clock, attached } = options;
  let state = initialState(clock.now(), options.zone, !attached);
  let size: Size = { columns: 80, rows: 24 };
  const listeners = new Set<() => void>();
  const get = (): ConsoleState => state;
  const set = (change: Partial<ConsoleState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const watch = watchEngine(client, clock, get, set);
  const lines = createLineRuns(options.runWords, get, set);

  const show = (name: string): void => {
    const view = VIEWS.find((candidate) => candidate.name === name);
    if (view === undefined) return;
    set({
      view: name,
      body: null,
      pane: null,
      selected: 0,
      scroll: 0,
      filter: '',
      zoomed: false,
      chosen: undefined,
      mode: { kind: 'keys' },
    });
    if (name === 'market') set({ panel: 'chart' });
    if (name === 'agents') set({ panel: 'agents' });
    if (view.line !== undefined) void lines.fill(name, view.line);
  };

  const type = (text: string): void => {
    const typed = text.trim();
    const view = viewNamed(typed);
    // `agents` and `approvals` are commands too; typed alone, their view says the same and can be walked through.
    if (view !== undefined) return show(view.name);
    if (typed === 'q' || typed === 'quit') return press({ text: 'q', ctrl: false, shift: false });
    void lines.run(typed);
  };

  const copySelection = (): void => {
    const body = frontBody(state);
    const agent =
      state.view === 'agents' || (state.view === 'dash' && state.panel === 'agents') ? selectedAgent(state) : undefined;
    const text = body === null ? agent?.agentId : body.lines.map(textOf).join('\n');
    if (text === undefined) return set({ notice: { text: 'Nothing is selected.', tone: 'warn' } });
    options.copy(text);
    set({ notice: { text: body === null ? `Copied ${text}` : 'Copied what is shown', tone: 'accent' } });
  };

  const stopRun = (): void => {
    const { cycle } = state;
    if (cycle?.state !== 'running') return;
    client
      .invoke('cycle.cancel', { reason: 'stopped from the terminal', cycle: cycle.cycle })
      .catch((error: unknown) => set({ notice: { text: failureOf(error).message, tone: 'warn' } }));
  };

  const press = createPress({
    get,
    set,
    now: clock.now,
    size: () => size,
    type,
    show,
    run: (text) => void lines.run(text),
    interrupt: lines.interrupt,
    answer: lines.answer,
    drawChart: watch.drawChart,
    copySelection,
    stopRun,
    leave,
  });

  return {
    state: get,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    press,
    resize: (now) => {
      size = now;
    },
    type,
    async begin(request) {
      show('run');
      set({ starting: true });
      try {
        const { cycle } = await startCycle(client, request);
        const view = await client.invoke('cycle.get', { cycle });
        // What was pushed meanwhile is further along.
        if (view !== null && (state.cycle?.cycle ?? 0) < cycle) set({ cycle: view });
      } finally {
        set({ starting: false });
      }
    },
    propose: (text) => set({ mode: { kind: 'line', editor: { text, cursor: Array.from(text).length }, picked: -1 } }),
    left,
    close: watch.close,
  };
}
