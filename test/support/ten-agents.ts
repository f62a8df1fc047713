import type { UnixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { type CycleRequest, cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from './engine.ts';
import { marketOf, type Tapes } from './side-by-side.ts';

export type TenAgentsOptions = {
  readonly tapes: Tapes;
  readonly interval: Interval;
  readonly historyDays: number;
  readonly limits: Readonly<Record<string, string | number>>;
  readonly engine: Parameters<typeof startTestEngine>[0];
};

/** A real engine whose standing market is made of tapes, and hands that press on it. */
export async function openTenAgents({ tapes, interval, historyDays, limits, engine }: TenAgentsOptions) {
  const market = marketOf(tapes, historyDays);
  const test = await startTestEngine({ ...engine, market: market.open });
  await test.engine.handlers['access.step_up']({ proof: { kind: 'confirm' } });
  await test.engine.handlers['risk.set_limits']({ changes: limits, reason: 'a test' });
  const candleMs = INTERVAL_MS[interval];
  return {
    test,
    market,
    candleMs,
    pressOf: (instrument: string): CycleRequest => cycleRequest.parse({ instrument, interval, trigger: 'terminal' }),
  };
}
export type TenAgents = Awaited<ReturnType<typeof openTenAgents>>;

export type KeepTrading = {
  /** Agents are followed by others until then. */
  readonly until: number;
  /** Candles between the end of one agent and the press for the next. */
  readonly pause: number;
  readonly onStarted?: (count: number) => void;
  /** Asked at every candle; ends everything at once when it says so. */
  readonly enough?: () => Promise<boolean>;
  /** A press that fails so ends its own line of agents and no other; every other failure ends the test. */
  readonly mayRefuse?: RegExp;
};

/** Keeps an agent at work on every instrument: whoever ends is followed by another one. */
export async function keepTrading(
  { test, market, candleMs, pressOf }: TenAgents,
  symbols: readonly string[],
  { until, pause, onStarted, enough, mayRefuse }: KeepTrading,
): Promise<{ readonly cycles: readonly number[]; readonly most: number }> {
  const { handlers } = test.engine;
  const { token, abort } = createAbortSource();
  const cycles: number[] = [];
  let most = 0;
  const look = async (): Promise<void> => {
    const status = await handlers['engine.status']({});
    if ('cyclesRunning' in status) most = Math.max(most, status.cyclesRunning.length);
    if (!token.aborted && (await enough?.()) === true) abort('enough');
  };
  /** Undefined for a press that was under way when everything ended. */
  const press = async (instrument: string) => {
    try {
      return await handlers['cycle.start'](pressOf(instrument));
    } catch (error) {
      if (token.aborted || mayRefuse?.test(String(error)) === true) return undefined;
      throw error;
    }
  };
  const work = async (instrument: string): Promise<void> => {
    // Holds the clock between the end of one agent and the press for the next; lets go as soon as the press has a seat of its own.
    let walker = market.together.join();
    const wait = (candles: number): Promise<boolean> =>
      walker.wait(((Math.floor(market.clock.now() / candleMs) + candles) * candleMs) as UnixMs, token);
    try {
      while (market.clock.now() < until && !token.aborted) {
        const pressed = press(instrument);
        walker.leave();
        const started = await pressed;
        if (started === undefined) return;
        walker = market.together.join();
        const { cycle, alreadyRunning } = started;
        if (alreadyRunning) throw new Error(`cycle ${cycle} runs on ${instrument} already`);
        cycles.push(cycle);
        onStarted?.(cycles.length);
        let over = false;
        const watch = async (): Promise<void> => {
          try {
            await handlers['cycle.wait']({ cycle });
          } catch (error) {
            if (mayRefuse?.test(String(error)) !== true) throw error;
          }
          over = true;
        };
        void watch();
        do await look();
        while ((await wait(1)) && !over);
        if (!token.aborted && pause > 1) await wait(pause - 1);
      }
    } finally {
      walker.leave();
    }
  };
  await Promise.all(symbols.map(work));
  return { cycles, most };
}

/** Agents that hold a position now. */
export async function tradingNow({ engine }: TestEngine): Promise<readonly { readonly cycle: number }[]> {
  const agents = await engine.handlers['agents.list']({ limit: 40 });
  return agents.filter(({ state }) => state === 'trading');
}
