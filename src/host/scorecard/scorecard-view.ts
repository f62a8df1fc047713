import type { Hash } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import { type Authority, authorityOf } from '#core/scorecard/authority.ts';
import { HORIZON_CANDLES } from '#core/scorecard/forecast.ts';
import { callersIn, type ScoreRow, scorecardOf } from '#core/scorecard/scorecard.ts';
import type { Resolved } from '#core/scorecard/types.ts';
import type { ScorecardView } from '#shared/contract/scorecard.ts';
import { figureOf } from '../lab/metric-figures.ts';

/** Of the random baseline; fixed, so that the same calls always give the same card. */
const SEED = 1;

/** The card as it travels. `resolved` in the order of time. */
export function scorecardView(resolved: readonly Resolved[], waiting: number): ScorecardView {
  const models = callersIn(resolved).filter((caller) => caller.kind === 'model');
  const authorities = models.map(({ name, hash }): { model: string; hash: Hash } & Authority => ({
    model: name,
    hash,
    ...authorityOf(resolved, hash),
  }));
  return {
    resolved: resolved.length,
    waiting,
    from: resolved[0]?.at ?? null,
    to: resolved.at(-1)?.at ?? null,
    horizonCandles: HORIZON_CANDLES,
    rows: scorecardOf(resolved, createRng(SEED)).rows.map(rowView),
    authorities,
  };
}

const rowView = ({
  caller,
  brier,
  logLoss,
  right,
  versus,
  calibration,
  ...row
}: ScoreRow): ScorecardView['rows'][number] => ({
  ...row,
  kind: caller?.kind ?? 'baseline',
  modelHash: caller?.kind === 'model' ? caller.hash : null,
  brier: figureOf(brier),
  logLoss: figureOf(logLoss),
  right: figureOf(right),
  versus: versus.map(({ other, difference }) => ({ other, difference: figureOf(difference) })),
  calibration: calibration.map((bin) => ({ ...bin })),
});
