import { DEFAULT_RISK_POLICY } from '#core/risk/risk-limits.ts';
import type { AccessView } from '#shared/contract/access.ts';
import type { AgentView } from '#shared/contract/agents.ts';
import type { AlertView } from '#shared/contract/alerts.ts';
import type { AppContract, AppEvent, AppHandlers } from '#shared/contract/app-contract.ts';
import type { ChosenModeText } from '#shared/contract/automation.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { StoredSeriesView } from '#shared/contract/data.ts';
import type { EventName } from '#shared/contract/define.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { ModelList } from '#shared/contract/models.ts';
import type { Preferences } from '#shared/contract/preferences.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import type { EventSource } from '#shared/transport/host.ts';
import { createListeners, type Listeners } from '#shared/transport/ports.ts';
import { retick } from './retick.ts';
import {
  auditRecords,
  status as firstStatus,
  killPreview,
  killReport,
  pastAgents,
  portfolio,
} from './sample-account.ts';
import { assessment, frames, runIdOf, type Script, spec } from './sample-cycle.ts';
import { FAMILIES, scriptedLab } from './sample-lab.ts';
import { CHART_CANDLES, INSTRUMENTS, INTERVAL_MS, NOW, sampleColumns, TRADE_LEVELS } from './sample-market.ts';
import { sampleSwitches } from './sample-switches.ts';
import { scriptedAccess } from './scripted-access.ts';
import { scriptedAgents, scriptedPauses } from './scripted-agents.ts';
import { scriptedAlerts } from './scripted-alerts.ts';
import { type ScriptedAutomation, scriptedAutomation } from './scripted-automation.ts';
import { sampleStrategies } from './scripted-breeding.ts';
import { scriptedCharts } from './scripted-charts.ts';
import { scriptedDraft } from './scripted-draft.ts';
import { scriptedExchanges } from './scripted-exchanges.ts';
import { scriptedHealth } from './scripted-health.ts';
import { pageBefore } from './scripted-history.ts';
import { scriptedLearned } from './scripted-learned.ts';
import { scriptedMeasurements } from './scripted-measurements.ts';
import { scriptedModels } from './scripted-models.ts';
import { scriptedPerformance } from './scripted-performance.ts';
import { scriptedPortfolio } from './scripted-portfolio.ts';
import { scriptedPreferences } from './scripted-preferences.ts';
import { type Broken, scriptedPreflight } from './scripted-preflight.ts';
import { createScriptedPrompts } from './scripted-prompts.ts';
import { scriptedSchedule } from './scripted-schedule.ts';
import { scorecard } from './scripted-scorecard.ts';
import { createScriptedStored } from './scripted-stored.ts';
import { scriptedTerminal } from './scripted-terminal.ts';
import { scriptedTokens } from './scripted-tokens.ts';
import { scriptedTrading } from './scripted-trading.ts';
import { createScriptedVault } from './scripted-vault.ts';

export type CallNameOf = keyof AppHandlers;

export type ScriptedOptions = {
  readonly script?: Script;
  readonly halted?: boolean;
  /** Nothing has happened yet: no cycles, no agents, an empty journal. */
  readonly fresh?: boolean;
  /** Series that were imported before. */
  readonly imported?: readonly StoredSeriesView[];
  /** Milliseconds between the pictures of a cycle. */
  readonly stepMs?: number;
  /** Pictures of a cycle after which it stands still until `finish`. */
  readonly pauseAt?: number;
  /** Where the vault stands when the page comes; open when left out. */
  readonly vault?: VaultStatus['state'];
  /** What proves who asks: a confirmation, and no sensor of the system, when left out. */
  readonly access?: Partial<Pick<AccessView, 'biometric' | 'needs'>>;
  /** What stands in the Alert centre; nothing when left out. */
  readonly alerts?: readonly AlertView[];
  /** What asks the master; full when left out. */
  readonly mode?: ChosenModeText;
  /** There are keys and accounts at venues; none when left out. */
  readonly venues?: boolean;
  /** Decimals of the tick of every instrument, where they are not what the samples say. */
  readonly tickDecimals?: number;
  /** What the master prefers, where it is not the default. */
  readonly preferences?: Partial<Preferences>;
};

export type ScriptedEngine = {
  readonly handlers: AppHandlers;
  readonly events: EventSource<AppContract>;
  /** Every call that arrived, by name. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  /** Lets a call fail from now on, or answer again. */
  fail(name: CallNameOf, error: ContractError | null): void;
  /** Tells the faces what has changed, as the engine would. */
  tell<K extends EventName<AppContract>>(name: K, event: AppEvent<K>): void;
  /** Holds answers of a call back until released. */
  stall(name: CallNameOf): () => void;
  /** A candle closes on the running market. */
  candle(): void;
  /** Lets a paused cycle run to its end. */
  finish(): void;
  set(change: Partial<EngineStatus>): void;
  /** Breaks one prerequisite of a press, or none any more. */
  breakPreflight(row: Broken): void;
  setVault(change: Partial<VaultStatus>): void;
  readonly automation: ScriptedAutomation;
  setModels(change: Partial<ModelList>): void;
  /** The engine has something to tell. */
  raise(alert: AlertView): void;
};

const SUMMARIES = [
  'target reached, +0.84 R',
  'trend ended, +1.42 R',
  'stop hit, −1.00 R',
  'no trade: nothing fits',
  'kill switch, −0.05 R',
  'no trade: volatile',
];

/** An engine that plays a script over the real contract. It decides nothing; the real one is tested elsewhere. */
/** Where entry, stop and target of a run were that is over. */
const PAST_LINES = (['entry', 'stop', 'target'] as const).map((kind) => ({
  kind,
  price: TRADE_LEVELS[kind].toFixed(2),
  agentId: 'A-7d10e4c5',
  side: 'buy' as const,
  open: false,
}));

export function createScriptedEngine(options: ScriptedOptions = {}): ScriptedEngine {
  const { script = 'traded', stepMs = 30, fresh = false, pauseAt, tickDecimals } = options;
  const calls: { readonly name: string; readonly input: unknown }[] = [];
  const failures = new Map<string, ContractError>();
  const stalls = new Map<string, Promise<void>>();
  const topics = new Map<EventName<AppContract>, Listeners<never>>();
  const topic = <K extends EventName<AppContract>>(name: K): Listeners<AppEvent<K>> => {
    const known = topics.get(name) ?? createListeners<never>();
    topics.set(name, known);
    return known;
  };

  const columns = sampleColumns(CHART_CANDLES, INTERVAL_MS['1h']);
  const charts = scriptedCharts(columns);
  const live: AppEvent<'market.candle'>[] = [];
  const lastClose = (): number => live.at(-1)?.close ?? columns.close.at(-1) ?? 64_000;
  let broken: Broken = null;
  const auditCount = fresh ? 0 : 168;
  let status: EngineStatus = {
    ...firstStatus,
    mode: options.mode ?? 'full',
    journal: { ...firstStatus.journal, records: auditCount },
    ...(options.halted === true
      ? { tradingState: 'halted', mode: 'emergency', haltReason: 'kill switch, pressed in the window' }
      : {}),
  };
  const past = fresh ? [] : [6, 5, 4, 3, 2, 1];
  let newest: CycleView | null = fresh ? null : (frames('traded', 6).at(-1) ?? null);
  let rest: CycleView[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (change: Partial<EngineStatus>): void => {
    status = { ...status, ...change };
    topic('engine.changed').emit(status);
  };
  const show = (view: CycleView): void => {
    newest = view;
    topic('cycle.changed').emit(view);
    topic('portfolio.changed').emit(portfolio(newest));
    set({
      cycleRunning: view.state === 'running' ? view.cycle : null,
      cyclesRunning: view.state === 'running' ? [view.cycle] : [],
      agentsRunning: view.state === 'running' && view.agentId !== null ? 1 : 0,
    });
  };
  const play = (shown: number): void => {
    const next = rest.shift();
    if (next === undefined) return;
    show(next);
    if (rest.length > 0 && shown !== pauseAt) timer = setTimeout(() => play(shown + 1), stepMs);
  };

  const chart = (): Awaited<ReturnType<AppHandlers['market.chart']>> => {
    const fills = newest?.fills ?? [];
    const base = columns.openTime.at(-40) ?? NOW;
    const entry = fills.find((fill) => fill.purpose === 'entry');
    const open = fills.length === 1;
    const whose = { agentId: entry?.agentId ?? '', side: 'buy', open: true } as const;
    return {
      instrument: 'BTC/USDT',
      interval: '1h',
      source: 'simulated market, seed 42',
      columns,
      // The script's fills lie in the future of the candles; they are drawn on past ones, at prices that fit.
      markers: fills.map((fill, index) => ({
        ts: base + index * 9 * INTERVAL_MS['1h'] + 60_000,
        side: fill.side,
        purpose: fill.purpose,
        price: fill.price,
        quantity: fill.quantity,
        agentId: fill.agentId,
      })),
      lines:
        entry === undefined || !open
          ? []
          : [
              { ...whose, kind: 'entry', price: TRADE_LEVELS.entry.toFixed(2) },
              { ...whose, kind: 'stop', price: charts.stop(TRADE_LEVELS.stop) },
              { ...whose, kind: 'target', price: TRADE_LEVELS.target.toFixed(2) },
            ],
      priceDecimals: 2,
      asOf: NOW,
    };
  };

  const pauses = scriptedPauses();
  const agents = () => allAgents().map(pauses.shown);
  const allAgents = (): readonly AgentView[] => {
    const running =
      newest !== null && newest.agentId !== null && !pastAgents.some((agent) => agent.agentId === newest?.agentId);
    const first = pastAgents[0];
    if (!running || first === undefined || newest === null) return fresh ? [] : [...pastAgents];
    const result = newest.result;
    return [
      {
        ...first,
        agentId: newest.agentId ?? '',
        cycle: newest.cycle,
        runId: newest.runId,
        state: result === null ? ('trading' as const) : ('retired' as const),
        netPnl: result?.netPnl ?? '0',
        r: result?.r ?? '0',
        spawnedAt: NOW,
        retiredAt: result === null ? null : NOW,
        retiredWhy: result === null ? null : 'target reached',
      },
      ...(fresh ? [] : pastAgents),
    ];
  };

  const viewOf = ({ agentId, cycle }: { readonly agentId: string; readonly cycle: number }) =>
    newest?.agentId === agentId ? newest : frames('traded', cycle).at(-1);

  const automation = scriptedAutomation(options.mode ?? 'full', {
    halted: () => status.tradingState === 'halted',
    tell: (list) => topic('approvals.changed').emit(list),
    onMode: (mode) => set({ mode: status.tradingState === 'halted' ? 'emergency' : mode }),
    onDecided(approval) {
      if (newest?.cycle !== approval.cycle) return;
      if (approval.state === 'approved') return play(Number.NaN);
      show({ ...newest, state: 'completed', error: `The brief was ${approval.state}: ${approval.reason ?? ''}` });
    },
  });
  /** Up to the brief, where the script waits for a decision. */
  const playToBrief = (cycle: number): void => {
    for (let next = rest[0]; next !== undefined && next.agentId === null; next = rest[0]) {
      rest.shift();
      show(next);
    }
    automation.ask(cycle);
  };

  const models = scriptedModels(missing, fresh);
  const alerts = scriptedAlerts(options.alerts ?? [], {
    raised: (payload) => topic('alerts.raised').emit(payload),
    changed: (payload) => topic('alerts.changed').emit(payload),
  });
  const vault = createScriptedVault(options.vault ?? 'open', (next) => topic('vault.changed').emit(next));
  const plain: AppHandlers = {
    ...vault.handlers,
    ...scriptedAccess(options.access),
    ...scriptedTokens(),
    'engine.status': () => status,
    'strategies.list': () => sampleStrategies(FAMILIES),
    'strategies.switches': () => (fresh ? [] : sampleSwitches()),
    'engine.kill_preview': () => killPreview,
    'risk.limits': () => DEFAULT_RISK_POLICY,
    ...alerts.handlers,
    ...scriptedPreferences(options.preferences ?? {}, (now) => topic('preferences.changed').emit(now)),
    ...scriptedPortfolio(fresh, () => ({
      ...portfolio(null),
      equityCurve: [],
      positions: [],
      fills: [],
      openOrders: [],
    })),
    ...scriptedPerformance(fresh),
    ...scriptedLearned(fresh),
    'risk.set_limits': () => ({ policy: DEFAULT_RISK_POLICY, changed: [] }),
    'engine.kill': ({ reason, verb }) => {
      const already = status.tradingState === 'halted';
      clearTimeout(timer);
      set({ tradingState: 'halted', mode: 'emergency', haltReason: reason });
      return killReport(already, verb);
    },
    'engine.halt': ({ reason }) => {
      set({ tradingState: 'reducing', haltReason: reason });
      return status;
    },
    'engine.flatten': ({ reason }) => {
      set({ tradingState: 'reducing', haltReason: reason });
      return { tradingState: 'reducing', steps: [{ name: 'No new entries', done: true, detail: 'withdrawn' }] };
    },
    'engine.resume': () => {
      set({ tradingState: 'active', mode: automation.mode(), haltReason: null });
      return status;
    },
    ...automation.handlers,
    ...scriptedSchedule({
      now: () => NOW,
      pausedBy: () => (status.tradingState === 'halted' ? 'halted' : status.mode === 'manual' ? 'manual' : null),
      tell: (view) => topic('schedule.changed').emit(view),
    }),
    ...scriptedExchanges(options.venues ?? false),
    ...scriptedTrading(),
    ...charts.handlers,
    ...scriptedTerminal(),
    'cycle.start': () => {
      if (newest?.state === 'running') return { cycle: newest.cycle, runId: newest.runId, alreadyRunning: true };
      const cycle = (newest?.cycle ?? 0) + 1;
      rest = [...frames(script, cycle)];
      if (automation.mode() === 'semi') playToBrief(cycle);
      else play(1);
      return { cycle, runId: runIdOf(cycle), alreadyRunning: false };
    },
    'cycle.wait': () => newest ?? frames(script, 1)[0] ?? missing(),
    'cycle.get': ({ cycle }) =>
      cycle === undefined || cycle === newest?.cycle
        ? newest
        : (frames(cycle % 3 === 0 ? 'no_trade' : 'traded', cycle).at(-1) ?? null),
    'cycle.list': () => {
      const earlier = past.map((cycle, index) => ({
        cycle,
        runId: runIdOf(cycle),
        state: 'completed' as const,
        instrument: 'BTC/USDT',
        interval: '1h' as const,
        startedAt: NOW - (index + 1) * 9 * INTERVAL_MS['1h'],
        outcome: SUMMARIES[index] ?? 'traded',
      }));
      if (newest === null || past.includes(newest.cycle)) return earlier;
      const { cycle, runId, state, instrument, interval, startedAt, result, error } = newest;
      return [
        { cycle, runId, state, instrument, interval, startedAt, outcome: result?.reason ?? error ?? 'running' },
        ...earlier,
      ];
    },
    'cycle.cancel': () => {
      clearTimeout(timer);
      if (newest !== null && newest.state === 'running') {
        show({ ...newest, state: 'interrupted', error: 'Canceled by the master before the first order.' });
      }
      return { canceled: true };
    },
    'cycle.preflight': () => scriptedPreflight(status, broken),
    'cycle.analyse': () => ({
      assessment,
      facts: assessment.evidence,
      patterns: [],
      higherTimeframes: [],
      asOf: NOW,
      dataAgeMs: 400,
      marketSource: 'simulated market, seed 42',
    }),
    'market.chart': ({ before, limit, cycle }) => {
      if (cycle !== undefined) return { ...chart(), lines: PAST_LINES };
      if (before === undefined) return chart();
      const first = columns.openTime[0] ?? NOW;
      return { ...chart(), columns: pageBefore(first, INTERVAL_MS['1h'], before, limit), markers: [] };
    },
    'market.instruments': () => [...INSTRUMENTS],
    ...models.handlers,
    'models.trainSentiment': () => missing(),
    'scorecard.show': () => scorecard(fresh),
    'data.fetch': () => missing(),
    'agents.list': () => agents(),
    ...pauses.handlers((named) => agents().find(({ agentId }) => agentId === named) ?? missing()),
    ...scriptedAgents({ agents, view: viewOf, missing }),
    ...scriptedDraft(() => sampleStrategies(FAMILIES), agents, missing),
    'agents.why': ({ agentId }) => {
      const agent = agents().find((one) => one.agentId === agentId);
      if (agent === undefined) return missing(`there is no agent ${agentId}`);
      const view = viewOf(agent);
      return {
        agent,
        assessment: view?.assessment ?? null,
        spec: spec(agent.cycle),
        decisions: view?.decisions ?? [],
        orders: view?.orders ?? [],
        fills: view?.fills ?? [],
      };
    },
    'portfolio.get': () => {
      const view = portfolio(fresh ? null : newest);
      return fresh ? { ...view, equityCurve: [], positions: [], fills: [], openOrders: [] } : view;
    },
    'audit.list': ({ beforeSeq, limit }) =>
      auditRecords(auditCount)
        .filter((record) => record.seq < (beforeSeq ?? Number.POSITIVE_INFINITY))
        .slice(0, limit),
    ...scriptedHealth,
    ...createScriptedPrompts(),
    ...createScriptedStored(auditCount, options.imported ?? []),
    'audit.verify': () => ({
      ok: true,
      records: auditCount,
      head: status.journal.head,
      firstBadSeq: null,
      why: null,
      witness: null,
      witnesses: [],
    }),
    ...scriptedLab((study) => topic('lab.changed').emit(study), fresh),
    ...scriptedMeasurements((measurement) => topic('lab.measured').emit(measurement), fresh),
  };

  const ticked = <T>(answer: T): T => (tickDecimals === undefined ? answer : retick(answer, tickDecimals));
  // Every handler passes through here, so that a test can count, fail or delay any of them.
  const handlers = Object.fromEntries(
    Object.entries(plain).map(([name, handle]) => [
      name,
      async (input: never) => {
        calls.push({ name, input });
        await stalls.get(name);
        const failure = failures.get(name);
        if (failure !== undefined) throw failure;
        return ticked(await (handle as (given: never) => unknown)(input));
      },
    ]),
  ) as unknown as AppHandlers;

  return {
    handlers,
    calls,
    events: { subscribe: (name, emit) => topic(name).add((payload) => emit(ticked(payload))) },
    raise: alerts.raise,
    fail(name, error) {
      if (error === null) failures.delete(name);
      else failures.set(name, error);
    },
    tell: (name, event) => topic(name).emit(event),
    stall(name) {
      const opened = createListeners<void>();
      stalls.set(
        name,
        new Promise((resolve) => {
          opened.add(resolve);
        }),
      );
      return () => {
        stalls.delete(name);
        opened.emit();
      };
    },
    candle() {
      const open = lastClose();
      const close = open + (live.length % 2 === 0 ? 84.5 : -61.25);
      const openTime = NOW + live.length * INTERVAL_MS['1h'];
      const candle = {
        instrument: 'BTC/USDT',
        interval: '1h' as const,
        openTime,
        open,
        close,
        high: Math.max(open, close) + 40,
        low: Math.min(open, close) - 35,
        volume: 33.2,
      };
      live.push(candle);
      topic('market.candle').emit(candle);
    },
    finish() {
      clearTimeout(timer);
      play(Number.NaN);
    },
    set,
    breakPreflight(row) {
      broken = row;
      topic('engine.changed').emit(status);
    },
    setVault: vault.set,
    automation,
    setModels: models.set,
  };
}

function missing(message = 'this engine does not do that'): never {
  throw new ContractError({ code: 'rejected', reason: 'not_found', message, remedy: 'Choose one that exists.' });
}
