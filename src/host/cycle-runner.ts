import { createStopwatch } from '#adapters/clock-system/system-clock.ts';
import { sha256 } from '#adapters/digest/sha256.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import type { AnalystModel } from '#core/analyst/assess.ts';
import { HISTORY_CANDLES } from '#core/context/build-context.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import { type CycleJournal, openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { type CyclePorts, type CycleSetup, runCycle } from '#core/cycle/run-cycle.ts';
import type { TradingDesk } from '#core/cycle/trading-desk.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { type AbortSource, createAbortSource } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { universeAt } from '#core/market/universe.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import { projectCycle } from '#core/projections/cycle-view.ts';
import type { RiskPolicy } from '#core/risk/risk-limits.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { CycleRequest, CycleView } from '#shared/contract/cycle.ts';
import { type CycleMarket, openCycleMarket } from './cycle-market.ts';
import { type Leftover, settle } from './leftovers.ts';
import { createLiveCycle, type LiveCycle } from './live-cycle.ts';
import type { EngineParts } from './parts.ts';

const DEFAULT_FEE_BPS = '10';
/** Half of a tight large-venue spread; see docs/architecture.md, costs. */
const HALF_SPREAD_BPS = '1';
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
  feedOf(cycle: number): MarketFeed | undefined;
  /** A cycle of this process or of the journal. Throws Fault('not_found'). */
  view(cycle: number): CycleView;
  cancel(reason: string): boolean;
  /** Takes the running agent's hands off what it holds; the cycle goes on until that is closed. */
  release(reason: string): boolean;
  /** The desk of the cycle in flight and the account that it trades, once there is one. */
  desk(): OpenDesk | undefined;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
  /** Ends cycles that did not end by themselves and closes what they held. Throws while that is not possible. */
  settleAll(): Promise<void>;
};

export type OpenDesk = { readonly desk: TradingDesk; readonly account: TradingAccount };

export type RunnerOptions = {
  readonly parts: EngineParts;
  /** Cycles of earlier processes that still have to be ended. */
  readonly unfinished: readonly Leftover[];
  readonly onChange: (live: LiveCycle) => void;
  readonly onAccount: () => void;
};

export function createCycleRunner({ parts, unfinished, onChange, onAccount }: RunnerOptions): CycleRunner {
  const { storage, models, tradingState, limitBook, logger, instruments, promptParts } = parts;
  const known = new Map<number, { readonly live: LiveCycle; readonly feed: MarketFeed }>();
  const past = new Map<number, CycleView>();
  let current: LiveCycle | undefined;
  const leftovers = [...unfinished];
  let settling: Promise<void> | undefined;
  let starting: Promise<Started> | undefined;
  let stopStarting: AbortSource | undefined;
  let openDesk: OpenDesk | undefined;
  let hands: AbortSource | undefined;

  const remember = (live: LiveCycle, feed: MarketFeed): void => {
    known.set(live.cycle, { live, feed });
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
    await settleAll();
    const instrument = instrumentFor(request.instrument, instruments);
    const market = openCycleMarket(request, instrument, parts);
    const model = await models.choose(request.model);
    if (abort.token.aborted)
      throw new Fault('refused', `stopped before it began: ${abort.token.reason ?? ''}`, 'press again');
    const feeBps = parseDecimal(request.feeBps ?? DEFAULT_FEE_BPS);
    const setup: CycleSetup = {
      instrument,
      interval: market.interval,
      at: market.at,
      seed: market.seed,
      market: market.market,
      feeBps,
      halfSpreadBps: parseDecimal(HALF_SPREAD_BPS),
      trigger: request.trigger,
    };
    const ids = createIdFactory(sha256, runInputs(setup, market, model, limitBook.policy()));

    let live: LiveCycle | undefined;
    let first: JournalRecord | undefined;
    let began: (started: LiveCycle) => void = () => {};
    const firstRecord = new Promise<LiveCycle>((resolve) => {
      began = resolve;
    });
    const cycle = storage.journal.beginCycle();
    const journal = openCycleJournal(storage.journal, cycle, ids.runId, (record: JournalRecord) => {
      if (live === undefined) {
        live = createLiveCycle(cycle, record, stopwatch, abort);
        first = record;
        current = live;
        remember(live, market.feed);
        began(live);
      } else {
        live.take(record);
      }
      if (record.type === 'ledger.posted' && market.account.scope === 'standing') onAccount();
      onChange(live);
    });
    let haltedAlone = false;
    const letGo = createAbortSource();
    hands = letGo;
    const ports: CyclePorts = {
      digest: sha256,
      ids,
      feed: market.feed,
      account: market.account,
      journal,
      memory: storage.memory,
      firstSeqOfRun: (runId) => storage.journal.firstSeqOfRun(runId),
      model,
      promptParts,
      policy: DEFAULT_SPAWN_POLICY,
      allowedInstruments: universeAt(instruments, market.at).map(({ id }) => id),
      // A run on an account of its own can halt itself alone; the standing account halts the engine.
      tradingState: () => (haltedAlone ? 'halted' : tradingState.state()),
      limits: () => limitBook.limits(),
      dataFault: () => parts.dataFault(),
      halt: (reason, ts) => {
        if (market.account.scope === 'standing') tradingState.halt(reason, ts);
        else haltedAlone = true;
        onAccount();
      },
      abort: abort.token,
      letGo: letGo.token,
      onDesk: (desk) => {
        openDesk = { desk, account: market.account };
      },
      clockNow: () => market.clock.now(),
      progress: (stage, stageState) => {
        live?.stage(stage, stageState);
        if (live !== undefined) onChange(live);
      },
      onCandle: () => {
        if (market.account.scope === 'standing') onAccount();
      },
      report: (fault) => logger.error('a strategy family failed', fault),
    };
    const done = runCycle(setup, ports).catch((error: unknown) => {
      const standing = market.account.scope === 'standing' && first !== undefined;
      return failed(error, journal, live, standing ? { started: first as JournalRecord } : undefined);
    });
    void done.finally(() => {
      live?.finish();
      if (hands === letGo) openDesk = hands = undefined;
      if (current === live) current = undefined;
      if (live !== undefined) onChange(live);
      onAccount();
    });
    const started = await Promise.race([firstRecord, done.then(() => undefined)]);
    if (started === undefined)
      throw new Fault('storage', 'the cycle could not be written to the journal', 'see the log; check the disk');
    return { cycle, runId: ids.runId, alreadyRunning: false };
  }

  /**
   * A cycle that broke is recorded as failed. On the standing account what it held is closed first; when that or the record is not
   * possible now, nothing new starts until it is.
   */
  async function failed(
    error: unknown,
    journal: CycleJournal,
    live: LiveCycle | undefined,
    standing: Pick<Leftover, 'started'> | undefined,
  ): Promise<void> {
    const words =
      error instanceof Fault ? `${error.message} (${error.remedy})` : 'the engine failed; details are in its log';
    const why = words.slice(0, 400);
    logger.error('a cycle failed', error);
    live?.fail(why);
    try {
      if (standing === undefined) {
        if (live !== undefined) journal.write('cycle.failed', live.records().at(-1)?.ts ?? unixMs(0), { error: why });
        return;
      }
      leftovers.push({ ...standing, why, kind: 'failed' });
      await settleAll();
    } catch (second) {
      logger.error('a failed cycle could not be ended yet', second);
    }
  }

  async function settleAll(): Promise<void> {
    settling ??= (async () => {
      for (let next = leftovers[0]; next !== undefined; next = leftovers[0]) {
        // Whoever watched it break sees how it is ended too.
        const watched = known.get(next.started.cycle)?.live;
        await settle(next, parts, (record) => watched?.take(record));
        if (watched !== undefined) onChange(watched);
        leftovers.shift();
        past.delete(next.started.cycle);
        onAccount();
      }
    })().finally(() => {
      settling = undefined;
    });
    await settling;
  }

  return {
    running: () => current,
    live: (cycle) => known.get(cycle)?.live,
    newestLive: () => [...known.values()].at(-1)?.live,
    feedOf: (cycle) => known.get(cycle)?.feed,
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
      const source = current?.abort ?? stopStarting;
      source?.abort(reason);
      return source !== undefined;
    },
    release(reason) {
      hands?.abort(reason);
      if (current === undefined) stopStarting?.abort(reason);
      return hands !== undefined || stopStarting !== undefined;
    },
    desk: () => openDesk,
    settleAll,
    async idle() {
      await starting?.catch(() => undefined);
      await current?.ended;
    },
  };
}

/** Everything that makes the run this run, and nothing else: no path, no wall time, nothing of the data after the moment. */
function runInputs(
  setup: CycleSetup,
  { account, feed }: CycleMarket,
  model: AnalystModel | undefined,
  limits: RiskPolicy,
): unknown {
  const status = model?.inference.status();
  const { instrument, interval, at, seed, market, feeBps, halfSpreadBps, trigger } = setup;
  const history = feed.history(instrument.id, interval, at, HISTORY_CANDLES);
  const seen = buildSnapshot(sha256, { instrumentId: instrument.id, interval, asOf: at, source: market.kind, history });
  return {
    // What was seen: other candles up to the moment are another run.
    snapshot: seen.hash,
    instrument: instrument.id,
    interval,
    at,
    seed,
    market,
    feeBps: formatDecimal(feeBps),
    halfSpreadBps: formatDecimal(halfSpreadBps),
    trigger,
    // Another model is another run; the same file under another name is not.
    model: status?.kind === 'ready' ? status.hash : null,
    account: account.scope,
    equity: formatDecimal(account.equity()),
    limits,
  };
}
