import type { Hash } from '../domain/ids.ts';
import type { HeadWitness, RecordCheck, StoredRecord, VerifyResult } from '../journal/types.ts';

/** How records are hashed; given to a store, so that a store holds no rule of its own. */
export interface JournalChain {
  /** What the first record of a run follows. */
  runGenesis(runId: string): Hash;
  nextRunHash(previous: string, record: Pick<StoredRecord, 'runSeq' | 'ts' | 'type' | 'payloadText'>): Hash;
  nextHash(previous: string, record: Omit<StoredRecord, 'hash'>): Hash;
  verify<R extends StoredRecord>(
    records: Iterable<R>,
    witnesses: readonly HeadWitness[],
    checks?: readonly RecordCheck<R>[],
  ): VerifyResult;
}
