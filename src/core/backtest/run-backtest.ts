import type { ColumnFamily } from '../agent/column-family.ts';
import { familyOf } from '../agent/family-registry.ts';
import { formatDecimal } from '../domain/decimal.ts';
import { type Hash, unixMs } from '../domain/ids.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { FAMILIES, type FamilyName } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';
import type { Digest } from '../kernel/ids.ts';
import type { NewsReader } from '../news/types.ts';
import { columnFamilyOf } from './column-families.ts';
import type { CurveMemory } from './curve-memory.ts';
import { StrategyError } from './engine.ts';
import { parseParameters } from './parameters.ts';
import { playAgents } from './play-agents.ts';
import { type Played, type PlayHooks, playColumns } from './play-columns.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import type { ByteDigest } from './run-hash.ts';
import { FRESH_FACTS, type SeriesFacts } from './series-facts.ts';
import type { BacktestFailure, BacktestOptions, BacktestOutcome, BacktestResult, Profiles } from './types.ts';

/** What the host lends: the core has no crypto and no clock of its own. */
export type BacktestPorts = {
  readonly digest: Digest;
  readonly byteDigest: ByteDigest;
  /** Column families by name; the registry, and the agents' families, unless a test brings its own. */
  readonly families?: (name: string) => ColumnFamily;
  /** Of `dataHash`, when many runs play the same series. */
  readonly dataHash?: Hash;
  /** What runs over the same candles have in common, when many of them are played; see `keepFacts`. */
  readonly facts?: SeriesFacts;
  /** Around the event loop alone, so that the caller can time it: called when it begins and when it has ended. */
  readonly onLoop?: (moment: 'begin' | 'end') => void;
  /** Values that a strategy may look at in one decision. */
  readonly stepsPerDecision?: number;
  /** Memory for the curve, of a caller that plays many runs of column families and keeps no curve; each run's own when left out. */
  readonly curve?: CurveMemory;
  /** News as they were known at each moment, for the families of agents that read them; none are followed when absent. */
  readonly news?: BacktestNews;
};

/** The hash is over every item and the way it is read: it is part of what makes two runs the same. */
export type BacktestNews = { readonly reader: NewsReader; readonly hash: Hash };

export const STEPS_PER_DECISION = 1_000_000;
export const AGENT_PROFILES: Profiles = { limits: 'default', costs: 'default' };

export const isAgentFamily = (name: string): name is FamilyName => (FAMILIES as readonly string[]).includes(name);

/**
 * Plays a family over columns of candles and answers what came of it. Bad input (data, numbers, parameters, names) throws a Fault before
 * anything is played; a strategy that throws or uses up its steps gives a failed run with its cause and no partial result.
 */
export function runBacktest(options: BacktestOptions, ports: BacktestPorts): BacktestOutcome {
  const { strategy } = options;
  const hooks: PlayHooks = {
    onLoop: ports.onLoop,
    stepsPerDecision: ports.stepsPerDecision ?? STEPS_PER_DECISION,
    curve: ports.curve,
    news: ports.news?.reader,
  };
  const prepare = (
    family: Pick<ColumnFamily, 'name' | 'defaults' | 'parse' | 'profiles'>,
    onInstrumentSteps: boolean,
  ) =>
    prepareRun({
      options,
      strategy: family.name,
      params: parseParameters(family, options.params ?? {}),
      profiles: { ...family.profiles, ...options.profiles },
      onInstrumentSteps,
      digest: ports.digest,
      byteDigest: ports.byteDigest,
      dataHash: ports.dataHash,
      newsHash: ports.news?.hash,
      facts: ports.facts ?? FRESH_FACTS,
    });
  if (ports.families === undefined && isAgentFamily(strategy)) {
    const run = prepare({ ...familyOf(strategy), profiles: AGENT_PROFILES }, true);
    return outcomeOf(run, () => playAgents(run, strategy, ports.digest, hooks));
  }
  const family = (ports.families ?? columnFamilyOf)(strategy);
  const run = prepare(family, false);
  return outcomeOf(run, () => playColumns(run, family, hooks));
}

function outcomeOf(run: PreparedRun, play: () => Played): BacktestOutcome {
  try {
    return resultOf(run, play());
  } catch (error) {
    if (error instanceof StrategyError) return failureOf(run, error);
    throw error;
  }
}

function resultOf(run: PreparedRun, { books, equity, candlesHeld, journal, warmUp }: Played): BacktestResult {
  const { strategy, params, seed, profiles, grid, gaps, cash, runHash } = run;
  const [{ columns, instrumentId }] = run.series;
  const { openTime, interval, length } = columns;
  const intervalMs = INTERVAL_MS[interval];
  const steps = { tickSize: formatDecimal(grid.tick), lotSize: formatDecimal(grid.lot) };
  return {
    status: 'completed',
    strategy,
    params,
    seed,
    profiles,
    ...(run.instrument === undefined ? { assumed: steps } : {}),
    ...steps,
    instrumentId,
    interval,
    from: unixMs(openTime[0] as number),
    to: unixMs((openTime[length - 1] as number) + intervalMs),
    candles: length,
    warmUp,
    gaps,
    startingCash: formatDecimal(cash),
    ...books,
    equity: { openTime, intervalMs, equity },
    journal,
    exposure: candlesHeld / length,
    runHash,
  };
}

/** A run that its strategy broke off. */
export function failureOf(
  run: Pick<PreparedRun, 'strategy' | 'params' | 'profiles' | 'runHash'>,
  { cause, message, at }: StrategyError,
): BacktestFailure {
  const { strategy, params, profiles, runHash } = run;
  const known =
    cause instanceof Fault
      ? { code: cause.code, remedy: cause.remedy }
      : { code: 'strategy' as const, remedy: 'Correct the strategy; nothing of this run counts.' };
  return { status: 'failed', strategy, params, profiles, cause: { ...known, message }, at, runHash };
}
