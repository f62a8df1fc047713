import type { StoredBred } from '#adapters/sqlite/genome-store.ts';
import type { Hash } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { envelopeOf } from '#core/evolution/envelope-steps.ts';
import type { Genome } from '#core/evolution/types.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import type { Span } from '#core/statistics/walk-forward.ts';
import type { GenomeView } from '#shared/contract/evolution-views.ts';
import { labFamily } from './families.ts';
import type { WindowsTask } from './protocol.ts';
import { type KeptTrial, type StudyBench, type StudyTask, scoreOf } from './study-types.ts';
import { periodOf } from './walk-forward.ts';

export const genomeIdOf = (hash: Hash): string => `G-${hash.slice(0, 12)}`;

/** A genome as text and back: its hash is computed anew by whoever keeps a lineage of it. */
export const genomeText = (genome: Genome): string => canonicalJson(genome);
export const readGenome = ({ body }: Pick<StoredBred, 'body'>): Genome => JSON.parse(body) as Genome;

/** How a genome is played over spans; each begins with candles before it that only warm the indicators up. */
export function windowsOf(
  { data: { columns } }: Pick<StudyBench, 'data'>,
  { family, parameters, envelope }: Genome,
  spans: readonly Span[],
): Omit<WindowsTask, 'kind' | 'params'> {
  const warmUp = labFamily(family).warmUp(parameters);
  return {
    strategy: family,
    envelope: envelopeOf(envelope),
    windows: spans.map((span) => ({
      period: periodOf(columns, { from: Math.max(0, span.from - warmUp), to: span.to }),
      measureFrom: unixMs(columns.openTime[span.from] as number),
    })),
  };
}

export function genomeTask(bench: StudyBench, name: string, genome: Genome, spans: readonly Span[]): StudyTask {
  return { name, params: genome.parameters, period: bench.period, genome: windowsOf(bench, genome, spans) };
}

/** `trial` undefined: not played yet. */
export function genomeViewOf(
  genome: Genome,
  { generation, origin }: Pick<GenomeView, 'generation' | 'origin'>,
  trial: KeptTrial | undefined,
): GenomeView {
  return {
    id: genomeIdOf(genome.hash),
    hash: genome.hash,
    family: genome.family,
    params: genome.parameters,
    envelope: genome.envelope,
    parents: genome.parents.map(genomeIdOf),
    generation,
    origin,
    fitness: trial === undefined ? null : scoreOf(trial, 'fitness'),
    trades: trial?.trades ?? 0,
  };
}
