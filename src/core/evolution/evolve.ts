import type { Digest } from '../kernel/ids.ts';
import type { Rng } from '../kernel/rng.ts';
import { DRAWS, drawGenome, traitOf, usualGenome } from './genome.ts';
import type { GeneSheet, Genome, Origin } from './types.ts';
import { crossOver, mutate } from './vary.ts';

/** Share of each generation that is drawn from everywhere, so that a narrow peak elsewhere can be found. */
const WANDER = 0.15;
/** Share of the other children that have two parents. */
const CROSSED = 0.5;
/** Candidates that meet for the right to be a parent: more would breed from the few best alone. */
const TOURNAMENT = 3;

export type Candidate = { readonly genome: Genome; readonly generation: number; readonly origin: Origin };
export type ScoredCandidate = Candidate & { readonly fitness: number | null };

export type EvolveOptions = {
  readonly digest: Digest;
  /** At least one; each has its own share of the first generation, and earns its share of the later ones. */
  readonly sheets: readonly GeneSheet[];
  readonly population: number;
  readonly generations: number;
  readonly rng: Rng;
  /** Fitness of each, in their order. What it answers must depend on the genomes alone. */
  readonly evaluate: (candidates: readonly Candidate[]) => Promise<readonly (number | null)[]>;
};

/**
 * Breeds generation after generation. Every generation is of new configurations, so that nothing is paid for twice and the number of
 * evaluations is known; the parents are the best of everything so far. Each generation forks its own chance: the result depends on the
 * seed and the fitness, not on threads, pauses or how often it was begun. Fewer candidates come back when the families have no more.
 */
export async function evolve(options: EvolveOptions): Promise<readonly ScoredCandidate[]> {
  const { sheets, population, generations, rng, evaluate } = options;
  if (sheets.length === 0) throw new RangeError('nothing to evolve: no family');
  const known = new Set<string>();
  const scored: ScoredCandidate[] = [];
  for (let generation = 0; generation < generations; generation++) {
    const own = rng.fork(`generation ${generation}`);
    const parents = bestFirst(scored).slice(0, population);
    const candidates =
      generation === 0 ? firstOf(options, known, own) : nextOf(options, known, parents, generation, own);
    if (candidates.length === 0) break;
    const fitness = await evaluate(candidates);
    scored.push(...candidates.map((candidate, i) => ({ ...candidate, fitness: fitness[i] ?? null })));
  }
  return scored;
}

/** The best first; of two equals the earlier one. Those without a fitness are left out. */
export const bestFirst = (scored: readonly ScoredCandidate[]): readonly (ScoredCandidate & { fitness: number })[] =>
  scored
    .filter((one): one is ScoredCandidate & { fitness: number } => one.fitness !== null)
    .toSorted((a, b) => b.fitness - a.fitness);

/** As many different genomes drawn evenly: what the same budget finds without breeding. */
export function drawControl({
  digest,
  sheets,
  population,
  generations,
  rng,
}: Omit<EvolveOptions, 'evaluate'>): readonly Genome[] {
  const known = new Set<string>();
  return Array.from({ length: population * generations }, (_, place) =>
    different(known, () => drawGenome(digest, sheetAt(sheets, place), rng)),
  ).filter((genome) => genome !== undefined);
}

const sheetAt = (sheets: readonly GeneSheet[], place: number): GeneSheet => sheets[place % sheets.length] as GeneSheet;

/** A genome of a new trait; undefined when fifty attempts brought none. */
function different(known: Set<string>, make: () => Genome): Genome | undefined {
  for (let tries = 0; tries < DRAWS; tries++) {
    const genome = make();
    const trait = traitOf(genome);
    if (known.has(trait)) continue;
    known.add(trait);
    return genome;
  }
  return undefined;
}

const candidateOf = (genome: Genome | undefined, generation: number, origin: Origin): readonly Candidate[] =>
  genome === undefined ? [] : [{ genome, generation, origin }];

/** The families as they are, then even draws, the families by turns. */
function firstOf({ digest, sheets, population }: EvolveOptions, known: Set<string>, rng: Rng): readonly Candidate[] {
  return Array.from({ length: population }).flatMap((_, place) => {
    const sheet = sheetAt(sheets, place);
    return place < sheets.length
      ? candidateOf(
          different(known, () => usualGenome(digest, sheet)),
          0,
          'usual',
        )
      : candidateOf(
          different(known, () => drawGenome(digest, sheet, rng)),
          0,
          'drawn',
        );
  });
}

function nextOf(
  { digest, sheets, population }: EvolveOptions,
  known: Set<string>,
  parents: readonly ScoredCandidate[],
  generation: number,
  rng: Rng,
): readonly Candidate[] {
  const drawn = (place: number) => (): Genome => drawGenome(digest, sheetAt(sheets, place), rng);
  return Array.from({ length: population }).flatMap((_, place) => {
    if (parents.length === 0 || rng.next() < WANDER)
      return candidateOf(different(known, drawn(place)), generation, 'drawn');
    const crossed = rng.next() < CROSSED;
    const make = (): Genome => {
      const first = tournament(parents, rng);
      const sheet = sheets.find(({ family }) => family === first.family);
      if (sheet === undefined) throw new Error(`a parent of ${first.family}, which is not evolved`);
      const mates = crossed ? parents.filter(({ genome }) => genome.family === first.family && genome !== first) : [];
      return mates.length === 0
        ? mutate(digest, sheet, first, rng)
        : crossOver(digest, sheet, first, tournament(mates, rng), rng);
    };
    const child = different(known, make);
    if (child !== undefined) return candidateOf(child, generation, child.parents.length === 2 ? 'crossed' : 'mutated');
    return candidateOf(different(known, drawn(place)), generation, 'drawn');
  });
}

/** The best of three drawn from a list that is sorted best first. */
function tournament(parents: readonly ScoredCandidate[], rng: Rng): Genome {
  let best = parents.length - 1;
  for (let i = 0; i < TOURNAMENT; i++) best = Math.min(best, rng.integer(parents.length));
  return (parents[best] as ScoredCandidate).genome;
}
