import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

/** A genome as it is kept: its body is canonical JSON, the store does not look into it. */
export type StoredGenome = { readonly hash: string; readonly parents: readonly string[]; readonly body: string };

export type StoredBred = {
  readonly place: number;
  readonly generation: number;
  readonly origin: string;
  readonly hash: string;
  readonly body: string;
};

export type StoredPromotion = {
  readonly studyId: string;
  readonly genomeHash: string;
  readonly market: string;
  readonly at: number;
  readonly decision: 'promoted' | 'replaced' | 'refused' | 'kept' | 'demoted';
  readonly figures: string;
  readonly reasons: string;
};

export interface GenomeStore {
  /** One transaction: the genomes, whose parents must be kept already, and their places in the study. Known ones are left alone. */
  putBred(
    studyId: string,
    bred: readonly (StoredGenome & { readonly place: number; readonly generation: number; readonly origin: string })[],
  ): void;
  /** Everything that a study bred, in the order of its places. */
  bredBy(studyId: string): readonly StoredBred[];
  /** The first study that bred the genome whose hash begins so. */
  studyOf(hashStart: string): string | undefined;
  /** Writes down that a configuration is judged on the proof of these candles; answers how many ever were. */
  look(dataHash: string, configurationHash: string, studyId: string): number;
  /** In one transaction; a study that comes to its decisions again writes nothing new. */
  decide(decisions: readonly StoredPromotion[]): void;
  /** Oldest first. */
  decisions(): readonly StoredPromotion[];
}

const DECISION = 'study_id as studyId, genome_hash as genomeHash, market, at, decision, figures, reasons';

export function createGenomeStore(db: Db, path: string): GenomeStore {
  const sql = {
    genome: db.prepare('insert or ignore into genome (hash, body) values (?, ?)'),
    parent: db.prepare('insert or ignore into genome_parent (child, parent) values (?, ?)'),
    bred: db.prepare('insert or ignore into bred (study_id, place, generation, origin, hash) values (?, ?, ?, ?, ?)'),
    bredBy: db.prepare<[string], StoredBred>(
      'select place, generation, origin, hash, body from bred join genome using (hash) where study_id = ? order by place',
    ),
    studyOf: db.prepare<[string, string], { readonly studyId: string }>(
      'select study_id as studyId from bred where hash >= ? and hash < ? order by hash, study_id limit 1',
    ),
    look: db.prepare('insert or ignore into proof_look (data_hash, configuration_hash, study_id) values (?, ?, ?)'),
    looks: db.prepare<[string], { readonly count: number }>(
      'select count(*) as count from proof_look where data_hash = ?',
    ),
    decided: db.prepare<[string, string, string], { readonly count: number }>(
      'select count(*) as count from promotion where study_id = ? and genome_hash = ? and decision = ?',
    ),
    decide: db.prepare(
      'insert into promotion (study_id, genome_hash, market, at, decision, figures, reasons) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    decisions: db.prepare<[], StoredPromotion>(`select ${DECISION} from promotion order by seq`),
  };
  const putBred = db.transaction((studyId: string, bred: Parameters<GenomeStore['putBred']>[1]) => {
    for (const { hash, body, parents, place, generation, origin } of bred) {
      sql.genome.run(hash, body);
      for (const parent of parents) sql.parent.run(hash, parent);
      sql.bred.run(studyId, place, generation, origin, hash);
    }
  });
  const decide = db.transaction((decisions: readonly StoredPromotion[]) => {
    for (const { studyId, genomeHash, market, at, decision, figures, reasons } of decisions)
      if (decision === 'kept' || (sql.decided.get(studyId, genomeHash, decision)?.count ?? 0) === 0)
        sql.decide.run(studyId, genomeHash, market, at, decision, figures, reasons);
  });
  const within = <T>(work: () => T): T => guarded(path, work);
  return {
    putBred: (studyId, bred) => within(() => putBred.immediate(studyId, bred)),
    bredBy: (studyId) => within(() => sql.bredBy.all(studyId)),
    // Hashes are hexadecimal: `g` sorts after all of them.
    studyOf: (hashStart) => within(() => sql.studyOf.get(hashStart, `${hashStart}g`)?.studyId),
    look: (dataHash, configurationHash, studyId) =>
      within(() => {
        sql.look.run(dataHash, configurationHash, studyId);
        return sql.looks.get(dataHash)?.count ?? 0;
      }),
    decide: (decisions) => within(() => decide.immediate(decisions)),
    decisions: () => within(() => sql.decisions.all()),
  };
}
