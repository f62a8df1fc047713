import type { ColumnFamily } from '../../agent/column-family.ts';
import { familyOf } from '../../agent/family-registry.ts';
import { add, type Decimal, formatDecimal, parseDecimal, ZERO } from '../../domain/decimal.ts';
import { type Hash, unixMs } from '../../domain/ids.ts';
import { INTERVAL_MS } from '../../domain/interval.ts';
import { columnFamilyOf } from '../column-families.ts';
import { StrategyError } from '../engine.ts';
import { parseParameters } from '../parameters.ts';
import type { PlayHooks } from '../play-columns.ts';
import { AGENT_PROFILES, type BacktestPorts, failureOf, isAgentFamily, STEPS_PER_DECISION } from '../run-backtest.ts';
import type { BacktestCosts } from '../types.ts';
import { playAgentsTogether } from './play-agents.ts';
import { playColumnsTogether } from './play-columns.ts';
import type { PlayedMarket, PlayedPortfolio } from './played.ts';
import { type PreparedMarket, type PreparedPortfolio, preparePortfolio } from './prepare-portfolio.ts';
import type { MarketResult, PortfolioOptions, PortfolioOutcome, PortfolioResult } from './types.ts';

export type PortfolioPorts = Omit<BacktestPorts, 'dataHash'> & {
  /** Of each market's own series, when many runs play them. */
  readonly dataHashes?: readonly Hash[];
};

/**
 * Plays one family over several markets on one account, or over one market on a venue whose conditions are given. Everything goes through
 * the simulated venue in decimals, candle by candle in the order of time: slower than `runBacktest`, and able to do what its columns of whole
 * numbers cannot. Throws and fails as `runBacktest` does.
 */
export function runPortfolio(options: PortfolioOptions, ports: PortfolioPorts): PortfolioOutcome {
  const { strategy } = options;
  const hooks: PlayHooks = {
    onLoop: ports.onLoop,
    stepsPerDecision: ports.stepsPerDecision ?? STEPS_PER_DECISION,
    news: ports.news?.reader,
  };
  const prepare = (family: Pick<ColumnFamily, 'name' | 'defaults' | 'parse' | 'profiles'>, isAgent: boolean) =>
    preparePortfolio({
      options,
      strategy: family.name,
      params: parseParameters(family, options.params ?? {}),
      profiles: { ...family.profiles, ...options.profiles },
      isAgent,
      digest: ports.digest,
      byteDigest: ports.byteDigest,
      dataHashes: ports.dataHashes,
      newsHash: ports.news?.hash,
    });
  if (ports.families === undefined && isAgentFamily(strategy)) {
    const portfolio = prepare({ ...familyOf(strategy), profiles: AGENT_PROFILES }, true);
    return outcomeOf(portfolio, () => playAgentsTogether(portfolio, strategy, ports.digest, hooks));
  }
  const family = (ports.families ?? columnFamilyOf)(strategy);
  const portfolio = prepare(family, false);
  return outcomeOf(portfolio, () => playColumnsTogether(portfolio, family, ports.digest, hooks));
}

function outcomeOf(portfolio: PreparedPortfolio, play: () => PlayedPortfolio): PortfolioOutcome {
  try {
    return resultOf(portfolio, play());
  } catch (error) {
    if (error instanceof StrategyError) return failureOf(portfolio, error);
    throw error;
  }
}

const total = (texts: readonly string[]): string =>
  formatDecimal(texts.reduce((whole: Decimal, text) => add(whole, parseDecimal(text)), ZERO));

function costsOf(costs: readonly BacktestCosts[]): BacktestCosts {
  const interest = costs.flatMap((one) => (one.interest === undefined ? [] : [one.interest]));
  return {
    fees: total(costs.map(({ fees }) => fees)),
    spread: total(costs.map(({ spread }) => spread)),
    impact: total(costs.map(({ impact }) => impact)),
    ...(interest.length === 0 ? {} : { interest: total(interest) }),
  };
}

function resultOf(portfolio: PreparedPortfolio, played: PlayedPortfolio): PortfolioResult {
  const { strategy, params, seed, profiles, cash, runHash } = portfolio;
  const markets = portfolio.markets.map((market, i) => marketOf(market, played.markets[i] as PlayedMarket));
  const { equity, exposure, finalCash, finalEquity } = played;
  return {
    status: 'completed',
    strategy,
    params,
    seed,
    profiles,
    startingCash: formatDecimal(cash),
    finalCash,
    finalEquity,
    costs: costsOf(markets.map(({ costs }) => costs)),
    turnover: total(markets.map(({ turnover }) => turnover)),
    equity,
    exposure,
    markets,
    runHash,
  };
}

function marketOf({ run, grid }: PreparedMarket, { books, candlesHeld, refused, warmUp }: PlayedMarket): MarketResult {
  const [{ columns, instrumentId }] = run.series;
  const { openTime, interval, length } = columns;
  const steps = { tickSize: formatDecimal(grid.tick), lotSize: formatDecimal(grid.lot) };
  return {
    instrumentId,
    interval,
    ...(run.instrument === undefined ? { assumed: steps } : {}),
    ...steps,
    from: unixMs(openTime[0] as number),
    to: unixMs((openTime[length - 1] as number) + INTERVAL_MS[interval]),
    candles: length,
    warmUp,
    gaps: run.gaps,
    ...books,
    exposure: candlesHeld / length,
    refused,
  };
}
