import { sha256 } from '#adapters/digest/sha256.ts';
import { bestFirst, type Candidate, drawControl, evolve, type ScoredCandidate } from '#core/evolution/evolve.ts';
import type { Genome } from '#core/evolution/types.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { EvolveRequest } from '#shared/contract/lab.ts';
import { championOf, marketOf } from './champion.ts';
import { type EvolutionPlan, evolutionPlan } from './evolution-plan.ts';
import { geneSheet } from './gene-sheets.ts';
import { genomeTask, genomeText, windowsOf } from './genome-view.ts';
import { placeName } from './search.ts';
import { type KeptTrial, type StudyBench, scoreOf } from './study-types.ts';
import { configurationHash } from './tried.ts';

export type BredTrial = ScoredCandidate & { readonly trial: KeptTrial; readonly task: string };

/** One genome on the proof. */
export type Proven = { readonly genome: Genome; readonly trial: KeptTrial; readonly returns: Float64Array };

export type EvolutionOutcome = {
  readonly plan: EvolutionPlan;
  /** In the order in which they were bred. */
  readonly bred: readonly BredTrial[];
  /** As many drawn evenly. */
  readonly drawn: readonly KeptTrial[];
  readonly drawnTasks: readonly string[];
  readonly best: BredTrial | undefined;
  readonly proven: Proven | undefined;
  /** Genomes that were ever judged on this proof. */
  readonly looks: number;
  /** Who holds the place so far, on the same proof. */
  readonly champion: (Proven & { readonly since: string }) | undefined;
};

/**
 * Breeds in the windows, draws a control with the same budget, and plays the best alone on the proof. Every genome is kept before it is
 * played, every finished run before the next: an interrupted evolution finds both again by their places, which depend on the seed.
 */
export async function runEvolution(bench: StudyBench, request: EvolveRequest): Promise<EvolutionOutcome> {
  const { families, population, generations } = request;
  const plan = evolutionPlan(bench.data.columns, bench.period, request);
  const sheets = [...new Set(families)].map(geneSheet);
  const rng = createRng(request.seed ?? 1).fork('evolution');
  bench.plan(2 * population * generations + 1);
  const options = { digest: sha256, sheets, population, generations };

  const trials: KeptTrial[] = [];
  const evaluate = async (candidates: readonly Candidate[]): Promise<readonly (number | null)[]> => {
    const first = trials.length;
    bench.store.genomes.putBred(
      bench.id,
      candidates.map(({ genome, generation, origin }, i) => ({
        hash: genome.hash,
        parents: genome.parents,
        body: genomeText(genome),
        place: first + i,
        generation,
        origin,
      })),
    );
    const kept = await bench.run(
      candidates.map(({ genome }, i) => genomeTask(bench, bredTask(first + i), genome, plan.windows)),
    );
    trials.push(...kept);
    return kept.map((trial) => scoreOf(trial, 'fitness'));
  };
  const scored = await evolve({ ...options, rng, evaluate });
  const bred = scored.map((one, place) => ({ ...one, trial: trials[place] as KeptTrial, task: bredTask(place) }));

  const even = drawControl({ ...options, rng: rng.fork('even draws') });
  const drawnTasks = even.map((_, place) => `even/${placeName(place)}`);
  const drawn = await bench.run(
    even.map((genome, i) => genomeTask(bench, drawnTasks[i] as string, genome, plan.windows)),
  );

  const [top] = bestFirst(bred);
  const best = bred.find(({ genome }) => genome === top?.genome);
  if (best === undefined)
    return { plan, bred, drawn, drawnTasks, best, proven: undefined, looks: 0, champion: undefined };
  // Written down before a candle of the proof is played: a crash between the two costs a look, which is the safe side.
  const looks = bench.store.genomes.look(bench.data.dataHash, configurationOf(bench, best.genome), bench.id);
  const proven = await prove(bench, best.genome, plan);
  const reigning = championOf(bench.store.genomes, marketOf(bench), bench.id);
  const champion =
    reigning === undefined
      ? undefined
      : { ...(await prove(bench, reigning.genome, plan)), since: reigning.promoted.studyId };
  return { plan, bred, drawn, drawnTasks, best, proven, looks, champion };
}

const bredTask = (place: number): string => `bred/${placeName(place)}`;

async function prove(bench: StudyBench, genome: Genome, { proof }: EvolutionPlan): Promise<Proven> {
  const name = `proof/${genome.hash.slice(0, 12)}`;
  const [trial] = await bench.run([genomeTask(bench, name, genome, [proof])]);
  if (trial === undefined) throw new Error('a proof without a result');
  return { genome, trial, returns: bench.returnsOf(name) ?? new Float64Array() };
}

function configurationOf(bench: StudyBench, genome: Genome): string {
  const { strategy, envelope } = windowsOf(bench, genome, []);
  return configurationHash({ ...bench.setup, strategy }, genome.parameters, undefined, envelope);
}
