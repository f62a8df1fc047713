import { createStopwatch } from '#adapters/clock-system/system-clock.ts';
import { sha256 } from '#adapters/digest/sha256.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import { type CycleJournal, openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { type CyclePorts, type CycleSetup, runCycle } from '#core/cycle/run-cycle.ts';
import type { TradingDesk } from '#core/cycle/trading-desk.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { type AbortSource, createAbortSource } from '#core/kernel/abort.ts';
import type { Stopwatch } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { projectCycle } from '#core/projections/cycle-view.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { CycleRequest, CycleView } from '#shared/contract/cycle.ts';
import { askedAs } from './asked-as.ts';
import { openCycleMarket } from './cycle-market.ts';
import type { CycleMarket } from './cycle-terms.ts';
import { type Leftover, settle } from './leftovers.ts';
import { createLiveCycle, type LiveCycle } from './live-cycle.ts';
import { newsOfMarket } from './news/market-news.ts';
import { identityOf, paperName } from './paper/paper-accounts.ts';
import { settlePaper } from './paper/settle-paper.ts';
import { identityAsked } from './paper/venue-cycle-market.ts';
import type { EngineParts } from './parts.ts';
import { runInputs } from './run-inputs.ts';
import { createSettleQueue } from './settle-queue.ts';

const DEFAULT_FEE_BPS = '10';
/** Half of a tight large-venue spread; see docs/architecture.md, costs. */
const HALF_SPREAD_BPS = '1';
type Left = { readonly reason: string; readonly andSettle: boolean };

/** Finished cycles whose candles stay at hand for their chart. */
const KEPT = 8;
/** Views of older cycles that are not projected from the journal again each time. */
const KEPT_VIEWS = 200;

export type Started = { readonly cycle: number; readonly runId: string; readonly alreadyRunning: boolean };

/** Runs one cycle at a time and keeps what the screens ask about it. */
export type CycleRunner = {
  start(request: CycleRequest): Promise<Started>;
  /** The cycle in flight, if any. */
  running(): LiveCycle | undefined;
  live(cycle: number): LiveCycle | undefined;
  newestLive(): LiveCycle | undefined;
  /** Candles and rules of a cycle of this process. */
  marketOf(cycle: number): Pick<CycleMarket, 'feed' | 'instrument'> | undefined;
  /** A cycle of this process or of the journal. Throws Fault('not_found'). */
  view(cycle: number): CycleView;
  cancel(reason: string): boolean;
  /** The same for a program that ends: what a cycle holds on live prices stays, and the next start goes on with it. */
  leave(reason: string): void;
  /** Takes the running agent's hands off what it holds; the cycle goes on until that is closed. */
  release(reason: string): boolean;
  /** The desk of the cycle in flight and the account that it trades, once there is one. */
  desk(): OpenDesk | undefined;
  /** Why the prices of the cycle in flight are not to be traded on; undefined while they are good or made here. */
  trouble(): string | undefined;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
  /** Ends cycles that did not end by themselves and closes what they held. Throws while that is not possible. */
  settleAll(): Promise<void>;
  /** The same for cycles on live prices, which takes up to two minutes of them. */
  settlePaper(): Promise<void>;
};

export type OpenDesk = {
  readonly desk: TradingDesk;
  readonly account: TradingAccount;
  /** The market's clock. */
  readonly now: () => UnixMs;
};

export type RunnerOptions = {
  readonly parts: EngineParts;
  /** Cycles of earlier processes that still have to be ended. */
  readonly unfinished: readonly Leftover[];
  readonly onChange: (live: LiveCycle) => void;
  readonly onAccount: () => void;
};

export function createCycleRunner({ parts, unfinished, onChange, onAccount }: RunnerOptions): CycleRunner {
  const { storage, models, tradingState, limitBook, logger, promptParts } = parts;
  const known = new Map<number, { readonly live: LiveCycle; readonly market: CycleMarket }>();
  const past = new Map<number, CycleView>();
  let current: LiveCycle | undefined;
  const standingQueue = createSettleQueue(unfinished, (next) =>
    ended(next, (onRecord) => settle(next, parts, onRecord)),
  );
  const ending = createAbortSource();
  /** Where stand-ins listen now: each start of one has an address of its own. */
  const lastUrl = new Map<string, string | undefined>();
  const paperQueue = createSettleQueue(parts.paper.leftovers, (leftover) => {
    const identity = identityOf(leftover.started);
    const url = identity === undefined ? undefined : lastUrl.get(paperName(identity));
    return ended(leftover, (onRecord) => settlePaper({ leftover, parts, url, stop: ending.token, onRecord }));
  });
  let starting: Promise<Started> | undefined;
  let stopStarting: AbortSource | undefined;
  let openDesk: OpenDesk | undefined;
  let hands: AbortSource | undefined;
  let leaveDesk: ((reason: string, andSettle: boolean) => void) | undefined;

  const remember = (live: LiveCycle, market: CycleMarket): void => {
    known.set(live.cycle, { live, market });
    const oldest = [...known.keys()].slice(0, -KEPT);
    for (const cycle of oldest) known.delete(cycle);
  };

  async function begin(request: CycleRequest, abort: AbortSource): Promise<Started> {
    const stopwatch = createStopwatch();
    const state = tradingState.state();
    if (state !== 'active') {
      throw new Fault(
        'halted',
        `trading is ${state}: ${tradingState.reason() ?? ''}`,
        'resume first (mt resume, or Resume in the window)',
      );
    }
    await settleBefore(request);
    const market = await openCycleMarket(request, parts, 'trade');
    try {
      return await beginOn(market, request, abort, stopwatch);
    } catch (error) {
      await market.close?.();
      throw error;
    }
  }

  /** Nothing begins on an account while something on it waits to be ended. */
  async function settleBefore(request: CycleRequest): Promise<void> {
    if (request.market.kind !== 'venue') return standingQueue.run();
    const name = paperName(identityAsked(request, request.market));
    lastUrl.set(name, request.market.url);
    await paperQueue.run(({ started }) => {
      const identity = identityOf(started);
      return identity !== undefined && paperName(identity) === name;
    });
  }

  async function beginOn(
    market: CycleMarket,
    request: CycleRequest,
    abort: AbortSource,
    stopwatch: Stopwatch,
  ): Promise<Started> {
    const { instrument, account } = market;
    const model = askedAs(await models.choose(request.model), request);
    if (abort.token.aborted)
      throw new Fault('refused', `stopped before it began: ${abort.token.reason ?? ''}`, 'press again');
    const feeBps = parseDecimal(request.feeBps ?? DEFAULT_FEE_BPS);
    const setup: CycleSetup = {
      instrument,
      interval: market.interval,
      at: market.at,
      seed: market.seed,
      environment: market.environment,
      market: market.market,
      feeBps,
      halfSpreadBps: parseDecimal(HALF_SPREAD_BPS),
      trigger: request.trigger,
    };
    const news = newsOfMarket(storage.news, market.market.kind, instrument.base);
    const ids = createIdFactory(sha256, runInputs(setup, market, model, limitBook.policy(), news));

    let live: LiveCycle | undefined;
    let first: JournalRecord | undefined;
    let began: (started: LiveCycle) => void = () => {};
    const firstRecord = new Promise<LiveCycle>((resolve) => {
      began = resolve;
    });
    const cycle = storage.journal.beginCycle();
    const journal = openCycleJournal(storage.journal, cycle, ids.runId, (record: JournalRecord) => {
      parts.paper.note(record);
      if (live === undefined) {
        live = createLiveCycle(cycle, record, stopwatch, abort);
        first = record;
        current = live;
        remember(live, market);
        began(live);
      } else {
        live.take(record);
      }
      if (record.type === 'ledger.posted' && account.scope !== 'run') onAccount();
      onChange(live);
    });
    let haltedAlone = false;
    const letGo = createAbortSource();
    hands = letGo;
    const ports: CyclePorts = {
      digest: sha256,
      ids,
      feed: market.feed,
      account,
      journal,
      memory: storage.memory,
      firstSeqOfRun: (runId) => storage.journal.firstSeqOfRun(runId),
      model,
      keepTexts: (texts, ts) => parts.texts.keep(texts, ts),
      promptParts,
      policy: DEFAULT_SPAWN_POLICY,
      allowedInstruments: market.allowed,
      envelopeBounds: 'agent',
      // A run on an account of its own can halt itself alone; an account that lasts halts the engine.
      tradingState: () => (haltedAlone ? 'halted' : tradingState.state()),
      limits: () => limitBook.limits(),
      dataFault: () => parts.dataFault() ?? market.trouble?.() ?? null,
      halt: (reason, ts) => {
        if (account.scope !== 'run') tradingState.halt(reason, ts);
        else haltedAlone = true;
        onAccount();
      },
      abort: abort.token,
      letGo: letGo.token,
      onDesk: (desk) => {
        openDesk = { desk, account, now: () => market.clock.now() };
      },
      clockNow: () => market.clock.now(),
      progress: (stage, stageState) => {
        live?.stage(stage, stageState);
        if (live !== undefined) onChange(live);
      },
      onCandle: () => {
        if (account.scope !== 'run') onAccount();
      },
      report: (fault) => logger.error('a strategy family failed', fault),
      ...(market.promptMs === undefined ? {} : { promptMs: market.promptMs }),
      news,
      shadowBook: market.shadowBook,
    };
    let left: Left | undefined;
    const { leave } = market;
    leaveDesk =
      leave === undefined
        ? undefined
        : (reason, andSettle) => {
            left = { reason, andSettle };
            // From here on the records alone say what rests.
            openDesk = hands = undefined;
            leave(reason);
          };
    const done = runCycle(setup, ports).catch((error: unknown) => {
      if (left !== undefined) return first === undefined ? undefined : leftAlone(left, first);
      return failed(error, journal, live, account.scope === 'run' ? undefined : first);
    });
    void done.finally(() => {
      live?.finish();
      if (hands === letGo) openDesk = hands = undefined;
      if (current === live) current = leaveDesk = undefined;
      void market.close?.();
      if (live !== undefined) onChange(live);
      onAccount();
    });
    const started = await Promise.race([firstRecord, done.then(() => undefined)]);
    if (started === undefined)
      throw new Fault('storage', 'the cycle could not be written to the journal', 'see the log; check the disk');
    return { cycle, runId: ids.runId, alreadyRunning: false };
  }

  /** A cycle whose market was left: ended now, or by whoever starts next. */
  async function leftAlone({ reason, andSettle }: Left, started: JournalRecord): Promise<void> {
    if (!andSettle) return;
    paperQueue.add({ started, why: reason, kind: 'interrupted' });
    await paperQueue.run().catch((error: unknown) => logger.error('a cycle could not be ended yet', error));
  }

  /**
   * A cycle that broke is recorded as failed. On an account that lasts what it held is closed first; when that or the record is not
   * possible now, nothing new starts there until it is.
   */
  async function failed(
    error: unknown,
    journal: CycleJournal,
    live: LiveCycle | undefined,
    started: JournalRecord | undefined,
  ): Promise<void> {
    const words =
      error instanceof Fault ? `${error.message} (${error.remedy})` : 'the engine failed; details are in its log';
    const why = words.slice(0, 400);
    logger.error('a cycle failed', error);
    live?.fail(why);
    try {
      if (started === undefined) {
        if (live !== undefined) journal.write('cycle.failed', live.records().at(-1)?.ts ?? unixMs(0), { error: why });
        return;
      }
      const queue = identityOf(started) === undefined ? standingQueue : paperQueue;
      queue.add({ started, why, kind: 'failed' });
      await queue.run();
    } catch (second) {
      logger.error('a failed cycle could not be ended yet', second);
    }
  }

  /** Whoever watched it break sees how it is ended too. */
  async function ended(
    { started }: Leftover,
    end: (onRecord: (record: JournalRecord) => void) => Promise<void>,
  ): Promise<void> {
    const watched = known.get(started.cycle)?.live;
    await end((record) => {
      parts.paper.note(record);
      watched?.take(record);
    });
    if (watched !== undefined) onChange(watched);
    past.delete(started.cycle);
    onAccount();
  }

  const settleAll = (): Promise<void> => standingQueue.run();

  return {
    running: () => current,
    live: (cycle) => known.get(cycle)?.live,
    newestLive: () => [...known.values()].at(-1)?.live,
    marketOf: (cycle) => known.get(cycle)?.market,
    async start(request) {
      if (current !== undefined) return { cycle: current.cycle, runId: current.view().runId, alreadyRunning: true };
      if (starting !== undefined) return { ...(await starting), alreadyRunning: true };
      const abort = createAbortSource();
      stopStarting = abort;
      starting = begin(request, abort).finally(() => {
        starting = undefined;
        stopStarting = undefined;
      });
      return starting;
    },
    view(cycle) {
      const found = known.get(cycle)?.live.view() ?? past.get(cycle);
      if (found !== undefined) return found;
      const projection = projectCycle(storage.journal.readCycle(cycle));
      if (projection === undefined)
        throw new Fault('not_found', `there is no cycle ${cycle}`, 'see mt status for the newest');
      const { view } = projection;
      // A record may still follow while a recovery is under way, so only ended cycles are kept.
      if (view.state === 'running')
        return { ...view, state: 'interrupted', error: 'the program ended before the cycle did' };
      if (past.size >= KEPT_VIEWS) past.clear();
      past.set(cycle, view);
      return view;
    },
    cancel(reason) {
      if (leaveDesk !== undefined && openDesk !== undefined) {
        leaveDesk(reason, true);
        return true;
      }
      const source = current?.abort ?? stopStarting;
      source?.abort(reason);
      return source !== undefined;
    },
    release(reason) {
      hands?.abort(reason);
      if (current === undefined) stopStarting?.abort(reason);
      return hands !== undefined || stopStarting !== undefined;
    },
    leave(reason) {
      ending.abort(reason);
      if (leaveDesk !== undefined && openDesk !== undefined) leaveDesk(reason, false);
      else (current?.abort ?? stopStarting)?.abort(reason);
    },
    desk: () => openDesk,
    trouble: () => (current === undefined ? undefined : known.get(current.cycle)?.market.trouble?.()),
    settleAll,
    settlePaper: () => paperQueue.run(),
    async idle() {
      await starting?.catch(() => undefined);
      await current?.ended;
    },
  };
}
