import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256, sha256Bytes } from '#adapters/digest/sha256.ts';
import { readSignedHeads } from '#adapters/files/signed-heads-file.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { GENESIS, runGenesis } from '#core/journal/chain.ts';
import { leafHash } from '#core/journal/merkle.ts';
import { consistencyProof, inclusionProof } from '#core/journal/merkle-proof.ts';
import type { SignedHead } from '#core/journal/signed-head.ts';
import type { StoredRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import { fromHex, toHex } from '#core/kernel/hex.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';

export type ProofSource = {
  readonly journal: Pick<JournalStore, 'stored' | 'hashes'>;
  readonly vaultId: string;
  readonly publicKey: string;
  readonly headsPath: string;
  /** Folder of `verify.mjs` and `README.md`, which go with every proof. */
  readonly tools: string;
};

export type ProofRequest = {
  /** Folder to write into; made when it is not there. */
  readonly dir: string;
  /** One record instead of all. */
  readonly seq?: number | undefined;
  /** With one record: the head that its reader kept, so that the proof shows that nothing before it was changed. */
  readonly saved?: SignedHead | undefined;
};

export type WrittenProof = { readonly path: string; readonly records: number; readonly head: SignedHead };

const PAGE = 1_000;
const NAME_DIGITS = 8;

/**
 * Writes the journal up to its newest signed head as a file that a stranger can check, with the program that checks it and a description
 * of the format. The records are readable in it: that is what it is for. Throws Fault `usage`, `not_found` or `storage`.
 */
export async function writeProof(source: ProofSource, request: ProofRequest): Promise<WrittenProof> {
  const { heads } = readSignedHeads(source.headsPath);
  const head = heads.at(-1);
  if (head === undefined) throw new Fault('not_found', 'no head of the journal was signed yet', 'run something first');
  const { seq, dir } = request;
  const lines = seq === undefined ? wholeJournal(source, heads, head) : excerpt(source, head, seq, request.saved);
  const what = seq === undefined ? String(head.size) : `${head.size}-record-${seq}`;
  const path = join(dir, `journal-${source.vaultId.slice(0, NAME_DIGITS)}-${what}.mtproof`);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'w', 0o600);
    try {
      for (const text of lines) await file.write(text);
      await file.sync();
    } finally {
      await file.close();
    }
    for (const name of ['verify.mjs', 'README.md']) copyFileSync(join(source.tools, name), join(dir, name));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw storageFault(error, dir);
  }
  return { path, records: head.size, head };
}

const FOR_PEOPLE = [
  '# A journal of Master Trader as evidence. Check it with: node verify.mjs NAME.mtproof',
  '# README.md beside it describes every line. Whoever reads this file reads the records.',
  '',
].join('\n');

const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;
const recordLine = (r: StoredRecord): string =>
  lineOf(['record', r.seq, r.cycle, r.runId, r.runSeq, r.ts, r.type, r.payloadText, r.runHash, r.hash]);

const opening = (
  { vaultId, publicKey }: ProofSource,
  kind: 'journal' | 'excerpt',
  holds: { readonly records: number; readonly heads: number },
): string => FOR_PEOPLE + lineOf({ format: 'mtproof/1', kind, vaultId, publicKey, ...holds });

function* wholeJournal(source: ProofSource, heads: readonly SignedHead[], { size }: SignedHead): Generator<string> {
  yield opening(source, 'journal', { records: size, heads: heads.length });
  for (let after = 0; after < size; after += PAGE) {
    yield source.journal
      .stored(after, Math.min(PAGE, size - after))
      .map(recordLine)
      .join('');
  }
  for (const head of heads) yield lineOf(['head', head]);
}

function* excerpt(
  source: ProofSource,
  head: SignedHead,
  seq: number,
  saved: SignedHead | undefined,
): Generator<string> {
  const { journal } = source;
  const [record] = seq >= 1 && seq <= head.size ? journal.stored(seq - 1, 1) : [];
  if (record === undefined) throw new Fault('not_found', `there is no signed record ${seq}`, `give 1 to ${head.size}`);
  if (saved !== undefined && saved.size > head.size)
    throw new Fault('usage', `the head that was kept covers ${saved.size} records`, `this journal has ${head.size}`);
  const leaves = journal.hashes(0, head.size).map((hash) => leafHash(sha256Bytes, fromHex(hash)));
  yield opening(source, 'excerpt', { records: head.size, heads: 1 });
  yield lineOf(['previous', journal.stored(seq - 2, 1)[0]?.hash ?? GENESIS, previousRunHash(journal, record)]);
  yield recordLine(record);
  yield lineOf(['head', head]);
  yield lineOf(['inclusion', inclusionProof(sha256Bytes, leaves, seq - 1).map(toHex)]);
  if (saved !== undefined)
    yield lineOf(['consistency', saved.size, consistencyProof(sha256Bytes, leaves, saved.size).map(toHex)]);
}

/** Of the record before it in its run; found by walking back, since that is seldom far. */
function previousRunHash(journal: Pick<JournalStore, 'stored'>, record: StoredRecord): string {
  if (record.runSeq === 1) return runGenesis(sha256, record.runId);
  for (let to = record.seq - 1; to > 0; to -= PAGE) {
    const from = Math.max(0, to - PAGE);
    const found = journal
      .stored(from, to - from)
      .findLast((r) => r.cycle === record.cycle && r.runId === record.runId && r.runSeq === record.runSeq - 1);
    if (found !== undefined) return found.runHash;
  }
  throw new RangeError(`record ${record.seq} has nothing before it in its run`);
}

const SHOWN_DIGITS = 32;

/** A public key in a form that two people can read to each other: half of its SHA-256, in groups of four. */
export function fingerprintOf(publicKey: string): string {
  const digits = createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex').slice(0, SHOWN_DIGITS);
  return (digits.match(/.{4}/g) ?? []).join(' ');
}
