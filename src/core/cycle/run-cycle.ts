import { familyOf } from '../agent/family-registry.ts';
import type { AnalystModel } from '../analyst/assess.ts';
import { assess } from '../analyst/assess.ts';
import { type KeptText, type ModelReceipt, recordReceipt } from '../analyst/receipt.ts';
import { judgeByRules } from '../analyst/rule-analyst.ts';
import type { Assessment } from '../analyst/types.ts';
import { buildContext, HISTORY_CANDLES } from '../context/build-context.ts';
import type { MarketContext } from '../context/types.ts';
import type { ClosedCandle } from '../domain/candle.ts';
import { type Decimal, formatDecimal } from '../domain/decimal.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import { type RunId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import type { AbortToken } from '../kernel/abort.ts';
import type { Digest, IdFactory } from '../kernel/ids.ts';
import { buildSnapshot } from '../market/snapshot.ts';
import type { MarketSnapshot } from '../market/types.ts';
import { remember } from '../memory/remember.ts';
import type { DrawnLessons } from '../memory/withholding.ts';
import type { NewsReading, TracedNewsReader, TracedReading } from '../news/types.ts';
import type { MarketFeed } from '../ports/market-feed.ts';
import type { MemoryStore } from '../ports/memory-store.ts';
import type { PromptParts } from '../ports/prompt-parts.ts';
import { lockCalls } from '../scorecard/lock-calls.ts';
import type { ChosenAgent } from '../spawner/chosen.ts';
import { spawn } from '../spawner/spawn.ts';
import type { LastFamilies, SpawnDecision, SpawnPolicy } from '../spawner/types.ts';
import type { TradingAccount } from './account.ts';
import { type AgentLife, liveAgent } from './agent-life.ts';
import { type Agreed, agreed, type Brief, type BriefAnswer } from './brief.ts';
import type { CycleJournal } from './cycle-journal.ts';
import { debrief } from './debrief.ts';
import type { RiskPorts } from './desk-risk.ts';
import type { CycleMarketPayload } from './paper-records.ts';
import type { Progress } from './progress.ts';
import type { ShadowBook } from './shadow.ts';
import { openTradingDesk, type TradingDesk, type VenueExtras } from './trading-desk.ts';

/** What makes this run this run. The same setup gives the same records. */
export type CycleSetup = {
  readonly instrument: Instrument;
  readonly interval: Interval;
  readonly at: UnixMs;
  readonly seed: number;
  readonly environment: CycleEnvironment;
  readonly market: CycleMarketPayload;
  readonly feeBps: Decimal;
  readonly halfSpreadBps: Decimal;
  readonly trigger: string;
  /** The agent that somebody chose himself; absent where the judgement decides. */
  readonly chosen?: ChosenAgent;
  /** What a back-test adds to the simulated venue; nothing in a cycle. */
  readonly venue?: VenueExtras;
};

/** What the cycle needs of the outside. */
export type CyclePorts = RiskPorts & {
  readonly digest: Digest;
  readonly ids: IdFactory;
  readonly feed: MarketFeed;
  readonly account: TradingAccount;
  readonly journal: CycleJournal;
  readonly memory: MemoryStore;
  /** Where a run was first recorded; the present run counts. */
  readonly firstSeqOfRun: (runId: RunId) => number | undefined;
  /** What was spawned in this market before, as it was known before a record; absent where no past counts. */
  readonly lastFamilies?: ((beforeSeq: number) => LastFamilies | undefined) | undefined;
  readonly model: AnalystModel | undefined;
  /** Keeps texts that a receipt will cite, each once. Throws when it cannot; then the receipt is not written either. */
  readonly keepTexts: (texts: readonly KeptText[], ts: UnixMs) => void;
  readonly promptParts: PromptParts;
  readonly policy: SpawnPolicy;
  readonly allowedInstruments: readonly string[];
  /** Shuts the latch: the drawdown has reached its last band. */
  readonly halt?: (reason: string, ts: UnixMs) => void;
  readonly abort: AbortToken;
  /** Takes the agent's hands off what is held; see `AgentStepsOptions`. */
  readonly letGo?: AbortToken;
  /** Ends the agent in order; see `AgentStepsOptions`. */
  readonly retire?: AbortToken;
  /** Asks the master for an agent before it exists; undefined where nobody has to be asked. Absent where no master is, as in a back-test. */
  readonly approve?: (brief: Brief) => Promise<BriefAnswer> | undefined;
  /** Told of the desk before anything can be sent through it. */
  /** See `AgentStepsOptions`. */
  readonly paused?: () => string | undefined;
  readonly onDesk?: (desk: TradingDesk) => void;
  /** Waits for those who act first at this moment, so that room on the account does not go to whoever thinks quickest. */
  readonly turn?: () => Promise<void>;
  /** The market's clock. */
  readonly clockNow: () => UnixMs;
  readonly progress: Progress;
  readonly onCandle: (candle: ClosedCandle) => void;
  readonly report: (fault: unknown) => void;
  /** Of a venue that is followed; see `AgentStepsOptions`. */
  readonly promptMs?: number;
  /** See `AgentLifeOptions`. */
  readonly marketWaits?: boolean;
  /** What the news says; absent where none is followed, as of a made market. */
  readonly news?: TracedNewsReader | undefined;
  readonly shadowBook?: ShadowBook | undefined;
};

/** Lessons that a decision may weigh. */
const LESSONS_RECALLED = 24;

/** One press, from the market to the lesson. Records every stage; throws only on a bug or when the journal cannot write. */
export async function runCycle(setup: CycleSetup, ports: CyclePorts): Promise<void> {
  const { progress } = ports;
  const before = ports.account.valued();
  recordStart(setup, ports);

  progress('market', 'running');
  const snapshot = lookAtMarket(setup, ports);
  progress('market', 'done');

  progress('context', 'running');
  const read = ports.news?.traced(snapshot.asOf);
  const news = read?.reading;
  const context = deriveContext(snapshot, read, ports);
  progress('context', 'done');

  progress('analyst', 'running');
  const assessment = await judge(context, setup, ports);
  await ports.turn?.();
  progress('analyst', 'done');

  progress('memory', 'running');
  const lessons = remember({
    memory: ports.memory,
    runId: ports.ids.runId,
    firstSeq: ports.firstSeqOfRun(ports.ids.runId) ?? Number.MAX_SAFE_INTEGER,
    context,
    regime: assessment.regime,
    limit: LESSONS_RECALLED,
  });
  progress('memory', 'done');

  progress('spawner', 'running');
  const decision = decideSpawn(context, assessment, lessons, news, setup, ports);
  progress('spawner', 'done');

  // Nothing is waited for where nobody is asked: a cycle in full mode takes the same steps at the same moments as ever.
  const asking = decision.kind === 'spawn' ? askMaster(decision, assessment, context, ports) : undefined;
  const settled = asking === undefined ? decision : await asking;
  const stopped = stoppedBy(ports);
  const spawned = settled.kind === 'spawn' && stopped === undefined;
  const desk = openTradingDesk(setup, ports, spawned ? settled.spec : undefined);
  ports.onDesk?.(desk);
  progress('agent', spawned ? 'running' : 'skipped');
  const life = spawned ? await letLive(settled, snapshot, desk, ports) : stillborn(settled, stopped);
  progress('agent', 'done');

  progress('debrief', 'running');
  const spec = spawned ? settled.spec : null;
  debrief({ setup, ports, before, context, assessment, spec, weighing: settled.memory, life, desk });
  // After the proof of its books: nothing of it can cost anything any more.
  ports.account.reservations.end(desk.agentId);
  progress('debrief', 'done');
}

function recordStart(setup: CycleSetup, { journal, account }: CyclePorts): void {
  const { instrument, interval, at, seed, environment, market, feeBps, halfSpreadBps, trigger, chosen } = setup;
  journal.write('cycle.started', at, {
    instrumentId: instrument.id,
    symbol: instrument.symbol,
    interval,
    at,
    seed,
    environment,
    market,
    account: account.scope,
    quoteAsset: account.asset,
    startingEquity: formatDecimal(account.equity()),
    cash: formatDecimal(account.cash()),
    feeBps: formatDecimal(feeBps),
    halfSpreadBps: formatDecimal(halfSpreadBps),
    trigger,
    ...(chosen === undefined ? {} : { chosen }),
  });
}

function lookAtMarket(
  { instrument, interval, at, market }: CycleSetup,
  { digest, feed, journal }: CyclePorts,
): MarketSnapshot {
  const history = feed.history(instrument.id, interval, at, HISTORY_CANDLES);
  const snapshot = buildSnapshot(digest, {
    instrumentId: instrument.id,
    interval,
    asOf: at,
    source: market.kind,
    history,
  });
  const { candles } = snapshot.series;
  journal.write('market.snapshot', at, {
    hash: snapshot.hash,
    candles: candles.length,
    firstOpen: candles[0]?.openTime ?? at,
    lastClose: candles.at(-1)?.closeTime ?? at,
    gaps: snapshot.gaps.length,
    dataAgeMs: snapshot.dataAgeMs,
  });
  return snapshot;
}

function deriveContext(
  snapshot: MarketSnapshot,
  read: TracedReading | undefined,
  { digest, journal }: CyclePorts,
): MarketContext {
  if (read !== undefined) journal.write('news.read', snapshot.asOf, read);
  const context = buildContext(digest, snapshot, read?.reading);
  journal.write('context.built', context.asOf, {
    hash: context.hash,
    facts: context.facts,
    patterns: context.patterns,
  });
  return context;
}

async function judge(
  context: MarketContext,
  setup: CycleSetup,
  { digest, journal, model, abort, keepTexts }: CyclePorts,
): Promise<Assessment> {
  const input = { context, judgeByRules, seed: setup.seed, digest, madeHere: setup.market.kind === 'generator' };
  let receipt: ModelReceipt | undefined;
  const stopped = new Promise<string>((resolve) => void abort.onAbort(resolve));
  const assessment = await Promise.race([
    assess({
      ...input,
      model,
      onAsked: (asked) => {
        receipt = asked;
      },
    }),
    // Whoever stops the cycle must not wait until a model has finished thinking.
    stopped.then(async (why): Promise<Assessment> => {
      const byRules = await assess({ ...input, model: undefined });
      return { ...byRules, model: { kind: 'late', why: `the cycle was stopped: ${why}` } };
    }),
  ]);
  // Read after the race, so that nothing of a model that is still thinking comes into a cycle that was stopped.
  if (receipt !== undefined) {
    const { record, texts } = recordReceipt(digest, receipt);
    keepTexts(texts, context.asOf);
    journal.write('analyst.asked', context.asOf, { receipt: record });
  }
  journal.write('analyst.assessed', context.asOf, { assessment });
  const locked = lockCalls(context, assessment);
  if (locked !== undefined) journal.write('analyst.called', context.asOf, locked);
  return assessment;
}

function decideSpawn(
  context: MarketContext,
  assessment: Assessment,
  lessons: DrawnLessons,
  news: NewsReading | undefined,
  setup: CycleSetup,
  { digest, journal, policy, promptParts, lastFamilies, firstSeqOfRun, ids }: CyclePorts,
): SpawnDecision {
  const decision = spawn({
    digest,
    assessment,
    context,
    lessons: lessons.used,
    withheld: lessons.withheld,
    policy,
    families: familyOf,
    promptParts,
    news,
    last: lastFamilies?.(firstSeqOfRun(ids.runId) ?? Number.MAX_SAFE_INTEGER),
    chosen: setup.chosen,
    seed: setup.seed,
    now: context.asOf,
  });
  journal.write('spawner.decided', context.asOf, {
    kind: decision.kind,
    why: decision.why,
    lessons: decision.kind === 'spawn' ? decision.spec.lessons : decision.lessons,
    recalled: lessons.used.length + lessons.withheld.length,
    memory: decision.memory,
  });
  return decision;
}

async function letLive(
  decision: SpawnDecision & { readonly kind: 'spawn' },
  snapshot: MarketSnapshot,
  desk: TradingDesk,
  { journal, feed, abort, letGo, retire, paused, clockNow, promptMs, news, onCandle, report, marketWaits }: CyclePorts,
): Promise<AgentLife> {
  const { spec, why, switched } = decision;
  const { agentId } = desk;
  // On a market that runs by itself a model's thinking takes market time: the agent begins now, and sees what has closed meanwhile.
  const spawnedAt = unixMs(Math.max(snapshot.asOf, clockNow()));
  const closedSince = spawnedAt - snapshot.asOf + snapshot.dataAgeMs >= INTERVAL_MS[spec.interval];
  const series = closedSince
    ? feed.history(spec.instrumentId, spec.interval, spawnedAt, HISTORY_CANDLES).series
    : snapshot.series;
  if (switched !== undefined) {
    const { instrumentId, interval } = spec;
    journal.write('strategy.switched', spawnedAt, { ...switched, instrumentId, interval });
  }
  journal.write('agent.spawned', spawnedAt, { agentId, spec, why });
  const life = await liveAgent({
    spec,
    agentId,
    spawnedAt,
    series,
    desk,
    feed,
    journal,
    abort,
    ...(letGo === undefined ? {} : { letGo }),
    ...(retire === undefined ? {} : { retire }),
    ...(paused === undefined ? {} : { paused }),
    clockNow,
    ...(promptMs === undefined ? {} : { promptMs }),
    ...(marketWaits === undefined ? {} : { marketWaits }),
    ...(news === undefined ? {} : { news }),
    onCandle,
    report,
  });
  journal.write('agent.retired', desk.now(), { agentId, why: life.why, barsLived: life.barsLived });
  return life;
}

const stoppedBy = ({ abort, letGo, retire }: CyclePorts): AbortToken | undefined =>
  [abort, letGo, retire].find((token) => token?.aborted === true);

/** The brief, where the mode wants one. Undefined when nobody has to be asked. */
function askMaster(
  decision: SpawnDecision & { readonly kind: 'spawn' },
  assessment: Assessment,
  context: MarketContext,
  ports: CyclePorts,
): Promise<Agreed> | undefined {
  if (stoppedBy(ports) !== undefined) return undefined;
  const { spec, why } = decision;
  const facts = context.facts.filter(({ id }) => assessment.evidence.includes(id));
  const answer = ports.approve?.({ spec, why, assessment, facts });
  if (answer === undefined) return undefined;
  ports.progress('brief', 'running');
  return answer.then((given) => {
    ports.progress('brief', 'done');
    return agreed(decision, given, ports.digest, ports.clockNow());
  });
}

const stillborn = (decision: Pick<Agreed, 'why'>, stopped: AbortToken | undefined): AgentLife =>
  stopped !== undefined
    ? { why: stopped.reason ?? 'stopped', barsLived: 0, interrupted: true }
    : { why: decision.why, barsLived: 0, interrupted: false };
