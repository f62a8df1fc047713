import { sha256 } from '#adapters/digest/sha256.ts';
import type { AnalystModel } from '#core/analyst/assess.ts';
import type { ApprovalEvidence } from '#core/automation/approval-types.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { type CyclePorts, type CycleSetup, runCycle } from '#core/cycle/run-cycle.ts';
import type { TradingDesk } from '#core/cycle/trading-desk.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { type AbortSource, createAbortSource, eitherOf } from '#core/kernel/abort.ts';
import type { Stopwatch } from '#core/kernel/clock.ts';
import type { IdFactory } from '#core/kernel/ids.ts';
import type { TracedNewsReader } from '#core/news/types.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import { askForBrief } from '../automation/ask-for-brief.ts';
import { askForEntry } from '../automation/ask-for-entry.ts';
import type { CycleMarket } from '../cycle-terms.ts';
import { createLiveCycle, type LiveCycle } from '../live-cycle.ts';
import type { EngineParts } from '../parts.ts';
import { settleScores } from '../scorecard/settle-scores.ts';
import { type AgentPause, createAgentPause } from './agent-pause.ts';
import type { CycleEnds } from './cycle-ends.ts';

export type OpenDesk = {
  readonly desk: TradingDesk;
  readonly account: TradingAccount;
  /** The market's clock. */
  readonly now: () => UnixMs;
};

/** One cycle in flight, as those who may stop it know it. */
export type OpenCycle = {
  readonly live: LiveCycle;
  readonly market: CycleMarket;
  /** Its desk, once there is one and until the records alone say what rests. */
  desk(): OpenDesk | undefined;
  /** Ends it: before the first order nothing is risked; after it the position is closed. */
  cancel(reason: string): void;
  /** Closes what its agent holds in order and ends it as any other, with its debrief. */
  retire(reason: string): void;
  readonly pause: AgentPause;
  /** Takes the agent's hands off what it holds; the cycle goes on until that is closed. */
  release(reason: string): void;
  /** As `cancel`, for a program that ends: what is held on live prices stays, and the next start goes on with it. */
  leave(reason: string): void;
};

export type RunOneOptions = {
  readonly parts: EngineParts;
  readonly ends: CycleEnds;
  readonly market: CycleMarket;
  readonly setup: CycleSetup;
  readonly ids: IdFactory;
  readonly model: AnalystModel | undefined;
  readonly news: TracedNewsReader | undefined;
  readonly abort: AbortSource;
  readonly stopwatch: Stopwatch;
  /** The first record is written: from here on it can be seen. */
  readonly onBegun: (open: OpenCycle) => void;
  readonly onEnded: (open: OpenCycle) => void;
  readonly onChange: (live: LiveCycle) => void;
  readonly onAccount: () => void;
};

type Left = { readonly reason: string; readonly andSettle: boolean };

/** Runs one cycle to its end. Answers it once its first record is written; undefined when nothing could be written at all. */
export async function runOne(options: RunOneOptions): Promise<OpenCycle | undefined> {
  const { parts, ends, market, setup, ids, model, news, abort, stopwatch, onBegun, onEnded, onChange, onAccount } =
    options;
  const { storage, tradingState, limitBook, logger, promptParts } = parts;
  const { account } = market;
  const lasts = account.scope !== 'run';
  const letGo = createAbortSource();
  const retire = createAbortSource();
  let open: OpenCycle | undefined;
  let first: JournalRecord | undefined;
  let desk: OpenDesk | undefined;
  let left: Left | undefined;
  let haltedAlone = false;
  const stopped = eitherOf(abort.token, eitherOf(letGo.token, retire.token));
  let approvedFor: ApprovalEvidence | undefined;
  const asking = { parts, setup, account, runId: ids.runId, cycle: () => open?.live.cycle ?? 0 };
  const approve = askForBrief({
    ...asking,
    stop: stopped,
    onApproved: (evidence) => {
      approvedFor = evidence;
    },
  });
  const askEntry = askForEntry({ ...asking, agentId: () => desk?.desk.agentId, evidence: () => approvedFor });

  const leaveMarket = (reason: string, andSettle: boolean): boolean => {
    if (market.leave === undefined || desk === undefined) return false;
    left = { reason, andSettle };
    // From here on the records alone say what rests.
    desk = undefined;
    market.leave(reason);
    return true;
  };
  const openedBy = (record: JournalRecord): OpenCycle => ({
    live: createLiveCycle(record.cycle, record, stopwatch, abort, () => setup.instrument.tickSize.scale),
    market,
    desk: () => desk,
    cancel(reason) {
      if (!leaveMarket(reason, true)) abort.abort(reason);
    },
    pause,
    retire: (reason) => retire.abort(reason),
    release: (reason) => letGo.abort(reason),
    leave(reason) {
      if (!leaveMarket(reason, false)) abort.abort(reason);
    },
  });

  let begun: () => void = () => {};
  const firstRecord = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const journal = openCycleJournal(storage.journal, storage.journal.beginCycle(), ids.runId, (record) => {
    parts.paper.note(record);
    parts.pastFamilies.note(record);
    parts.newsRuns.note(record);
    parts.scores.note(record);
    if (open === undefined) {
      first = record;
      open = openedBy(record);
      onBegun(open);
      begun();
    } else {
      open.live.take(record);
    }
    if (record.type === 'ledger.posted' && lasts) onAccount();
    onChange(open.live);
  });

  const pause = createAgentPause({
    journal,
    atWork() {
      if (desk === undefined || open?.live.view().agentSpec == null || open.live.retired() !== undefined)
        return undefined;
      return { desk: desk.desk, now: unixMs(Math.max(desk.now(), desk.desk.now())) };
    },
    stopped,
    tradingState: () => tradingState.state(),
    mayRaise: (what) => parts.stepUp.demand(what),
  });

  const ports: CyclePorts = {
    digest: sha256,
    ids,
    feed: market.feed,
    account,
    journal,
    memory: storage.memory,
    firstSeqOfRun: (runId) => storage.journal.firstSeqOfRun(runId),
    lastFamilies:
      market.account.scope === 'run'
        ? undefined
        : (beforeSeq) =>
            parts.pastFamilies.lastOf(
              {
                instrumentId: setup.instrument.id,
                interval: setup.interval,
                environment: setup.environment,
              },
              setup.at,
              beforeSeq,
            ),
    model,
    keepTexts: (texts, ts) => parts.texts.keep(texts, ts),
    promptParts,
    policy: DEFAULT_SPAWN_POLICY,
    allowedInstruments: market.allowed,
    envelopeBounds: 'agent',
    // A run on an account of its own can halt itself alone; an account that lasts halts the engine.
    tradingState: () => (haltedAlone ? 'halted' : tradingState.state()),
    limits: () => limitBook.limits(),
    access: () => ({
      mode: parts.modes.mode(),
      lock: 'open',
      by: 'agent',
      asks: parts.preferences.get().askEntries,
      ...(approvedFor === undefined ? {} : { brief: 'approved' }),
      formed: setup.chosen?.by === 'master',
      paused: pause.why(),
    }),
    approve,
    askEntry: (question, stale, unwanted) => askEntry(question, stale, eitherOf(unwanted, stopped)),
    marketWaits: market.waits,
    dataFault: () => parts.dataFault() ?? market.trouble?.() ?? null,
    halt: (reason, ts) => {
      if (lasts) tradingState.halt(reason, ts);
      else haltedAlone = true;
      onAccount();
    },
    abort: abort.token,
    letGo: letGo.token,
    retire: retire.token,
    paused: () => pause.why(),
    onDesk: (opened) => {
      desk = { desk: opened, account, now: () => market.clock.now() };
    },
    ...(market.turn === undefined ? {} : { turn: market.turn }),
    clockNow: () => market.clock.now(),
    progress: (stage, stageState) => {
      open?.live.stage(stage, stageState);
      if (open !== undefined) onChange(open.live);
    },
    onCandle: () => {
      if (lasts) onAccount();
    },
    report: (fault) => logger.error('a strategy family failed', fault),
    news,
    ...(market.promptMs === undefined ? {} : { promptMs: market.promptMs }),
    shadowBook: market.shadowBook,
  };

  const finished = async (error: unknown): Promise<void> => {
    settleScores(parts, market);
    // Before anything of it is ended for it: nobody is to wait for a cycle that asks for no candle any more.
    await market.close?.();
    if (error === undefined) return;
    if (left === undefined)
      return ends.failed(error, { journal, live: open?.live, started: lasts ? first : undefined });
    if (left.andSettle && first !== undefined) await ends.leftAlone(first, left.reason);
  };
  const run = async (): Promise<void> => {
    try {
      const error = await runCycle(setup, ports).then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('the cycle failed without a reason'),
      );
      await finished(error);
    } catch (error) {
      logger.error('the market of a cycle could not be closed', error);
    }
    desk = undefined;
    if (open === undefined) return;
    open.live.finish();
    onEnded(open);
    onChange(open.live);
    onAccount();
  };
  const done = run();
  await Promise.race([firstRecord, done]);
  return open;
}
