import { describe, expect, it } from 'vitest';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import { bestFirst, drawControl, evolve } from '#core/evolution/evolve.ts';
import { fitnessOf } from '#core/evolution/fitness.ts';
import { traitOf } from '#core/evolution/genome.ts';
import { judgeChallenger } from '#core/evolution/promotion.ts';
import { deflatedByChance } from '#core/evolution/significance.ts';
import type { Genome } from '#core/evolution/types.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { backtestOverfitting } from '#core/statistics/backtest-overfitting.ts';
import { isSignificant, probabilisticSharpe } from '#core/statistics/deflated-sharpe.ts';
import { isKnown } from '#core/statistics/figure.ts';
import { momentsOf } from '#core/statistics/moments.ts';
import { sharpeRatio } from '#core/statistics/return-metrics.ts';
import { digest, sheetOf } from '../../support/evolution.ts';

const DAYS = 700;
const PROOF = 250;
const COST = 0.0005;

/** Daily market returns and what a genome makes of them. Two averages of the price decide; a small cost for each change. */
type World = { readonly play: (genome: Genome) => { readonly returns: Float64Array; readonly trades: number } };

function averages(market: Float64Array): World {
  const price = new Float64Array(market.length);
  let log = 0;
  for (let i = 0; i < market.length; i++) price[i] = log += market[i] as number;
  const mean = (end: number, length: number): number => {
    let sum = 0;
    for (let i = Math.max(0, end - length + 1); i <= end; i++) sum += price[i] as number;
    return sum / Math.min(length, end + 1);
  };
  return {
    play({ parameters: { fastLength = 5, slowLength = 20 } }) {
      let [held, trades] = [0, 0];
      const returns = market.map((move, day) => {
        const wanted = day > 0 && mean(day - 1, fastLength) > mean(day - 1, slowLength) ? 1 : 0;
        const changed = wanted !== held;
        if (changed && wanted === 1) trades += 1;
        held = wanted;
        return held * move - (changed ? COST : 0);
      });
      return { returns, trades };
    },
  };
}

const randomWalk = (rng: Rng): World =>
  averages(Float64Array.from({ length: DAYS + PROOF }, () => 0.02 * rng.normal()));

/** Where the planted edge is greatest, of each gene. */
const PEAK: FamilyParameters = { fastLength: 20, slowLength: 65, minAdx: 15, trailLength: 25, trailAtr: 3 };

/** How far a genome is from the peak: the mean over its genes, each as a share of the span between its bounds. */
const farOf = (parameters: FamilyParameters): number => {
  const { genes } = sheetOf('trend-following');
  const far = genes.map(
    ({ name, least, most }) => Math.abs((parameters[name] ?? 0) - (PEAK[name] ?? 0)) / (most - least),
  );
  return far.reduce((sum, one) => sum + one, 0) / far.length;
};

/** Returns that are noise, and an edge that falls to nothing at a fifth of the spans from the peak. */
const planted = (rng: Rng): World => {
  const noise = Float64Array.from({ length: DAYS + PROOF }, () => 0.01 * rng.normal());
  return {
    play({ parameters }) {
      const edge = 0.003 * Math.max(0, 1 - farOf(parameters) / 0.2);
      return { returns: noise.map((move) => move + edge - COST), trades: 60 };
    },
  };
};

async function search(world: World, seed: number) {
  const sheets = [sheetOf('trend-following')];
  const tried = new Map<string, Float64Array>();
  const judge = (genome: Genome): number | null => {
    const { returns, trades } = world.play(genome);
    const own = returns.subarray(0, DAYS);
    tried.set(traitOf(genome), own);
    const sharpe = sharpeRatio(own);
    return fitnessOf({ sharpe: isKnown(sharpe) ? sharpe.value : null, trades, maxDrawdown: 0 });
  };
  const options = { digest, sheets, population: 10, generations: 6 };
  const scored = await evolve({
    ...options,
    rng: createRng(seed),
    evaluate: async (candidates) => candidates.map(({ genome }) => judge(genome)),
  });
  const control = drawControl({ ...options, rng: createRng(seed).fork('control') });
  const controlBest = Math.max(...control.map((genome) => judge(genome) ?? Number.NEGATIVE_INFINITY));
  const [best] = bestFirst(scored);
  if (best === undefined) return { standing: 'not promoted' as const, undeflated: false, best, controlBest };
  const { returns, trades } = world.play(best.genome);
  const [own, proof] = [returns.subarray(0, DAYS), returns.subarray(DAYS)];
  const all = [...tried.values()];
  const sharpes = all
    .map((sample) => momentsOf(sample))
    .flatMap(({ mean, deviation, constant }) => (constant ? [] : [mean / deviation]));
  const { standing } = judgeChallenger(
    {
      deflated: deflatedByChance(own, { trials: all.length, sharpeVariance: momentsOf(sharpes).variance }).probability,
      overfitting: backtestOverfitting(all, 8).probability,
      proof: probabilisticSharpe(proof, 0),
      looks: 1,
      trades,
      proofTrades: trades,
      drawdown: 0.1,
    },
    0,
    undefined,
  );
  return { standing, undeflated: isSignificant(probabilisticSharpe(own, 0)), best, controlBest };
}

describe('a search that cannot find anything', () => {
  it('promotes nothing in at least 95 of 100 runs on random walks, where the undeflated best would often have passed', async () => {
    const runs = await Promise.all(
      Array.from({ length: 100 }, (_, seed) => search(randomWalk(createRng(1000 + seed)), seed)),
    );
    const promoted = runs.filter(({ standing }) => standing === 'candidate for paper').length;
    const tempting = runs.filter(({ undeflated }) => undeflated).length;
    console.log(`random walks: ${promoted} of 100 promoted; the undeflated best looked significant in ${tempting}`);
    expect(promoted).toBeLessThanOrEqual(5);
    // A gate that does not deflate would be wrong more often than its error rate of one in twenty.
    expect(tempting).toBeGreaterThan(5);
  });
});

describe('a search where something is to be found', () => {
  it('finds the planted region, and more of it than even draws with the same budget', async () => {
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, seed) => search(planted(createRng(2000 + seed)), seed)),
    );
    const inside = runs.filter(({ best }) => best !== undefined && farOf(best.genome.parameters) <= 0.1).length;
    const promoted = runs.filter(({ standing }) => standing === 'candidate for paper').length;
    const ahead = runs.filter(({ best, controlBest }) => (best?.fitness ?? 0) >= controlBest).length;
    console.log(`planted edge: region found in ${inside} of 20, promoted ${promoted}, ahead of even draws in ${ahead}`);
    expect(inside).toBeGreaterThanOrEqual(18);
    expect(promoted).toBeGreaterThanOrEqual(10);
    expect(ahead).toBeGreaterThanOrEqual(14);
  });
});
