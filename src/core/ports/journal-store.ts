import type { Hash, RunId } from '../domain/ids.ts';
import type {
  HeadWitness,
  JournalDraft,
  JournalHead,
  JournalRecord,
  RecordCheck,
  StoredRecord,
  VerifyResult,
} from '../journal/types.ts';

/** What is known about the journal outside of it. */
export type OutsideWitnesses = { readonly heads: readonly HeadWitness[]; readonly checks: readonly RecordCheck[] };

/** Append-only, hash-chained, durable before `append` returns. Throws when it cannot write; then nothing was written. */
export interface JournalStore {
  /** Opens the next cycle and returns its ordinal, starting at 1; ordinal 0 is the system's own records. */
  beginCycle(): number;
  /** Appends all drafts in one transaction. */
  append(cycle: number, drafts: readonly JournalDraft[]): readonly JournalRecord[];
  /** Records with seq > afterSeq, ascending, at most `limit`. */
  read(afterSeq: number, limit: number): readonly JournalRecord[];
  /** Records with seq < beforeSeq, descending, at most `limit`; for the audit screen. */
  readBack(beforeSeq: number, limit: number): readonly JournalRecord[];
  readCycle(cycle: number): readonly JournalRecord[];
  /** Where a run of these inputs was first recorded; undefined when it never was. */
  firstSeqOfRun(runId: RunId): number | undefined;
  /** Head of a cycle's own chain. */
  runHead(cycle: number, runId: RunId): string;
  head(): JournalHead;
  /** As `read`, but as the records lie in the store: the payload is the text that was hashed. */
  stored(afterSeq: number, limit: number): readonly StoredRecord[];
  /** Hashes of the records with seq > afterSeq, ascending, at most `limit`. */
  hashes(afterSeq: number, limit: number): readonly Hash[];
  /** Recomputes both chains and the keyed hashes, and compares with the stored head, the head file, and what is known outside. */
  verify(outside?: OutsideWitnesses): VerifyResult;
}
