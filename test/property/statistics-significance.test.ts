import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { deflatedSharpe, isSignificant, probabilisticSharpe } from '#core/statistics/deflated-sharpe.ts';
import { momentsOf } from '#core/statistics/moments.ts';
import { createTrialRegistry } from '#core/statistics/trial-registry.ts';
import { wilsonInterval } from '#core/statistics/wilson.ts';

const ALPHA = 0.05;
const EXPERIMENTS = 400;
const CONFIGURATIONS = 50;
const DAYS = 365;

/** A market of independent days without drift, with tails fatter than the normal law's. */
const marketDays = (rng: Rng): Float64Array =>
  Float64Array.from({ length: DAYS }, () => 0.02 * rng.normal() * (rng.next() < 0.05 ? 3 : 1));

/** Long, short or flat for random spells: a strategy with nothing to say about the market. */
function randomStrategy(rng: Rng, market: Float64Array): Float64Array {
  let [position, left] = [0, 0];
  return market.map((move) => {
    if (left-- <= 0) [position, left] = [rng.integer(3) - 1, rng.integer(20)];
    return position * move;
  });
}

const sharpeOf = (returns: Float64Array): number => {
  const { mean, deviation, constant } = momentsOf(returns);
  return constant ? 0 : mean / deviation;
};

/** Tries many configurations on one market, keeps the best, and asks both judges whether it is significant. */
function chooseTheBest(rng: Rng, improve: (strategy: Float64Array, index: number) => Float64Array) {
  const market = marketDays(rng);
  const registry = createTrialRegistry('data');
  let best: Float64Array = new Float64Array(DAYS);
  let bestSharpe = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < CONFIGURATIONS; i++) {
    const returns = improve(randomStrategy(rng, market), i);
    const dailySharpe = sharpeOf(returns);
    registry.record({ configurationHash: `c${i}`, outcome: { kind: 'finished', dailySharpe } });
    if (dailySharpe > bestSharpe) [best, bestSharpe] = [returns, dailySharpe];
  }
  return {
    naive: isSignificant(probabilisticSharpe(best, 0), ALPHA),
    deflated: isSignificant(deflatedSharpe(best, registry.count()).probability, ALPHA),
  };
}

/** Share of the experiments, with its 95 % interval, in words for the message of a failure. */
const rate = (hits: number) => {
  const { low, high } = wilsonInterval(hits, EXPERIMENTS);
  return { low, high, text: `${hits} of ${EXPERIMENTS} (${low.toFixed(3)} to ${high.toFixed(3)})` };
};

describe(`the best of ${CONFIGURATIONS} random strategies`, () => {
  it('is called significant by luck nearly always, and after deflation no more often than the stated alpha', () => {
    const rng = createRng(2024);
    let [naive, deflated] = [0, 0];
    for (let i = 0; i < EXPERIMENTS; i++) {
      const verdict = chooseTheBest(rng, (strategy) => strategy);
      if (verdict.naive) naive++;
      if (verdict.deflated) deflated++;
    }
    console.log(
      `best of ${CONFIGURATIONS} random strategies significant at ${ALPHA}: naive ${rate(naive).text}, deflated ${rate(deflated).text}`,
    );
    expect(rate(naive).low, 'undeflated, the test must be able to fail').toBeGreaterThan(0.5);
    expect(rate(deflated).high, rate(deflated).text).toBeLessThan(ALPHA);
  });

  it('does not hide a strategy that is truly good: among the same random ones it stays significant', () => {
    const rng = createRng(2025);
    let found = 0;
    for (let i = 0; i < EXPERIMENTS; i++) {
      // A daily Sharpe ratio of about 0.35 on top of luck.
      const { deflated } = chooseTheBest(rng, (strategy, index) =>
        index === 7 ? strategy.map((value) => value + 0.006) : strategy,
      );
      if (deflated) found++;
    }
    expect(rate(found).low, rate(found).text).toBeGreaterThan(0.8);
  });
});

describe('one strategy that nobody chose', () => {
  it('is called significant about as often as alpha says', () => {
    const rng = createRng(7);
    let hits = 0;
    for (let i = 0; i < EXPERIMENTS; i++) {
      const returns = randomStrategy(rng, marketDays(rng));
      if (isSignificant(deflatedSharpe(returns, { trials: 1, sharpeVariance: 0 }).probability, ALPHA)) hits++;
    }
    const { low, high, text } = rate(hits);
    expect(low, text).toBeLessThan(ALPHA);
    expect(high, text).toBeGreaterThan(ALPHA);
  });
});
