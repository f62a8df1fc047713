import { copyDatabase } from './database-copy.ts';
import { createGenomeStore, type GenomeStore } from './genome-store.ts';
import { migrate } from './migrate.ts';
import { labMigration } from './migrations/lab-0001-studies.ts';
import { labEvolutionMigration } from './migrations/lab-0002-evolution.ts';
import type { Db } from './open-db.ts';
import { openDb } from './open-db.ts';
import { assertOwnFile } from './own-file.ts';
import { guarded } from './storage-fault.ts';

export const LAB_MIGRATIONS = [labMigration, labEvolutionMigration] as const;

export type StudyState = 'running' | 'completed' | 'failed' | 'canceled' | 'interrupted';

/** A single back-test. Texts are JSON of the lab's own views; the store does not look into them. */
export type StoredRun = {
  readonly id: string;
  readonly createdAt: number;
  readonly dataHash: string;
  readonly strategy: string;
  readonly status: 'completed' | 'failed';
  readonly summary: string;
  /** Null for a run that failed. */
  readonly body: string | null;
  readonly curve: Uint8Array | null;
  readonly trades: Uint8Array | null;
};

export type StoredStudy = {
  readonly id: string;
  readonly createdAt: number;
  readonly kind: 'search' | 'walk-forward' | 'evolution';
  readonly state: StudyState;
  readonly request: string;
  readonly facts: string;
  /** Time spent, over all attempts. */
  readonly elapsedMs: number;
  readonly result: string | null;
  readonly cause: string | null;
};

/** One finished run of a study. `returns` are the daily returns, for what is judged over all configurations at once. */
export type StoredResult = {
  readonly task: string;
  readonly runHash: string;
  readonly body: string;
  readonly returns: Float64Array | null;
};

export type StoredConfiguration = { readonly configurationHash: string; readonly dailySharpe: number | null };

export type StoredHoldout = {
  readonly dataHash: string;
  readonly instrumentId: string;
  readonly from: number;
  readonly to: number;
  readonly configurationHash: string;
  readonly openedAt: number;
  readonly studyId: string;
  readonly strategy: string;
};

export interface LabStore {
  readonly genomes: GenomeStore;
  /** Replaces the run of this id: the same question has the same answer. */
  putRun(run: StoredRun): void;
  run(id: string): StoredRun | undefined;
  /** Newest first; without bodies and curves. */
  runs(limit: number): readonly StoredRun[];
  putStudy(study: StoredStudy): void;
  study(id: string): StoredStudy | undefined;
  studies(limit: number): readonly StoredStudy[];
  /** Marks studies that were left running by a program that is gone. Answers how many. */
  interruptRunning(): number;
  /** One transaction: the result, its place in the study, and the count of what was tried. */
  putResult(
    study: Pick<StoredStudy, 'id'> & { readonly dataHash: string; readonly strategy: string },
    result: StoredResult,
    tried: StoredConfiguration,
  ): void;
  results(studyId: string): readonly StoredResult[];
  /** A result of any study with this run hash: the same question need not be asked twice. */
  known(runHash: string): Omit<StoredResult, 'task'> | undefined;
  putConfiguration(dataHash: string, strategy: string, tried: StoredConfiguration): void;
  configurations(dataHash: string, strategy: string): readonly StoredConfiguration[];
  holdouts(): readonly StoredHoldout[];
  putHoldout(opening: StoredHoldout): void;
  holdoutResult(dataHash: string): string | undefined;
  putHoldoutResult(dataHash: string, body: string): void;
  /** Writes lab.db as it is now into a new file; answers what that must hold. Throws Fault `storage`. */
  copyTo(to: string): string;
  close(): void;
}

type BlobRow = { readonly returns: Uint8Array | null };

/** A copy, because a blob of SQLite need not lie on the eight-byte border that doubles want. */
const doublesOf = (blob: Uint8Array | null): Float64Array | null =>
  blob === null ? null : new Float64Array(blob.slice().buffer);
const bytesOf = (doubles: Float64Array | null): Uint8Array | null =>
  doubles === null ? null : new Uint8Array(doubles.buffer, doubles.byteOffset, doubles.byteLength);

/** Opens lab.db. What it holds can be computed again, so that it needs no more durability than candles. */
export function openLabStore(path: string, key: Buffer): LabStore {
  const db = openDb(path, key, 'market');
  try {
    assertOwnFile(db, path, 'lab');
    migrate(db, path, LAB_MIGRATIONS);
    return createLabStore(db, path);
  } catch (error) {
    db.close();
    throw error;
  }
}

const RUN_HEAD = 'id, created_at as createdAt, data_hash as dataHash, strategy, status, summary';
const STUDY = 'id, created_at as createdAt, kind, state, request, facts, elapsed_ms as elapsedMs, result, cause';

export function createLabStore(db: Db, path: string): LabStore {
  const sql = {
    putRun: db.prepare(
      'insert or replace into run (id, created_at, data_hash, strategy, status, summary, body, curve, trades) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    run: db.prepare<[string], StoredRun>(`select ${RUN_HEAD}, body, curve, trades from run where id = ?`),
    runs: db.prepare<[number], StoredRun>(
      `select ${RUN_HEAD}, null as body, null as curve, null as trades from run order by created_at desc, id limit ?`,
    ),
    putStudy: db.prepare(
      `insert into study (id, created_at, kind, state, request, facts, elapsed_ms, result, cause) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set state = excluded.state, facts = excluded.facts, elapsed_ms = excluded.elapsed_ms, result = excluded.result, cause = excluded.cause`,
    ),
    study: db.prepare<[string], StoredStudy>(`select ${STUDY} from study where id = ?`),
    studies: db.prepare<[number], StoredStudy>(`select ${STUDY} from study order by created_at desc, id limit ?`),
    interrupt: db.prepare(`update study set state = 'interrupted' where state = 'running'`),
    putResult: db.prepare('insert or ignore into result (run_hash, body, returns) values (?, ?, ?)'),
    putTask: db.prepare('insert or ignore into task (study_id, task, run_hash) values (?, ?, ?)'),
    results: db.prepare<[string], Omit<StoredResult, 'returns'> & BlobRow>(
      'select task, run_hash as runHash, body, returns from task join result using (run_hash) where study_id = ? order by task',
    ),
    known: db.prepare<[string], { readonly runHash: string; readonly body: string } & BlobRow>(
      'select run_hash as runHash, body, returns from result where run_hash = ?',
    ),
    putConfiguration: db.prepare(
      `insert into configuration (data_hash, strategy, configuration_hash, daily_sharpe) values (?, ?, ?, ?)
       on conflict do update set daily_sharpe = coalesce(daily_sharpe, excluded.daily_sharpe)`,
    ),
    configurations: db.prepare<[string, string], StoredConfiguration>(
      'select configuration_hash as configurationHash, daily_sharpe as dailySharpe from configuration where data_hash = ? and strategy = ? order by configuration_hash',
    ),
    holdouts: db.prepare<[], StoredHoldout>(
      'select data_hash as dataHash, instrument_id as instrumentId, from_ms as "from", to_ms as "to", configuration_hash as configurationHash, opened_at as openedAt, study_id as studyId, strategy from holdout order by opened_at',
    ),
    putHoldout: db.prepare('insert into holdout values (?, ?, ?, ?, ?, ?, ?, ?)'),
    holdoutResult: db.prepare<[string], { readonly body: string }>(
      'select body from holdout_result where data_hash = ?',
    ),
    putHoldoutResult: db.prepare('insert into holdout_result values (?, ?)'),
  };
  const addResult = db.transaction(
    (
      studyId: string,
      dataHash: string,
      strategy: string,
      { task, runHash, body, returns }: StoredResult,
      tried: StoredConfiguration,
    ) => {
      sql.putResult.run(runHash, body, bytesOf(returns));
      sql.putTask.run(studyId, task, runHash);
      sql.putConfiguration.run(dataHash, strategy, tried.configurationHash, tried.dailySharpe);
    },
  );
  const within = <T>(work: () => T): T => guarded(path, work);
  return {
    genomes: createGenomeStore(db, path),
    putRun: (run) =>
      void within(() =>
        sql.putRun.run(
          run.id,
          run.createdAt,
          run.dataHash,
          run.strategy,
          run.status,
          run.summary,
          run.body,
          run.curve,
          run.trades,
        ),
      ),
    run: (id) => within(() => sql.run.get(id)),
    runs: (limit) => within(() => sql.runs.all(limit)),
    putStudy: (s) =>
      void within(() =>
        sql.putStudy.run(s.id, s.createdAt, s.kind, s.state, s.request, s.facts, s.elapsedMs, s.result, s.cause),
      ),
    study: (id) => within(() => sql.study.get(id)),
    studies: (limit) => within(() => sql.studies.all(limit)),
    interruptRunning: () => within(() => sql.interrupt.run().changes),
    putResult: ({ id, dataHash, strategy }, result, tried) =>
      within(() => addResult.immediate(id, dataHash, strategy, result, tried)),
    results: (studyId) =>
      within(() => sql.results.all(studyId).map(({ returns, ...row }) => ({ ...row, returns: doublesOf(returns) }))),
    known: (runHash) =>
      within(() => {
        const row = sql.known.get(runHash);
        return row === undefined ? undefined : { ...row, returns: doublesOf(row.returns) };
      }),
    putConfiguration: (dataHash, strategy, { configurationHash, dailySharpe }) =>
      void within(() => sql.putConfiguration.run(dataHash, strategy, configurationHash, dailySharpe)),
    configurations: (dataHash, strategy) => within(() => sql.configurations.all(dataHash, strategy)),
    holdouts: () => within(() => sql.holdouts.all()),
    putHoldout: (o) =>
      void within(() =>
        sql.putHoldout.run(
          o.dataHash,
          o.instrumentId,
          o.from,
          o.to,
          o.configurationHash,
          o.openedAt,
          o.studyId,
          o.strategy,
        ),
      ),
    holdoutResult: (dataHash) => within(() => sql.holdoutResult.get(dataHash)?.body),
    putHoldoutResult: (dataHash, body) => void within(() => sql.putHoldoutResult.run(dataHash, body)),
    copyTo: (to) => copyDatabase(db, path, to),
    close: () => db.close(),
  };
}
