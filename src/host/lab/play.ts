import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { sha256 } from '#adapters/digest/sha256.ts';
import type { ColumnFamily } from '#core/agent/column-family.ts';
import { lentCurve } from '#core/backtest/curve-memory.ts';
import { asBacktest, type WholeResult } from '#core/backtest/portfolio/as-backtest.ts';
import { runPortfolio } from '#core/backtest/portfolio/run-portfolio.ts';
import type { PortfolioMarket } from '#core/backtest/portfolio/types.ts';
import { type BacktestNews, type BacktestPorts, runBacktest } from '#core/backtest/run-backtest.ts';
import { keepFacts } from '#core/backtest/series-facts.ts';
import type { BacktestOutcome } from '#core/backtest/types.ts';
import type { Hash, InstrumentId } from '#core/domain/ids.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import type { SteppedEnvelope } from '#core/evolution/envelope-steps.ts';
import { hashOf } from '#core/kernel/ids.ts';
import type { RunPeriod, RunSetup, StudyData } from './protocol.ts';

/** Where families come from: the engine's registry unless a test brings one that misbehaves. */
export type Families = (name: string) => ColumnFamily;

/** Candles without a named instrument; their hash must not depend on where the file lay. */
const UNNAMED = 'UNNAMED' as InstrumentId;

export type PlayerOptions = {
  readonly families?: Families | undefined;
  /** News that agents may read. */
  readonly news?: BacktestNews | undefined;
  /** Many runs follow: what they have in common is worked out once and kept, and families that can plan ahead do. */
  readonly many: boolean;
};

/** Plays runs over one set of candles. */
export function createPlayer(data: StudyData, setup: RunSetup, { families, many, news }: PlayerOptions) {
  const { columns, dataHash } = data;
  const { instrument, strategy, feeBps, cash, seed, profiles } = setup;
  const asOne = setup.venue === undefined && setup.also === undefined && data.detail === undefined;
  const instrumentId = instrument?.id ?? UNNAMED;
  let began = 0;
  let elapsedMs = 0;
  const ports: BacktestPorts = {
    digest: sha256,
    byteDigest: (bytes) => createHash('sha256').update(bytes).digest('hex') as Hash,
    dataHash: hashOf(sha256, 'lab-data', { candles: dataHash, instrumentId }),
    ...(families === undefined ? {} : { families }),
    ...(news === undefined ? {} : { news }),
    // A family that was brought along may do something else than the plan that it inherited.
    ...(many && families === undefined ? { facts: keepFacts(), curve: lentCurve() } : {}),
    onLoop: (moment) => {
      if (moment === 'begin') began = performance.now();
      else elapsedMs = performance.now() - began;
    },
  };
  return (
    params: FamilyParameters,
    period: RunPeriod,
    envelope?: SteppedEnvelope,
  ): { readonly outcome: BacktestOutcome | WholeResult; readonly elapsedMs: number } => {
    if (!asOne) {
      if (envelope !== undefined) throw new Error('an envelope of its own is played on one market');
      const { dataHash: _, ...shared } = ports;
      const markets = marketsOf(data, setup, instrumentId);
      const dataHashes = markets.map((market, place) =>
        hashOf(sha256, 'lab-data', { candles: dataHash, place, instrumentId: market.instrumentId }),
      );
      const outcome = runPortfolio(
        { markets, strategy, params, feeBps, cash, seed, profiles, ...period },
        { ...shared, dataHashes },
      );
      return { outcome: outcome.status === 'completed' ? asBacktest(outcome) : outcome, elapsedMs };
    }
    const outcome = runBacktest(
      {
        series: [{ instrumentId, columns }],
        ...(instrument === undefined ? {} : { instrument }),
        strategy,
        params,
        feeBps,
        cash,
        seed,
        profiles,
        ...(envelope === undefined ? {} : { envelope }),
        ...period,
      },
      ports,
    );
    return { outcome, elapsedMs };
  };
}

function marketsOf(
  { columns, detail, also = [] }: StudyData,
  setup: RunSetup,
  instrumentId: InstrumentId,
): readonly PortfolioMarket[] {
  const { instrument, venue } = setup;
  return [
    {
      instrumentId,
      columns,
      ...(instrument === undefined ? {} : { instrument }),
      ...(detail === undefined ? {} : { detail }),
      ...(venue === undefined ? {} : { venue }),
    },
    ...(setup.also ?? []).map((one, i): PortfolioMarket => {
      const other = also[i];
      if (other === undefined) throw new Error(`no candles of ${one.instrument.id}`);
      return {
        instrumentId: one.instrument.id,
        columns: other,
        instrument: one.instrument,
        ...(one.venue === undefined ? {} : { venue: one.venue }),
      };
    }),
  ];
}
