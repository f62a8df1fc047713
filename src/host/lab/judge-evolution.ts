import { INTERVAL_MS } from '#core/domain/interval.ts';
import { judgeChallenger, type Verdict } from '#core/evolution/promotion.ts';
import { deflatedByChance } from '#core/evolution/significance.ts';
import { backtestOverfitting } from '#core/statistics/backtest-overfitting.ts';
import { deflatedSharpe, probabilisticSharpe } from '#core/statistics/deflated-sharpe.ts';
import { isKnown, type Measure } from '#core/statistics/figure.ts';
import { momentsOf } from '#core/statistics/moments.ts';
import type { FigureView, LabStudyView } from '#shared/contract/lab-views.ts';
import type { LabParts } from './backtests.ts';
import { marketOf, type PromotionFigures } from './champion.ts';
import type { EvolutionOutcome } from './evolution.ts';
import { genomeIdOf } from './genome-view.ts';
import { figureOf } from './metric-figures.ts';
import { blocksFor } from './search.ts';
import type { StudyBench } from './study-types.ts';
import { triedSoFar } from './tried.ts';

const valueOf = (measure: Measure): number | null => (isKnown(measure) ? measure.value : null);

export type JudgedEvolution = {
  readonly significance: LabStudyView['significance'];
  readonly verdict: Verdict | undefined;
  readonly deflatedBySpread: FigureView;
};

/** Judges the best of an evolution by the gate, and writes down what was decided. Undefined verdict: nothing had a fitness. */
export function judgeEvolution(bench: StudyBench, outcome: EvolutionOutcome, now: LabParts['now']): JudgedEvolution {
  const { best, proven, champion, looks, bred, drawnTasks } = outcome;
  const own = best === undefined ? null : bench.returnsOf(best.task);
  if (best === undefined || proven === undefined || own === null)
    return { significance: null, verdict: undefined, deflatedBySpread: NOTHING };
  const families = [...new Set(bred.map(({ genome }) => genome.family))];
  const count = triedSoFar(bench.store, bench.data.dataHash, ...families);
  const deflated = deflatedByChance(own, count);
  const all = [...bred.map(({ task }) => task), ...drawnTasks].flatMap((task) => {
    const daily = bench.returnsOf(task);
    // An account that was ruined has fewer days; it can't be the best on the others.
    return daily !== null && daily.length === own.length ? [daily] : [];
  });
  const overfitting = backtestOverfitting(all, blocksFor(all.length));
  const proofSharpe = valueOf(proven.trial.sharpe);
  const drawdown = Math.max(valueOf(best.trial.maxDrawdown) ?? 1, valueOf(proven.trial.maxDrawdown) ?? 1);
  const verdict = judgeChallenger(
    {
      deflated: deflated.probability,
      overfitting: overfitting.probability,
      proof: probabilisticSharpe(proven.returns, 0),
      looks,
      trades: best.trial.trades,
      proofTrades: proven.trial.trades,
      drawdown,
    },
    proofSharpe,
    champion === undefined
      ? undefined
      : { name: genomeIdOf(champion.genome.hash), proofSharpe: valueOf(champion.trial.sharpe) },
  );
  const figures: PromotionFigures = {
    dailyMean: momentsOf(proven.returns).mean,
    drawdown,
    proofSharpe,
    until: endOf(bench),
  };
  const decided = {
    studyId: bench.id,
    market: marketOf(bench),
    at: now(),
    figures: JSON.stringify(figures),
    reasons: JSON.stringify(verdict.reasons),
  };
  const promoted = verdict.standing === 'candidate for paper';
  bench.store.genomes.decide([
    ...(promoted && champion !== undefined
      ? [{ ...decided, genomeHash: champion.genome.hash, decision: 'replaced' as const }]
      : []),
    { ...decided, genomeHash: best.genome.hash, decision: promoted ? 'promoted' : 'refused' },
  ]);
  return {
    significance: {
      tried: deflated.trials,
      expectedMaximum: deflated.expectedMaximum,
      deflatedSharpe: figureOf(deflated.probability),
      overfitting: figureOf(overfitting.probability),
      overfittingLoss: figureOf(overfitting.probabilityOfLoss),
    },
    verdict,
    deflatedBySpread: figureOf(deflatedSharpe(own, count).probability),
  };
}

const NOTHING: FigureView = { undefinable: 'no candidate had a fitness' };

/** Close of the last candle at hand. */
function endOf({ data: { columns } }: StudyBench): number {
  return (columns.openTime[columns.length - 1] as number) + INTERVAL_MS[columns.interval];
}
