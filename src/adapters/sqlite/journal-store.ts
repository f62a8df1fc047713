import type { KeyedHash } from '#adapters/digest/keyed-hash.ts';
import type { Hash, RunId, UnixMs } from '#core/domain/ids.ts';
import {
  type HeadWitness,
  type JournalDraft,
  type JournalHead,
  type JournalRecord,
  RECORD_TYPES,
  type RecordCheck,
  type RecordType,
  type StoredRecord,
} from '#core/journal/types.ts';
import { canonicalJson, type Json } from '#core/kernel/canonical-json.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalChain } from '#core/ports/journal-chain.ts';
import type { JournalStore, OutsideWitnesses } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import { readHeadFile, writeHeadFile } from './journal-head-file.ts';
import { type KeyedRecord, keyedHashCheck, prepareStatements } from './journal-statements.ts';
import type { Db } from './open-db.ts';
import { guarded } from './storage-fault.ts';

export type JournalStoreOptions = {
  readonly db: Db;
  /** Names the file in messages. */
  readonly path: string;
  /** Where the head is kept outside the database; its folder exists. */
  readonly headPath: string;
  readonly chain: JournalChain;
  /** Keyed hash of a record's hash, under the vault's audit key. */
  readonly mac: KeyedHash;
  readonly logger: Logger;
};

/**
 * The journal over an open, migrated database. It opens even when the journal does not agree with its head, so that `verify` can name
 * the place, but then refuses to append: writing on would overwrite the evidence.
 */
export function createJournalStore(options: JournalStoreOptions): JournalStore {
  const { db, path, headPath, chain, mac, logger } = options;
  const statements = prepareStatements(db);
  const guard = <T>(work: () => T): T => guarded(path, work);
  let headFileFailed = false;

  const storedHead = (): JournalHead => {
    const row = statements.head.get();
    if (row === undefined) throw new Fault('storage', `${path} has lost its head row`, RESTORE);
    return { seq: row.seq, hash: row.hash as Hash };
  };

  /** Heads known to this store; a garbled head file is an accusation of its own. */
  const witnesses = (): { readonly heads: readonly HeadWitness[]; readonly garbled: boolean } => {
    const row = statements.head.get();
    const file = readHeadFile(headPath);
    const heads: HeadWitness[] = [];
    if (row !== undefined)
      heads.push({ name: 'the stored head', head: { seq: row.seq, hash: row.hash as Hash }, exact: true });
    if (file.kind === 'head') heads.push({ name: 'the head file', head: file.head, exact: false });
    return { heads, garbled: file.kind === 'garbled' || row === undefined };
  };

  /** Cheap agreement of the newest record with every head; the full check is `verify`. */
  const disagreement = (): string | undefined => {
    const { heads, garbled } = witnesses();
    if (garbled) return 'its head is missing or unreadable';
    const newest = statements.newest.get();
    for (const { name, head, exact } of heads) {
      if (head.seq === 0 && newest === undefined) continue;
      if (head.seq > (newest?.seq ?? 0))
        return `records after ${newest?.seq ?? 0} are missing: ${name} reaches ${head.seq}`;
      if (exact && head.seq !== newest?.seq) return `there are records beyond ${name}`;
      if (head.seq > 0 && statements.hashAt.get(head.seq)?.hash !== head.hash)
        return `record ${head.seq} is not the one that ${name} names`;
    }
    return undefined;
  };
  const broken = guard(disagreement);
  if (broken !== undefined) logger.error(`the journal does not agree with its head: ${broken}`);

  const refuseWhenBroken = (): void => {
    if (broken === undefined) return;
    throw new Fault('storage', `${path} cannot be continued: ${broken}`, RESTORE);
  };

  const insert = (cycle: number, drafts: readonly JournalDraft[]): readonly JournalRecord[] => {
    const head = statements.head.get();
    if (head === undefined) throw new Fault('storage', `${path} has lost its head row`, RESTORE);
    if (cycle < 0 || cycle > head.last_cycle) throw new RangeError(`cycle ${cycle} was not begun`);
    let { seq, hash } = head;
    const runs = new Map<string, { readonly runSeq: number; readonly runHash: string }>();
    const records = drafts.map((draft): JournalRecord => {
      if (!(RECORD_TYPES as readonly string[]).includes(draft.type))
        throw new TypeError(`not a record type: ${draft.type}`);
      if (!Number.isSafeInteger(draft.ts)) throw new TypeError(`not an integer of milliseconds: ${draft.ts}`);
      const run = runs.get(draft.runId) ?? lastOfRun(cycle, draft.runId);
      const payloadText = canonicalJson(draft.payload);
      seq += 1;
      const runSeq = run.runSeq + 1;
      const base = { seq, cycle, runId: draft.runId, runSeq, ts: draft.ts, type: draft.type, payloadText };
      const runHash = chain.nextRunHash(run.runHash, base);
      const next = chain.nextHash(hash, { ...base, runHash });
      statements.insert.run(
        seq,
        cycle,
        draft.runId,
        runSeq,
        draft.ts,
        draft.type,
        payloadText,
        runHash,
        next,
        mac(next),
      );
      runs.set(draft.runId, { runSeq, runHash });
      hash = next;
      return toRecord({ ...base, runHash, hash: next });
    });
    statements.moveHead.run(seq, hash);
    return records;
  };

  const lastOfRun = (cycle: number, runId: RunId): { readonly runSeq: number; readonly runHash: string } =>
    statements.lastOfRun.get(cycle, runId) ?? { runSeq: 0, runHash: chain.runGenesis(runId) };

  const appendAll = db.transaction(insert);
  const begin = db.transaction((): number => {
    statements.nextCycle.run();
    return statements.head.get()?.last_cycle ?? 0;
  });

  /** After the commit, and never a reason to fail it: the record is safe already. */
  const rememberOutside = (head: JournalHead): void => {
    try {
      writeHeadFile(headPath, head);
      headFileFailed = false;
    } catch (error) {
      if (!headFileFailed) logger.error('the head file could not be written', error);
      headFileFailed = true;
    }
  };

  return {
    beginCycle() {
      refuseWhenBroken();
      return guard(() => begin.immediate());
    },
    append(cycle, drafts) {
      refuseWhenBroken();
      if (drafts.length === 0) return [];
      const records = guard(() => appendAll.immediate(cycle, drafts));
      const last = records.at(-1);
      if (last !== undefined) rememberOutside({ seq: last.seq, hash: last.hash });
      return records;
    },
    read: (afterSeq, limit) => guard(() => statements.after.all(afterSeq, limit).map(toRecord)),
    readBack: (beforeSeq, limit) => guard(() => statements.before.all(beforeSeq, limit).map(toRecord)),
    readCycle: (cycle) => guard(() => statements.ofCycle.all(cycle).map(toRecord)),
    firstSeqOfRun: (runId) => guard(() => statements.firstOfRun.get(runId)?.seq ?? undefined),
    runHead: (cycle, runId) => guard(() => lastOfRun(cycle, runId).runHash),
    head: () => guard(storedHead),
    stored: (afterSeq, limit) => guard(() => statements.after.all(afterSeq, limit)),
    hashes: (afterSeq, limit) => guard(() => statements.hashes.all(afterSeq, limit).map(({ hash }) => hash as Hash)),
    verify(outside = NOBODY) {
      return guard(() => {
        const { heads, garbled } = witnesses();
        const checks: RecordCheck<KeyedRecord>[] = [keyedHashCheck(mac), ...outside.checks];
        const answer = chain.verify(statements.everything.iterate(), [...heads, ...outside.heads], checks);
        if (!answer.ok || !garbled) return answer;
        return {
          ok: false,
          firstBadSeq: answer.records + 1,
          why: 'every record is intact, but the head is missing or unreadable: records after it may have been cut off',
          witness: 'the head beside the journal',
          records: answer.records,
        };
      });
    },
  };
}

const NOBODY: OutsideWitnesses = { heads: [], checks: [] };

const RESTORE =
  'run `mt audit verify` to see where; restore the journal and its head file from a backup, or start with an empty data folder (--home)';

const toRecord = (row: StoredRecord): JournalRecord => ({
  seq: row.seq,
  cycle: row.cycle,
  runId: row.runId as RunId,
  runSeq: row.runSeq,
  ts: row.ts as UnixMs,
  type: row.type as RecordType,
  payload: JSON.parse(row.payloadText) as Json,
  runHash: row.runHash as Hash,
  hash: row.hash as Hash,
});
