import type { Hash } from '../domain/ids.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Digest } from '../kernel/ids.ts';
import type { JournalChain } from '../ports/journal-chain.ts';
import type { HeadWitness, JournalHead, RecordCheck, StoredRecord, VerifyResult } from './types.ts';

/**
 * How the journal's hashes are made, so that anybody with the records and SHA-256 can recompute them.
 *
 *   H(text)     = SHA-256 of the UTF-8 text, lowercase hex
 *   J([...])    = JSON array without spaces; every element here is a string or an integer
 *   payloadHash = H("mt/journal/payload/v1" + "\n" + payload)     payload: the stored text, canonical JSON, byte for byte
 *   runHash     = H(J(["mt/journal/run/v1", previous runHash, runSeq, ts, type, payloadHash]))
 *   hash        = H(J(["mt/journal/record/v1", previous hash, seq, cycle, runId, runSeq, ts, type, payloadHash, runHash]))
 *
 * The first record follows GENESIS (64 zeros). Records of one cycle and run id form a run; runSeq counts from 1 inside it and its
 * first record follows H("mt/journal/run-genesis/v1" + "\n" + runId). A run hash holds neither seq nor cycle nor any earlier record,
 * so that the same inputs give the same run head in any journal. Each kind of text has its own label: no text of one kind can pass
 * for another. An array rather than joined text keeps the fields apart whatever they contain.
 */
export const GENESIS = '0'.repeat(64) as Hash;

/** Where the run chain of a run id starts. */
export const runGenesis = (digest: Digest, runId: string): Hash => digest(`mt/journal/run-genesis/v1\n${runId}`);

const payloadHash = (digest: Digest, payloadText: string): Hash => digest(`mt/journal/payload/v1\n${payloadText}`);

/** The text whose hash is the next run hash. */
export const runText = (
  digest: Digest,
  previousRunHash: string,
  record: Pick<StoredRecord, 'runSeq' | 'ts' | 'type' | 'payloadText'>,
): string =>
  canonicalJson([
    'mt/journal/run/v1',
    previousRunHash,
    record.runSeq,
    record.ts,
    record.type,
    payloadHash(digest, record.payloadText),
  ]);

/** The text whose hash is the record's own hash. */
export const recordText = (digest: Digest, previousHash: string, record: Omit<StoredRecord, 'hash'>): string =>
  canonicalJson([
    'mt/journal/record/v1',
    previousHash,
    record.seq,
    record.cycle,
    record.runId,
    record.runSeq,
    record.ts,
    record.type,
    payloadHash(digest, record.payloadText),
    record.runHash,
  ]);

export const nextRunHash = (
  digest: Digest,
  previousRunHash: string,
  record: Pick<StoredRecord, 'runSeq' | 'ts' | 'type' | 'payloadText'>,
): Hash => digest(runText(digest, previousRunHash, record));

export const nextHash = (digest: Digest, previousHash: string, record: Omit<StoredRecord, 'hash'>): Hash =>
  digest(recordText(digest, previousHash, record));

/** Named as the witness when a record contradicts its own hashes or its neighbours. */
const THE_CHAIN = 'the hash chain';

/**
 * Recomputes both chains over all records, in stored order, asks each record whatever else is to be asked, and compares the end with
 * every witness. Names the first sequence number that is edited, missing, moved or cut off, and who disagrees. `records` is the number
 * of intact records before the first bad one.
 * A chain rewritten from some record on by somebody who can hash is seen only by a witness; then the witness's own seq is named,
 * because where the rewriting began can't be known from one head.
 */
export function verifyChain<R extends StoredRecord>(
  digest: Digest,
  records: Iterable<R>,
  witnesses: readonly HeadWitness[],
  checks: readonly RecordCheck<R>[] = [],
): VerifyResult {
  const runs = new Map<string, { readonly runSeq: number; readonly runHash: string }>();
  const at = bySeq(witnesses);
  let head: JournalHead = { seq: 0, hash: GENESIS };
  const bad = (firstBadSeq: number, witness: string, why: string): VerifyResult => ({
    ok: false,
    firstBadSeq,
    why,
    witness,
    records: Math.min(head.seq, Math.max(0, firstBadSeq - 1)),
  });
  const disagreement = (): VerifyResult | undefined => {
    const liar = at.get(head.seq)?.find((witness) => witness.head.hash !== head.hash);
    if (liar === undefined) return undefined;
    const why = `record ${head.seq} is not the one that ${liar.name} names: the chain was rewritten here or before`;
    return bad(head.seq, liar.name, why);
  };

  const early = disagreement();
  if (early !== undefined) return early;
  for (const record of records) {
    const seq = head.seq + 1;
    const why = firstFlaw(digest, record, head, runs);
    if (why !== undefined) return bad(seq, THE_CHAIN, why);
    for (const check of checks) {
      const flaw = check(record);
      if (flaw !== undefined) return bad(seq, flaw.witness, flaw.why);
    }
    runs.set(runKey(record), { runSeq: record.runSeq, runHash: record.runHash });
    head = { seq, hash: record.hash as Hash };
    const answer = disagreement();
    if (answer !== undefined) return answer;
  }
  for (const { name, head: reached, exact } of witnesses) {
    if (reached.seq > head.seq) {
      return bad(head.seq + 1, name, `record ${head.seq + 1} is missing: ${name} reaches record ${reached.seq}`);
    }
    if (exact && reached.seq < head.seq) {
      return bad(reached.seq + 1, name, `record ${reached.seq + 1} lies beyond ${name}`);
    }
  }
  return { ok: true, records: head.seq, head: head.hash };
}

function bySeq(witnesses: readonly HeadWitness[]): ReadonlyMap<number, readonly HeadWitness[]> {
  const at = new Map<number, HeadWitness[]>();
  for (const witness of witnesses) {
    const those = at.get(witness.head.seq);
    if (those === undefined) at.set(witness.head.seq, [witness]);
    else those.push(witness);
  }
  return at;
}

const runKey = (record: StoredRecord): string => `${record.cycle}\n${record.runId}`;

function firstFlaw(
  digest: Digest,
  record: StoredRecord,
  head: JournalHead,
  runs: ReadonlyMap<string, { readonly runSeq: number; readonly runHash: string }>,
): string | undefined {
  const seq = head.seq + 1;
  if (record.seq > seq) return `record ${seq} is missing: record ${record.seq} follows record ${head.seq}`;
  if (record.seq !== seq) return `record ${record.seq} stands where record ${seq} belongs`;
  const run = runs.get(runKey(record)) ?? { runSeq: 0, runHash: runGenesis(digest, record.runId) };
  // The record's own chain is asked first: it covers every column.
  if (nextHash(digest, head.hash, record) !== record.hash) return `record ${seq} does not match its hash`;
  if (record.runSeq !== run.runSeq + 1) return `record ${seq} is not the next one of its run`;
  if (nextRunHash(digest, run.runHash, record) !== record.runHash)
    return `record ${seq} does not match the hash of its run`;
  return undefined;
}

/** The chain bound to a digest, as a store takes it. */
export const createChain = (digest: Digest): JournalChain => ({
  runGenesis: (runId) => runGenesis(digest, runId),
  nextRunHash: (previous, record) => nextRunHash(digest, previous, record),
  nextHash: (previous, record) => nextHash(digest, previous, record),
  verify: (records, witnesses, checks) => verifyChain(digest, records, witnesses, checks),
});
