import { Fault } from '../kernel/fault.ts';
import type { Digest } from '../kernel/ids.ts';
import type { Rng } from '../kernel/rng.ts';
import { STEP_BOUNDS, STEP_NAMES } from './envelope-steps.ts';
import { DRAWS, onGene, sealGenome } from './genome.ts';
import type { EnvelopeSteps, Gene, GeneSheet, Genome } from './types.ts';

/** Standard deviation of a mutated gene's step, as a share of the span between its bounds. */
export const MUTATION_STEP = 0.1;

/** A normal step of a tenth of the span; a whole gene moves by one at least. What would leave the bounds stops at them. */
function step(gene: Gene, value: number, rng: Rng): number {
  const by = rng.normal() * MUTATION_STEP * (gene.most - gene.least);
  const moved = gene.whole && Math.abs(by) < 1 ? value + (by < 0 ? -1 : 1) : value + by;
  return onGene(gene, moved);
}

function stepEnvelope(envelope: EnvelopeSteps, name: keyof EnvelopeSteps, rng: Rng): EnvelopeSteps {
  const { least, most } = STEP_BOUNDS[name];
  const moved = envelope[name] + (rng.next() < 0.5 ? -1 : 1);
  return { ...envelope, [name]: Math.min(most, Math.max(least, moved)) };
}

/**
 * A child of one parent. One place of the genome, chosen evenly, is always moved; every other one with the chance of one in their
 * number. Genes move by a normal step with a deviation of a tenth of their span, parts of the envelope by one quarter of the policy. A
 * child that the family refuses is drawn again, and after fifty draws it is its parent's twin: always valid, always the same for the
 * same seed.
 */
export function mutate(digest: Digest, sheet: GeneSheet, parent: Genome, rng: Rng): Genome {
  refuseOther(sheet, parent);
  const places = sheet.genes.length + STEP_NAMES.length;
  const parents = [parent.hash];
  for (let tries = 0; tries < DRAWS; tries++) {
    const chosen = rng.integer(places);
    const moves = (place: number): boolean => place === chosen || rng.next() < 1 / places;
    const varied = sheet.genes.map((gene, place) => {
      const value = parent.parameters[gene.name] ?? gene.usual;
      return [gene.name, moves(place) ? step(gene, value, rng) : value] as const;
    });
    let { envelope } = parent;
    for (const [i, name] of STEP_NAMES.entries())
      if (moves(sheet.genes.length + i)) envelope = stepEnvelope(envelope, name, rng);
    const parameters = sheet.complete(Object.fromEntries(varied));
    if (parameters !== undefined) return sealGenome(digest, { family: sheet.family, parameters, envelope, parents });
  }
  return sealGenome(digest, { ...parent, parents });
}

/**
 * A child of two parents of one family: each gene and each part of the envelope from one of the two, by a fair coin. A mixture that
 * the family refuses is drawn again; after fifty draws the child has all of the first parent. Throws Fault `unsupported` for parents
 * of two families: their genes mean different things.
 */
export function crossOver(digest: Digest, sheet: GeneSheet, first: Genome, second: Genome, rng: Rng): Genome {
  refuseOther(sheet, first);
  refuseOther(sheet, second);
  const parents = [first.hash, second.hash];
  const either = (): Genome => (rng.next() < 0.5 ? first : second);
  for (let tries = 0; tries < DRAWS; tries++) {
    const mixed = sheet.genes.map((gene) => [gene.name, either().parameters[gene.name] ?? gene.usual] as const);
    const [risk, stop, target] = [either().envelope.risk, either().envelope.stop, either().envelope.target];
    const parameters = sheet.complete(Object.fromEntries(mixed));
    if (parameters !== undefined)
      return sealGenome(digest, { family: sheet.family, parameters, envelope: { risk, stop, target }, parents });
  }
  return sealGenome(digest, { ...first, parents });
}

function refuseOther({ family }: GeneSheet, genome: Genome): void {
  if (genome.family === family) return;
  throw new Fault(
    'unsupported',
    `a genome of ${genome.family} has no child of ${family}: their parameters mean different things`,
    'Cross genomes of one family.',
  );
}
