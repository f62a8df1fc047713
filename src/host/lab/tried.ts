import { sha256 } from '#adapters/digest/sha256.ts';
import type { LabStore } from '#adapters/sqlite/lab-store.ts';
import { BACKTEST_CODE_VERSION } from '#core/backtest/version.ts';
import type { Hash } from '#core/domain/ids.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import { hashOf } from '#core/kernel/ids.ts';
import type { TrialCount } from '#core/statistics/deflated-sharpe.ts';
import { createTrialRegistry } from '#core/statistics/trial-registry.ts';
import type { RunSetup } from './protocol.ts';

/**
 * What makes a configuration a different question: family, parameters, profiles and fee. The period is left out on purpose: the same
 * parameters on a part of the candles are no new idea, and a walk-forward would otherwise count each idea once for every fold.
 */
export const configurationHash = ({ strategy, profiles, feeBps }: RunSetup, params: FamilyParameters): Hash =>
  hashOf(sha256, 'configuration', { version: BACKTEST_CODE_VERSION, strategy, profiles, feeBps, params });

/** How much was ever tried on these candles with this family, whoever asked. */
export const triedSoFar = (store: LabStore, dataHash: string, strategy: string): TrialCount =>
  createTrialRegistry(
    dataHash,
    store.configurations(dataHash, strategy).map(({ configurationHash, dailySharpe }) => ({
      configurationHash,
      outcome:
        dailySharpe === null
          ? { kind: 'failed' as const, cause: 'no Sharpe ratio' }
          : { kind: 'finished' as const, dailySharpe },
    })),
  ).count();
