import type { Hash } from '../domain/ids.ts';
import { Fault } from '../kernel/fault.ts';
import type { Digest } from '../kernel/ids.ts';
import { genomeHash } from './genome.ts';
import type { Genome } from './types.ts';

/** A genome with those it came from; an ancestor of both parents stands under each. */
export type FamilyTree = { readonly genome: Genome; readonly parents: readonly FamilyTree[] };

export interface Lineage {
  /** Keeps a genome whose parents are kept already; known ones are left alone. Throws Fault `bad_data` for orphans and false hashes. */
  add(genome: Genome): void;
  get(hash: Hash): Genome;
  children(hash: Hash): readonly Genome[];
  /** Every ancestor once, oldest first: a parent always stands before its children. */
  ancestors(hash: Hash): readonly Genome[];
  tree(hash: Hash): FamilyTree;
  /** Forgets a genome without children. Throws Fault `refused` while anything descends from it. */
  remove(hash: Hash): void;
}

/** Who descends from whom. A parent is part of its child's hash, so that there can be no circle. */
export function createLineage(digest: Digest, genomes: readonly Genome[] = []): Lineage {
  const kept = new Map<Hash, Genome>();
  const get = (hash: Hash): Genome => {
    const genome = kept.get(hash);
    if (genome !== undefined) return genome;
    throw new Fault('not_found', `no genome ${hash} is kept`, 'Take one that mt lab lineage lists.');
  };
  const children = (hash: Hash): readonly Genome[] =>
    [...kept.values()].filter(({ parents }) => parents.includes(hash));
  const add = (genome: Genome): void => {
    const { hash, parents } = genome;
    if (genomeHash(digest, genome) !== hash)
      throw new Fault('bad_data', `genome ${hash} is not what its hash says`, 'Restore the lab from a backup.');
    const orphan = parents.find((parent) => !kept.has(parent));
    if (orphan !== undefined)
      throw new Fault('bad_data', `genome ${hash} has a parent ${orphan} that is not kept`, 'Add its ancestors first.');
    if (!kept.has(hash)) kept.set(hash, genome);
  };
  const ancestors = (hash: Hash): readonly Genome[] => {
    const found = new Map<Hash, Genome>();
    const visit = (genome: Genome): void => {
      for (const parent of genome.parents) {
        if (found.has(parent)) continue;
        visit(get(parent));
        found.set(parent, get(parent));
      }
    };
    visit(get(hash));
    return [...found.values()];
  };
  const tree = (hash: Hash): FamilyTree => {
    const genome = get(hash);
    return { genome, parents: genome.parents.map(tree) };
  };
  for (const genome of genomes) add(genome);
  return {
    add,
    get,
    children,
    ancestors,
    tree,
    remove(hash) {
      const [child] = children(get(hash).hash);
      if (child !== undefined)
        throw new Fault(
          'refused',
          `genome ${hash} has descendants, such as ${child.hash}: without it nobody could tell where they came from`,
          'Forget its descendants first.',
        );
      kept.delete(hash);
    },
  };
}
