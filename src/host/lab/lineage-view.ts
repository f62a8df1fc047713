import { sha256 } from '#adapters/digest/sha256.ts';
import type { StoredBred, StoredPromotion } from '#adapters/sqlite/genome-store.ts';
import type { LabStore, StoredStudy } from '#adapters/sqlite/lab-store.ts';
import type { Hash, InstrumentId } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createLineage } from '#core/evolution/lineage.ts';
import { respawn } from '#core/evolution/respawn.ts';
import type { Genome, Origin } from '#core/evolution/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { LineageView } from '#shared/contract/evolution.ts';
import type { PromotionView } from '#shared/contract/evolution-views.ts';
import { evolveRequest } from '#shared/contract/lab.ts';
import { genomeIdOf, genomeViewOf, readGenome } from './genome-view.ts';
import { unknownId } from './keep-run.ts';
import { placeName } from './search.ts';
import type { KeptTrial } from './study-types.ts';
import { viewOfStudy } from './study-view.ts';

/** Who descends from whom: all of a study, or one genome with its ancestors and children. Every hash is computed anew on the way. */
export function lineageOf(store: LabStore, id: string): LineageView {
  const study = studyFor(store, id);
  const bred = store.genomes.bredBy(study.id);
  const lineage = createLineage(sha256, bred.map(readGenome));
  const asked = id.startsWith('G-') ? bred.find(({ hash }) => genomeIdOf(hash as Hash) === id) : undefined;
  const wanted =
    asked === undefined
      ? undefined
      : new Set<string>([
          ...lineage.ancestors(asked.hash as Hash).map(({ hash }) => hash),
          asked.hash,
          ...lineage.children(asked.hash as Hash).map(({ hash }) => hash),
        ]);
  const shown = bred.filter(({ hash }) => wanted === undefined || wanted.has(hash));
  const trials = new Map(
    store.results(study.id).map(({ task, body }) => [task, JSON.parse(body) as KeptTrial] as const),
  );
  return {
    id,
    study: study.id,
    genomes: shown.map((one) =>
      genomeViewOf(
        readGenome(one),
        { generation: one.generation, origin: one.origin as Origin },
        trials.get(`bred/${placeName(one.place)}`),
      ),
    ),
    decisions: store.genomes
      .decisions()
      .filter(({ genomeHash }) => shown.some(({ hash }) => hash === genomeHash))
      .map(promotionViewOf),
    agentHash: asked === undefined ? null : agentHashOf(store, study, asked),
  };
}

/** The study of an id of either kind. Throws Fault `not_found` for one that is not kept, and `usage` for what breeds nothing. */
export function studyFor(store: LabStore, id: string): StoredStudy {
  const studyId = id.startsWith('G-') ? store.genomes.studyOf(id.slice(2)) : id;
  const study = studyId === undefined ? undefined : store.study(studyId);
  if (study === undefined) throw unknownId(id);
  if (study.kind !== 'evolution')
    throw new Fault('usage', `${id} is a ${study.kind} and breeds nothing`, 'Name an evolution, or a genome of one.');
  return study;
}

const promotionViewOf = ({ genomeHash, studyId, market, at, decision, reasons }: StoredPromotion): PromotionView => ({
  genome: genomeIdOf(genomeHash as Hash),
  study: studyId,
  market,
  at,
  decision,
  reasons: JSON.parse(reasons) as string[],
});

/** The agent that the genome stands for where its study ends: the same text each time, so that its hash says whether it is the same. */
function agentHashOf(store: LabStore, study: StoredStudy, bred: StoredBred): string | null {
  const view = viewOfStudy(store, study.id);
  if (view.kind !== 'evolution' || view.holdout === null) return null;
  const genome: Genome = readGenome(bred);
  return respawn(sha256, genome, {
    instrumentId: (view.instrument ?? 'UNNAMED') as InstrumentId,
    interval: view.interval,
    expiresAt: unixMs(view.holdout.to),
    seed: evolveRequest.parse(JSON.parse(study.request)).seed ?? 1,
  }).hash;
}
