import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { GenomeView, PromotionView } from '#shared/contract/evolution-views.ts';
import type { LabFamilyView } from '#shared/contract/lab.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import type { StrategyView } from '#shared/contract/strategies.ts';
import { NOW } from './sample-market.ts';

const DAY = 86_400_000;
const hash = (text: string): string => text.repeat(64).slice(0, 64);

const genome = (name: string, change: Partial<GenomeView>): GenomeView => ({
  id: `G-${name.repeat(12).slice(0, 12)}`,
  hash: hash(name),
  family: 'trend-following',
  params: { fastLength: 12, slowLength: 55 },
  envelope: { risk: 2, stop: 3, target: 4 },
  parents: [],
  generation: 0,
  origin: 'drawn',
  fitness: 0.42,
  trades: 61,
  ...change,
});

const FIRST = genome('a', { origin: 'usual' });
const SECOND = genome('b', { fitness: 0.31 });
const CHILD = genome('c', {
  origin: 'crossed',
  generation: 1,
  parents: [FIRST.id, SECOND.id],
  fitness: 0.77,
  trades: 70,
});
const UNKNOWN = genome('d', { origin: 'mutated', generation: 1, parents: [CHILD.id], fitness: null, trades: 4 });

type Evolution = Extract<LabStudyView, { readonly kind: 'evolution' }>;

/** What an evolution says beside what every study does. */
export const evolutionPart = (
  whole: boolean,
): Omit<Evolution, Exclude<keyof Extract<LabStudyView, { readonly kind: 'search' }>, 'kind'>> => ({
  kind: 'evolution',
  families: ['trend-following', 'mean-reversion'],
  population: 8,
  generations: [
    { generation: 0, tried: 8, best: 0.42, median: 0.11, bestSoFar: 0.42 },
    { generation: 1, tried: 8, best: 0.77, median: 0.24, bestSoFar: 0.77 },
  ],
  windows: [0, 1, 2].map((index) => ({ from: NOW - (300 - index * 50) * DAY, to: NOW - (260 - index * 50) * DAY })),
  best: whole ? CHILD : null,
  control: whole ? { tried: 16, best: 0.4, median: 0.09 } : null,
  proof: whole
    ? {
        from: NOW - 140 * DAY,
        to: NOW - 80 * DAY,
        trades: 19,
        metrics: {
          sharpe: { value: 0.9, n: 60, interval: { low: -0.4, high: 2.2, confidence: 0.95, method: 'Student t' } },
          winRate: { notEnough: { have: 19, need: 30, of: 'closed trades' } },
        },
      }
    : null,
  verdict: whole
    ? {
        standing: 'candidate for paper',
        reasons: ['the deflated probability of 0.96 is at the gate of 0.95'],
        looks: 1,
        deflatedBySpread: { value: 0.96, n: 400 },
      }
    : null,
  holdout: whole ? { from: NOW - 80 * DAY, to: NOW, state: 'locked' } : null,
});

/** Lineage and review of the scripted evolution: a review of its promoted genome takes its place away. */
export function scriptedBreeding(): Pick<AppHandlers, 'lab.lineage' | 'lab.review'> {
  const decisions: PromotionView[] = [
    {
      genome: CHILD.id,
      study: 'E-0000000000ee',
      market: 'BTC/USDT 1h',
      at: NOW - DAY,
      decision: 'promoted',
      reasons: ['it passed the gate'],
    },
  ];
  return {
    'lab.lineage': ({ id }) => ({
      id,
      study: id,
      genomes: [FIRST, SECOND, CHILD, UNKNOWN],
      decisions: [...decisions],
      agentHash: null,
    }),
    'lab.review': ({ id }) => {
      const reasons = ['its newer results lie below what it was promoted for'];
      decisions.push({
        genome: id,
        study: 'E-0000000000ee',
        market: 'BTC/USDT 1h',
        at: NOW,
        decision: 'demoted',
        reasons,
      });
      return { genome: id, decision: 'demote', reasons, days: 40, demoted: true };
    },
  };
}

/** What the families of the lab say about themselves. */
export const sampleStrategies = (families: readonly LabFamilyView[]): StrategyView[] =>
  families.map((family) => {
    const isAgent = family.name !== 'sma-cross';
    return {
      ...family,
      notWhen: 'The market goes sideways, or its spread eats the move.',
      needs: null,
      parts: isAgent ? 2 : 1,
      warmUp: 120,
      regimes: isAgent ? ['trending_up', 'breakout'] : [],
    };
  });
