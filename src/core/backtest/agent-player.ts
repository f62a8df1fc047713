import { type AccountOptions, openAccount, type TradingAccount } from '../cycle/account.ts';
import { type AgentLife, type AgentStepsOptions, agentSteps, type CandleRequest } from '../cycle/agent-life.ts';
import type { AnyDraft, FactSink } from '../cycle/cycle-journal.ts';
import type { RiskPorts } from '../cycle/desk-risk.ts';
import { openTradingDesk, type TradingDesk, type VenueExtras } from '../cycle/trading-desk.ts';
import type { CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { createAbortSource } from '../kernel/abort.ts';
import type { IdFactory } from '../kernel/ids.ts';
import type { TradingState } from '../risk/types.ts';
import type { AgentSpec } from '../spawner/types.ts';

export type AgentPlayInput = {
  readonly spec: AgentSpec;
  readonly instrument: Instrument;
  /** Closed candles up to the spawn; what comes after them is asked of `next`. */
  readonly series: CandleSeries;
  readonly spawnedAt: UnixMs;
  /** The first candle that closes after this moment; undefined when the data end. */
  readonly next: (after: UnixMs) => ClosedCandle | undefined;
  readonly account: TradingAccount;
  readonly ids: IdFactory;
  readonly feeBps: Decimal;
  readonly halfSpreadBps: Decimal;
  readonly venue?: VenueExtras;
  /** Told everything that a cycle would journal, in order. */
  readonly write: (draft: AnyDraft) => void;
  readonly report: (fault: unknown) => void;
  readonly onCandle?: (candle: ClosedCandle) => void;
  readonly closingTries?: number;
  readonly families?: AgentStepsOptions['families'];
  readonly news?: AgentStepsOptions['news'] | undefined;
  readonly limits?: RiskPorts['limits'];
  readonly tradingState?: () => TradingState;
  /** Told when the drawdown has reached its last band. */
  readonly halt?: () => void;
};

const sinkOf = (write: (draft: AnyDraft) => void): FactSink => ({
  // Type and payload belong together: `write` of the sink is typed so.
  write: (type, ts, payload) => write({ type, ts, payload } as AnyDraft),
  writeAll: (drafts) => {
    for (const draft of drafts) write(draft);
  },
});

/** An agent that is ready to live: its desk, and its steps, which ask for one candle after another. */
export type ReadyAgent = {
  readonly desk: TradingDesk;
  readonly steps: Generator<CandleRequest, AgentLife, ClosedCandle | undefined>;
};

/** The very steps, desk, gate, sizing, venue and ledger of a live cycle. */
export function readyAgent(input: Omit<AgentPlayInput, 'next'>): ReadyAgent {
  const { spec, instrument, account, ids, feeBps, halfSpreadBps, venue, report } = input;
  const journal = sinkOf(input.write);
  const setup = {
    instrument,
    interval: spec.interval,
    at: input.spawnedAt,
    feeBps,
    halfSpreadBps,
    ...(venue === undefined ? {} : { venue }),
  };
  const tradingState = input.tradingState ?? ((): TradingState => 'active');
  const desk = openTradingDesk(
    setup,
    {
      account,
      ids,
      journal,
      tradingState,
      allowedInstruments: [instrument.id],
      ...(input.halt === undefined ? {} : { halt: input.halt }),
      ...(input.limits === undefined ? {} : { limits: input.limits }),
    },
    spec,
  );
  const steps = agentSteps({
    spec,
    agentId: desk.agentId,
    spawnedAt: input.spawnedAt,
    series: input.series,
    desk,
    journal,
    abort: createAbortSource().token,
    report,
    ...(input.onCandle === undefined ? {} : { onCandle: input.onCandle }),
    ...(input.news === undefined ? {} : { news: input.news }),
    ...(input.families === undefined ? {} : { families: input.families }),
    ...(input.closingTries === undefined ? {} : { closingTries: input.closingTries }),
  });
  return { desk, steps };
}

/**
 * One agent from spawn to retirement over candles that are all there already: the very steps, desk, gate, sizing, venue and ledger of a
 * live cycle, without waiting. Throws what a cycle would throw.
 */
export function playAgent(input: AgentPlayInput): AgentLife {
  const { steps } = readyAgent(input);
  for (let step = steps.next(); ; step = steps.next(input.next(step.value.after)))
    if (step.done === true) return step.value;
}

/** An account of its own for a run. */
export const runAccount = (
  instrument: Instrument,
  cash: Decimal,
  openedAt: UnixMs,
  feeCoins: AccountOptions['feeCoins'] = new Map(),
): TradingAccount => openAccount({ scope: 'run', asset: instrument.quote, startingCash: cash, openedAt, feeCoins });
