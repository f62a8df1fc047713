import type { Hash } from '../domain/ids.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { Rng } from '../kernel/rng.ts';
import { areSteps, FULL_STEPS, STEP_BOUNDS, STEP_NAMES } from './envelope-steps.ts';
import type { EnvelopeSteps, Gene, GeneSheet, Genome } from './types.ts';

/** Draws before a family's own rules between its parameters count as impossible to meet. */
export const DRAWS = 50;

/** Hash of everything else in the genome. */
export const genomeHash = (digest: Digest, { family, parameters, envelope, parents }: Omit<Genome, 'hash'>): Hash =>
  hashOf(digest, 'genome', { family, parameters, envelope, parents });

export const sealGenome = (digest: Digest, content: Omit<Genome, 'hash'>): Genome => ({
  family: content.family,
  parameters: content.parameters,
  envelope: content.envelope,
  parents: content.parents,
  hash: genomeHash(digest, content),
});

/** What the genome does, whoever its parents were: two with one trait are one configuration. */
export const traitOf = ({ family, parameters, envelope }: Omit<Genome, 'hash' | 'parents'>): string =>
  canonicalJson({ family, parameters, envelope });

/** Four digits are finer than any of these parameters matters, and keep hashes and tables readable. */
export function onGene({ whole, least, most }: Gene, value: number): number {
  const rounded = whole ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(most, Math.max(least, rounded));
}

/** Why this is no genome of the family; undefined when it is one. */
export function faultOf(digest: Digest, sheet: GeneSheet, genome: Genome): string | undefined {
  if (genome.family !== sheet.family) return `it is of ${genome.family}`;
  if (genome.hash !== genomeHash(digest, genome)) return 'its hash is not that of its content';
  if (!areSteps(genome.envelope)) return 'its envelope is wider than the policy or no whole steps';
  const names = Object.keys(genome.parameters);
  if (names.length !== sheet.genes.length) return 'it has other parameters than the family';
  for (const { name, whole, least, most } of sheet.genes) {
    const value = genome.parameters[name];
    if (value === undefined || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      return `${name} is outside ${least}..${most}: ${value}`;
  }
  return sheet.complete(genome.parameters) === undefined ? 'the family refuses the combination' : undefined;
}

/** The family as it is, under the whole policy. */
export function usualGenome(digest: Digest, { family, genes, complete }: GeneSheet): Genome {
  const parameters = complete(Object.fromEntries(genes.map(({ name, usual }) => [name, usual])));
  if (parameters === undefined) throw new Error(`${family} refuses its own defaults`);
  return sealGenome(digest, { family, parameters, envelope: FULL_STEPS, parents: [] });
}

/** A genome drawn evenly from what the family takes; its defaults when no draw was taken. */
export function drawGenome(digest: Digest, sheet: GeneSheet, rng: Rng): Genome {
  for (let tries = 0; tries < DRAWS; tries++) {
    const parameters = sheet.complete(
      Object.fromEntries(
        sheet.genes.map((gene) => [gene.name, onGene(gene, gene.least + rng.next() * (gene.most - gene.least))]),
      ),
    );
    const envelope = drawSteps(rng);
    if (parameters !== undefined)
      return sealGenome(digest, { family: sheet.family, parameters, envelope, parents: [] });
  }
  return usualGenome(digest, sheet);
}

function drawSteps(rng: Rng): EnvelopeSteps {
  const [risk, stop, target] = STEP_NAMES.map((name) => {
    const { least, most } = STEP_BOUNDS[name];
    return least + rng.integer(most - least + 1);
  }) as [number, number, number];
  return { risk, stop, target };
}
