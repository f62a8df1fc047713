import type { AppClient } from '#shared/contract/app-contract.ts';
import { isSealed } from '#shared/contract/engine.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { type ConsoleState, currentInstrument } from './state.ts';

/** Time as the console has it; tests hold it still. */
export type ConsoleClock = {
  readonly now: () => number;
  /** Calls again and again; returns the undo. */
  readonly every: (ms: number, work: () => void) => () => void;
};

/** The engine is asked this often whether it is there; a question that waits longer than `SILENT_MS` says that it is not. */
const ASK_MS = 2_000;
const SILENT_MS = 3_000;
const TICK_MS = 1_000;

export type EngineWatch = {
  /** Asks for the chart of what is looked at now. */
  readonly drawChart: () => void;
  readonly close: () => void;
};

type Set = (change: Partial<ConsoleState>) => void;

/** Keeps the state of the console as the engine's, and says when the engine does not answer. */
export function watchEngine(client: AppClient, clock: ConsoleClock, get: () => ConsoleState, set: Set): EngineWatch {
  let closed = false;
  let askedAt: number | undefined;
  let wanted = { agents: true, chart: true, approvals: true };
  const setEngine = (change: Partial<ConsoleState['engine']>): void => set({ engine: { ...get().engine, ...change } });

  const failed = (error: unknown): void => {
    if (closed || !(error instanceof ContractError)) return;
    if (error.code === 'disconnected') setEngine({ gone: true });
    // Locked, or an instrument without candles: what is shown stays, and the next look tries again.
  };

  const ask = async (): Promise<void> => {
    if (askedAt !== undefined) return;
    askedAt = clock.now();
    try {
      const status = await client.invoke('engine.status', {});
      if (closed) return;
      set(
        isSealed(status)
          ? { sealed: status, status: null, agents: [], approvals: null, cycle: null, chart: null }
          : { status, sealed: null },
      );
      setEngine({ latencyMs: clock.now() - askedAt, silentMs: null, gone: false });
    } catch (error) {
      failed(error);
    } finally {
      askedAt = undefined;
    }
  };

  const load = async (): Promise<void> => {
    const now = wanted;
    wanted = { agents: false, chart: false, approvals: false };
    if (get().sealed !== null) return;
    if (now.approvals) set({ approvals: await client.invoke('approvals.list', {}) });
    if (now.agents) set({ agents: await client.invoke('agents.list', {}) });
    if (now.chart) {
      const { interval, candles, pan, cycle } = get();
      const instrument = currentInstrument(get());
      const chart = await client.invoke('market.chart', {
        instrument,
        interval,
        limit: Math.min(5_000, candles + pan),
        ...(cycle?.instrument === instrument ? { cycle: cycle.cycle } : {}),
      });
      if (!closed) set({ chart });
    }
  };
  let loading = false;
  const loadSoon = (): void => {
    if (loading || closed) return;
    loading = true;
    void load()
      .catch(failed)
      .finally(() => {
        loading = false;
        if (!closed && (wanted.agents || wanted.chart) && !get().engine.gone) setTimeout(loadSoon, TICK_MS).unref();
      });
  };
  const want = (what: Partial<typeof wanted>): void => {
    wanted = { ...wanted, ...what };
    loadSoon();
  };

  const undo = [
    client.on('engine.changed', (status) => set({ status, sealed: null })),
    client.on('vault.changed', () => {
      void ask();
      want({ agents: true, chart: true, approvals: true });
    }),
    client.on('approvals.changed', (approvals) => {
      const { selected, view } = get();
      const last = Math.max(0, approvals.pending.length - 1);
      set({ approvals, ...(view === 'approvals' && selected > last ? { selected: last } : {}) });
    }),
    client.on('cycle.changed', (cycle) => {
      const shown = get().cycle;
      if (shown !== null && cycle.cycle < shown.cycle) return;
      set({ cycle });
      want({ agents: true, chart: true });
    }),
    client.on('market.candle', () => want({ chart: true })),
    clock.every(ASK_MS, () => void ask()),
    clock.every(TICK_MS, () => {
      const now = clock.now();
      set({ now });
      if (askedAt !== undefined && now - askedAt > SILENT_MS) setEngine({ silentMs: now - askedAt });
    }),
  ];
  void ask();
  const begin = async (): Promise<void> => {
    try {
      const [cycle, instruments] = await Promise.all([
        client.invoke('cycle.get', {}),
        client.invoke('market.instruments', {}),
      ]);
      if (!closed) set({ instruments: instruments.map(({ symbol }) => symbol), ...(cycle === null ? {} : { cycle }) });
    } catch (error) {
      failed(error);
    }
    loadSoon();
  };
  void begin();

  return {
    drawChart: () => want({ chart: true }),
    close: () => {
      closed = true;
      for (const step of undo) step();
    },
  };
}
