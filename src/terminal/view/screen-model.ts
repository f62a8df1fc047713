import type { AppClient } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { type SpawnRequest, startCycle } from '../commands/spawn.ts';
import { failureOf } from '../failure.ts';
import { PANELS, type ScreenState, shownPanel } from './screen-lines.ts';

/** Keys as the screen knows them. */
export type Key = 'spawn' | 'stop' | 'quit' | 'next' | 'up' | 'down' | 'yes' | 'other' | '1' | '2' | '3' | '4';

/** What the screen shows and what its keys do, without a screen. */
export type ScreenModel = {
  readonly state: () => ScreenState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Starts the cycle. Rejects when the engine refuses it, so that the refusal can be told on the normal screen. */
  readonly start: () => Promise<void>;
  readonly press: (key: Key) => void;
  /** Resolves when the master leaves. */
  readonly left: Promise<void>;
  readonly close: () => void;
};

export type ScreenModelOptions = {
  readonly client: AppClient;
  readonly request: SpawnRequest;
  /** The engine is somebody else's: leaving does not stop it. */
  readonly attached: boolean;
};

/** A chart is asked for at most this often while a cycle runs. */
const CHART_EVERY = 10;
const CHART_CANDLES = 200;

const INITIAL: ScreenState = {
  status: null,
  cycle: null,
  chart: null,
  notice: null,
  asking: false,
  busy: false,
  chosen: undefined,
  scroll: 0,
};

type Question = 'stop' | 'quit';

export function createScreenModel({ client, request, attached }: ScreenModelOptions): ScreenModel {
  let state = INITIAL;
  let question: Question | undefined;
  let news = 0;
  const listeners = new Set<() => void>();
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });

  const set = (change: Partial<ScreenState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const complain = (error: unknown): void => {
    // A picture that cannot be drawn, or a status that comes too late, is no reason to bother the master.
    if (error instanceof ContractError && error.code === 'disconnected')
      set({ notice: 'The engine is gone. q quits.' });
  };

  const drawChart = async ({ cycle }: CycleView): Promise<void> => {
    const { instrument, interval } = state.cycle ?? {};
    if (instrument === undefined || interval === undefined) return;
    set({ chart: await client.invoke('market.chart', { instrument, interval, cycle, limit: CHART_CANDLES }) });
  };

  const take = (view: CycleView): void => {
    // Old news of a cycle that has been replaced.
    if (state.cycle !== null && view.cycle < state.cycle.cycle) return;
    const ended = view.state !== 'running';
    set({ cycle: view, busy: state.busy && !ended });
    if (ended || news++ % CHART_EVERY === 0) void drawChart(view).catch(complain);
  };

  const undo = [client.on('cycle.changed', take), client.on('engine.changed', (status) => set({ status }))];
  void client
    .invoke('engine.status', {})
    .then((status) => set({ status: openStatus(status) }))
    .catch(complain);

  const running = (): boolean => state.busy || state.cycle?.state === 'running';

  async function start(): Promise<void> {
    if (running()) return;
    set({ busy: true, notice: null, chosen: undefined, scroll: 0 });
    try {
      const { cycle } = await startCycle(client, request);
      take(await client.invoke('cycle.wait', { cycle }));
      set({ status: openStatus(await client.invoke('engine.status', {})) });
    } finally {
      set({ busy: false });
    }
  }

  const ask = (next: Question, notice: string): void => {
    question = next;
    set({ notice, asking: true });
  };

  const stop = (): void => {
    set({ notice: 'Stopping...' });
    void client
      .invoke('cycle.cancel', {
        reason: 'stopped from the terminal',
        ...(state.cycle?.state === 'running' ? { cycle: state.cycle.cycle } : {}),
      })
      .then(() => set({ notice: null }))
      .catch((error: unknown) => set({ notice: failureOf(error).message }));
  };

  const answer = (key: Key): void => {
    const asked = question;
    question = undefined;
    set({ notice: null, asking: false });
    if (key !== 'yes' && !(asked === 'quit' && key === 'quit')) return;
    if (asked === 'quit') leave();
    else stop();
  };

  const quit = (): void => {
    if (!running() || attached) leave();
    else ask('quit', 'A cycle is running. Stop it, closing what is held, and quit? y yes, any other key no');
  };

  const cancel = (): void => {
    if (!running()) return;
    if ((state.cycle?.orders.length ?? 0) === 0) stop();
    else ask('stop', 'The agent has traded. Close what it holds and stop? y yes, any other key no');
  };

  const press = (key: Key): void => {
    if (question !== undefined) return answer(key);
    switch (key) {
      case 'quit':
        return quit();
      case 'stop':
        return cancel();
      case 'spawn':
        return void start().catch((error: unknown) => {
          const { message, remedy } = failureOf(error);
          set({ notice: `${message} Remedy: ${remedy}` });
        });
      case 'next': {
        const next = PANELS[(PANELS.indexOf(shownPanel(state)) + 1) % PANELS.length];
        return set({ chosen: next, scroll: 0 });
      }
      case '1':
      case '2':
      case '3':
      case '4':
        return set({ chosen: PANELS[Number(key) - 1], scroll: 0 });
      case 'up':
        return set({ scroll: Math.max(0, state.scroll - 1) });
      case 'down':
        return set({ scroll: state.scroll + 1 });
      case 'yes':
      case 'other':
        return set({ notice: null });
    }
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start,
    press,
    left,
    close: () => {
      for (const step of undo) step();
    },
  };
}
