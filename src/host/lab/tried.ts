import { sha256 } from '#adapters/digest/sha256.ts';
import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import { conditionsText } from '#core/backtest/portfolio/conditions.ts';
import { BACKTEST_CODE_VERSION } from '#core/backtest/version.ts';
import type { Hash } from '#core/domain/ids.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import type { SteppedEnvelope } from '#core/evolution/envelope-steps.ts';
import type { Json } from '#core/kernel/canonical-json.ts';
import { hashOf } from '#core/kernel/ids.ts';
import type { TrialCount } from '#core/statistics/deflated-sharpe.ts';
import { createTrialRegistry } from '#core/statistics/trial-registry.ts';
import type { RunSetup } from './protocol.ts';

/**
 * What makes a configuration a different question: family, parameters, profiles, fee, news and what the venue was like. The period is left out on purpose: the same
 * parameters on a part of the candles are no new idea, and a walk-forward would otherwise count each idea once for every fold.
 */
export const configurationHash = (
  setup: RunSetup,
  params: FamilyParameters,
  newsHash?: Hash,
  envelope?: SteppedEnvelope,
): Hash => {
  const { strategy, profiles, feeBps } = setup;
  const venue = venueText(setup);
  return hashOf(sha256, 'configuration', {
    version: BACKTEST_CODE_VERSION,
    strategy,
    profiles,
    feeBps,
    params,
    ...(venue === undefined ? {} : { venue }),
    ...(newsHash === undefined ? {} : { news: newsHash }),
    ...(envelope === undefined ? {} : { envelope }),
  });
};

/** Conditions of all markets as plain data; undefined when there are none. */
export function venueText({ venue, also = [] }: RunSetup): Json | undefined {
  if (venue === undefined && also.every((one) => one.venue === undefined)) return undefined;
  return [venue, ...also.map((one) => one.venue)].map((one) => conditionsText(one ?? {}));
}

/** How much was ever tried on these candles with these families, whoever asked. */
export const triedSoFar = (store: LabStore, dataHash: string, ...strategies: readonly string[]): TrialCount =>
  createTrialRegistry(
    dataHash,
    strategies
      .flatMap((strategy) => store.configurations(dataHash, strategy))
      .map(({ configurationHash, dailySharpe }) => ({
        configurationHash,
        outcome:
          dailySharpe === null
            ? { kind: 'failed' as const, cause: 'no Sharpe ratio' }
            : { kind: 'finished' as const, dailySharpe },
      })),
  ).count();
