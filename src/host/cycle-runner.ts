import { createStopwatch } from '#adapters/clock-system/system-clock.ts';
import { sha256 } from '#adapters/digest/sha256.ts';
import { priceDecimalsOf } from '#core/cycle/price-decimals.ts';
import type { CycleSetup } from '#core/cycle/run-cycle.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type AbortSource, createAbortSource } from '#core/kernel/abort.ts';
import type { Stopwatch } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import type { CycleRequest, CycleView } from '#shared/contract/cycle.ts';
import { askedAs } from './asked-as.ts';
import { openCycleMarket } from './cycle-market.ts';
import type { CycleMarket } from './cycle-terms.ts';
import type { AgentPause } from './cycles/agent-pause.ts';
import { chosenAgent } from './cycles/chosen-agent.ts';
import { createCycleEnds } from './cycles/cycle-ends.ts';
import { createKnownCycles } from './cycles/known-cycles.ts';
import { refuseByMode } from './cycles/refuse-by-mode.ts';
import { type OpenCycle, type OpenDesk, runOne } from './cycles/run-one.ts';
import { pressKey, samePress } from './cycles/same-press.ts';
import type { Leftover } from './leftovers.ts';
import type { LiveCycle } from './live-cycle.ts';
import { newsOfMarket } from './news/market-news.ts';
import type { EngineParts } from './parts.ts';
import { runInputs } from './run-inputs.ts';
import { withAuthority } from './scorecard/with-authority.ts';

const DEFAULT_FEE_BPS = '10';
/** Half of a tight large-venue spread; see docs/architecture.md, costs. */
const HALF_SPREAD_BPS = '1';

export type Started = { readonly cycle: number; readonly runId: string; readonly alreadyRunning: boolean };

/** Runs as many cycles at the same time as the limits allow, and keeps what the screens ask about them. */
export type CycleRunner = {
  /** Begins a cycle, or answers the one that the same press has begun. Throws a Fault that says why none can begin. */
  start(request: CycleRequest): Promise<Started>;
  /** The cycles in flight, oldest first. */
  running(): readonly LiveCycle[];
  /** Whether a press has not become a cycle yet. */
  isStarting(): boolean;
  live(cycle: number): LiveCycle | undefined;
  newestLive(): LiveCycle | undefined;
  /** Candles and rules of a cycle of this process. */
  marketOf(cycle: number): Pick<CycleMarket, 'feed' | 'instrument' | 'depth'> | undefined;
  /** A cycle of this process or of the journal. Throws Fault('not_found'). */
  view(cycle: number): CycleView;
  /** Ends one cycle, what was pressed last, or everything, presses that have not begun included. Answers whether there was one. */
  cancel(reason: string, which: number | 'newest' | 'all'): boolean;
  /** Closes what the agent of a cycle holds, in order; the cycle then ends with its debrief. Answers whether it was running. */
  retire(reason: string, cycle: number): boolean;
  /** Of the agent of a cycle that runs; see `AgentPause`. Throws Fault('refused') when it does not run. */
  pauseOf(cycle: number): AgentPause;
  /** The same as `cancel` of all for a program that ends: what is held on live prices stays, and the next start goes on with it. */
  leave(reason: string): void;
  /** Takes every agent's hands off what it holds, or one's; the cycles go on until that is closed. */
  release(reason: string, which: number | 'all'): boolean;
  /** The desks of the cycles in flight and the accounts that they trade, once there are any. */
  desks(): readonly OpenDesk[];
  /** Why the prices of a cycle in flight are not to be traded on; undefined while they are good or made here. */
  trouble(cycle: number): string | undefined;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
  /** Cycles on the standing account that did not end by themselves and are still to be ended. */
  unsettled(): number;
  /** Ends cycles that did not end by themselves and closes what they held. Throws while that is not possible. */
  settleAll(): Promise<void>;
  /** The same for cycles on live prices, which takes up to two minutes of them. */
  settlePaper(): Promise<void>;
};

export type RunnerOptions = {
  readonly parts: EngineParts;
  /** Cycles of earlier processes that still have to be ended. */
  readonly unfinished: readonly Leftover[];
  readonly onChange: (live: LiveCycle) => void;
  readonly onAccount: () => void;
};

type Starting = { readonly abort: AbortSource; readonly started: Promise<Started> };

export function createCycleRunner({ parts, unfinished, onChange, onAccount }: RunnerOptions): CycleRunner {
  const { models, tradingState, limitBook } = parts;
  const open = new Map<number, OpenCycle & { readonly request: CycleRequest }>();
  const starting = new Map<string, Starting>();
  const known = createKnownCycles(
    parts.storage.journal,
    (cycle) => open.has(cycle),
    priceDecimalsOf(parts.instruments),
  );
  const ends = createCycleEnds({ parts, unfinished, known, onChange, onAccount });

  const joined = ({ live }: OpenCycle): Started => ({
    cycle: live.cycle,
    runId: live.view().runId,
    alreadyRunning: true,
  });

  async function begin(request: CycleRequest, abort: AbortSource): Promise<Started> {
    const stopwatch = createStopwatch();
    const state = tradingState.state();
    if (state !== 'active') {
      throw new Fault(
        'halted',
        `trading is ${state}: ${tradingState.reason() ?? ''}`,
        'resume first (mt resume --reason "...", or Resume in the window)',
      );
    }
    refuseByMode(parts.modes.mode(), request);
    refuseTooMany();
    await ends.before(request);
    const market = await openCycleMarket(request, parts, 'trade');
    try {
      return await beginOn(market, request, abort, stopwatch);
    } catch (error) {
      await market.close?.();
      throw error;
    }
  }

  function refuseTooMany(): void {
    const most = limitBook.limits().maxAgents;
    if (open.size + starting.size < most) return;
    throw new Fault(
      'refused',
      `${open.size + starting.size} cycles run already, and the limit maxAgents is ${most}`,
      'wait until one ends, retire one (mt agents retire RUN), or raise the limit (mt limits set maxAgents N --reason "...")',
    );
  }

  async function beginOn(
    market: CycleMarket,
    request: CycleRequest,
    abort: AbortSource,
    stopwatch: Stopwatch,
  ): Promise<Started> {
    const news = newsOfMarket(parts.storage.news, market.market.kind, market.instrument.base);
    const { account } = market;
    const chosen =
      request.chosen === undefined
        ? undefined
        : chosenAgent(request.chosen, { parts, account, news: news !== undefined });
    const model = withAuthority(askedAs(await models.choose(request.model), request), parts.scores);
    // However long a model takes to come up, cycles of one moment are numbered in the order of their presses.
    await market.turn?.();
    if (abort.token.aborted)
      throw new Fault('refused', `stopped before it began: ${abort.token.reason ?? ''}`, 'press again');
    const setup: CycleSetup = {
      instrument: market.instrument,
      interval: market.interval,
      at: market.at,
      seed: market.seed,
      environment: market.environment,
      market: market.market,
      feeBps: parseDecimal(request.feeBps ?? DEFAULT_FEE_BPS),
      halfSpreadBps: parseDecimal(HALF_SPREAD_BPS),
      trigger: request.trigger,
      ...(chosen === undefined ? {} : { chosen }),
    };
    const ids = createIdFactory(sha256, runInputs(setup, market, model, limitBook.policy(), news));
    // The same inputs asked for in other words: two of them would give their orders the same ids.
    const twin = [...open.values()].find(({ live }) => live.view().runId === ids.runId);
    if (twin !== undefined) {
      await market.close?.();
      return joined(twin);
    }
    const begun = await runOne({
      parts,
      ends,
      market,
      setup,
      ids,
      model,
      news,
      abort,
      stopwatch,
      onBegun(cycle) {
        open.set(cycle.live.cycle, { ...cycle, request });
        known.remember(cycle.live, market);
      },
      onEnded: ({ live }) => void open.delete(live.cycle),
      onChange,
      onAccount,
    });
    if (begun === undefined)
      throw new Fault('storage', 'the cycle could not be written to the journal', 'see the log; check the disk');
    return { cycle: begun.live.cycle, runId: ids.runId, alreadyRunning: false };
  }

  const some = (which: number | 'all'): readonly OpenCycle[] =>
    [...open.values()].filter(({ live }) => which === 'all' || live.cycle === which);
  /** Presses that have not begun can be stopped with all others alone: nobody knows their number yet. */
  const stopStarting = (reason: string): number => {
    for (const { abort } of starting.values()) abort.abort(reason);
    return starting.size;
  };

  return {
    running: () => [...open.values()].map(({ live }) => live),
    isStarting: () => starting.size > 0,
    live: (cycle) => known.get(cycle)?.live,
    newestLive: () => known.newest(),
    marketOf: (cycle) => known.get(cycle)?.market,
    async start(request) {
      const same = [...open.values()].find((cycle) => samePress(cycle, request));
      if (same?.live.view().state === 'running') return joined(same);
      // It is over, and its market is being closed: what is pressed now is a cycle of its own, which waits for that.
      if (same !== undefined) await same.live.ended;
      const key = pressKey(request);
      const pressed = starting.get(key);
      if (pressed !== undefined) return { ...(await pressed.started), alreadyRunning: true };
      const abort = createAbortSource();
      const started = begin(request, abort).finally(() => starting.delete(key));
      starting.set(key, { abort, started });
      return started;
    },
    view: (cycle) => known.view(cycle),
    cancel(reason, which) {
      // A press that has not begun has no number yet, and is newer than all that have.
      const stopped = typeof which === 'string' ? stopStarting(reason) : 0;
      const found = which === 'newest' ? (stopped > 0 ? [] : some('all').slice(-1)) : some(which);
      for (const one of found) one.cancel(reason);
      return found.length + stopped > 0;
    },
    retire(reason, cycle) {
      const found = some(cycle);
      for (const one of found) one.retire(reason);
      return found.length > 0;
    },
    release(reason, which) {
      const found = some(which);
      for (const one of found) one.release(reason);
      return found.length + (which === 'all' ? stopStarting(reason) : 0) > 0;
    },
    pauseOf(cycle) {
      const found = open.get(cycle);
      if (found !== undefined) return found.pause;
      throw new Fault('refused', `cycle ${cycle} has ended already`, 'see which agents run with mt agents');
    },
    leave(reason) {
      ends.stop(reason);
      for (const one of open.values()) one.leave(reason);
      stopStarting(reason);
    },
    desks: () => [...open.values()].flatMap((one) => one.desk() ?? []),
    trouble: (cycle) => known.get(cycle)?.market.trouble?.(),
    unsettled: () => ends.unsettled(),
    settleAll: () => ends.settleAll(),
    settlePaper: () => ends.settlePaper(),
    async idle() {
      while (starting.size > 0 || open.size > 0) {
        await Promise.all([...starting.values()].map(({ started }) => started.catch(() => undefined)));
        await Promise.all([...open.values()].map(({ live }) => live.ended));
      }
    },
  };
}
