import { sha256Bytes } from '#adapters/digest/sha256.ts';
import { readSignedHeads, type SignedHeads } from '#adapters/files/signed-heads-file.ts';
import { isSignedEd25519 } from '#adapters/signing/ed25519.ts';
import type { Hash } from '#core/domain/ids.ts';
import { compareHeads } from '#core/journal/head-order.ts';
import { createGrowingTree } from '#core/journal/merkle.ts';
import { headFlaw, headsFlaw, type SignedHead } from '#core/journal/signed-head.ts';
import type { HeadWitness, RecordCheck, VerifyResult } from '#core/journal/types.ts';
import { fromHex, toHex } from '#core/kernel/hex.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { HeadKeychain, KeychainHead } from './keychain-head.ts';

export type Witnessed = {
  readonly journal: Pick<JournalStore, 'verify'>;
  readonly vaultId: string;
  /** Of the journal's own signing key. */
  readonly publicKey: string;
  /** Append-only file of signed heads. */
  readonly headsPath: string;
  readonly keychain: HeadKeychain;
};

/** What one witness outside of the records said. `missing` accuses nobody: it is a witness that this machine, or this journal, lacks. */
export type WitnessAnswer = {
  readonly name: string;
  readonly state: 'agrees' | 'behind' | 'missing' | 'disagrees';
  readonly detail: string;
};

export type JournalVerdict = { readonly result: VerifyResult; readonly witnesses: readonly WitnessAnswer[] };

const SIGNED_HEADS = 'the signed heads';
const KEYCHAIN = 'the keychain';
const SAVED = 'the saved head';

/**
 * Everything that is known about the journal, compared with every record of it. The first disagreement is the result. `saved` is a head
 * that somebody kept elsewhere: the journal must still begin with its records.
 */
export async function verifyJournal(witnessed: Witnessed, saved?: SignedHead): Promise<JournalVerdict> {
  const { journal, headsPath } = witnessed;
  const file = readSignedHeads(headsPath);
  const kept = await witnessed.keychain.read();
  const headsWrong = flawOfHeads(file, witnessed);
  const keychainWrong = flawOfKeychain(file, kept, witnessed);
  const trusted = headsWrong === undefined ? file.heads : file.heads.slice(0, headsWrong.before);
  const heads: HeadWitness[] = trusted.map((head) => asWitness(`signed head ${head.counter}`, head));
  // A head of the right key counts even where its place among the others is wrong: it tells how far the journal once reached.
  if (kept.kind === 'head' && keychainWrong?.forged !== true) heads.push(asWitness(KEYCHAIN, kept.head));

  const savedWrong =
    saved === undefined ? undefined : headFlaw(saved, witnessed.vaultId, witnessed.publicKey, isSignedEd25519);
  const checks = [rootCheck(trusted.map((head) => [`signed head ${head.counter}`, head]))];
  if (saved !== undefined && savedWrong === undefined) {
    heads.push(asWitness(SAVED, saved));
    checks.push(rootCheck([[SAVED, saved]]));
  }

  const found = journal.verify({ heads, checks });
  const result = found.ok ? (wrongOutside(found.records, headsWrong, keychainWrong, savedWrong) ?? found) : found;
  const witnesses = [answerOfHeads(file, result), answerOfKeychain(file, kept, result, keychainWrong?.why)];
  if (saved !== undefined) witnesses.push(answerOfSaved(saved, result));
  return { result, witnesses };
}

const asWitness = (name: string, { size, hash }: SignedHead): HeadWitness => ({
  name,
  head: { seq: size, hash: hash as Hash },
  exact: false,
});

/** Compares the tree over the records with the root that each head signed. */
function rootCheck(heads: readonly (readonly [name: string, head: SignedHead])[]): RecordCheck {
  const tree = createGrowingTree(sha256Bytes);
  const at = new Map(heads.map(([name, head]) => [head.size, { name, root: head.root }] as const));
  return ({ seq, hash }) => {
    tree.push(fromHex(hash));
    const head = at.get(seq);
    if (head === undefined || toHex(tree.root()) === head.root) return undefined;
    return {
      why: `the tree over records 1 to ${seq} has not the root that ${head.name} names`,
      witness: head.name,
    };
  };
}

type HeadsFlaw = {
  readonly why: string /** Heads in order before the flaw. */;
  readonly before: number;
  readonly seq: number;
};

function flawOfHeads(file: SignedHeads, { vaultId, publicKey }: Witnessed): HeadsFlaw | undefined {
  const flaw = headsFlaw(file.heads, vaultId, publicKey, isSignedEd25519);
  if (flaw !== undefined) {
    const before = flaw.before === undefined ? 0 : file.heads.indexOf(flaw.before) + 1;
    return { why: flaw.why, before, seq: flaw.before?.size ?? 0 };
  }
  if (file.garbledLine === undefined) return undefined;
  const why = `line ${file.garbledLine} of the signed heads is no head`;
  return { why, before: file.heads.length, seq: file.heads.at(-1)?.size ?? 0 };
}

type KeychainFlaw = { readonly why: string; readonly forged: boolean };

function flawOfKeychain(file: SignedHeads, kept: KeychainHead, witnessed: Witnessed): KeychainFlaw | undefined {
  if (kept.kind === 'unreadable') return { why: 'what the keychain holds for this vault is no head', forged: true };
  if (kept.kind !== 'head') return undefined;
  const { head } = kept;
  const flaw = headFlaw(head, witnessed.vaultId, witnessed.publicKey, isSignedEd25519);
  if (flaw !== undefined) return { why: `head ${head.counter} in the keychain ${flaw}`, forged: true };
  switch (compareHeads(file.heads, head)) {
    case 'same':
    case 'behind':
      return undefined;
    case 'ahead':
      return {
        why: `the keychain remembers head ${head.counter} over ${head.size} records, which is not among the signed heads: these files are an older copy`,
        forged: false,
      };
    case 'foreign':
      return {
        why: `the keychain remembers another head ${head.counter} than the signed heads: the file was written anew`,
        forged: false,
      };
  }
}

/** Every record is intact, and yet a witness speaks against the whole. */
function wrongOutside(
  records: number,
  headsWrong: HeadsFlaw | undefined,
  keychainWrong: KeychainFlaw | undefined,
  savedWrong: string | undefined,
): VerifyResult | undefined {
  if (headsWrong !== undefined)
    return { ok: false, firstBadSeq: headsWrong.seq + 1, why: headsWrong.why, witness: SIGNED_HEADS, records };
  if (keychainWrong !== undefined)
    return { ok: false, firstBadSeq: records + 1, why: keychainWrong.why, witness: KEYCHAIN, records };
  if (savedWrong !== undefined)
    return { ok: false, firstBadSeq: records + 1, why: `the saved head ${savedWrong}`, witness: SAVED, records };
  return undefined;
}

function answerOfSaved(saved: SignedHead, result: VerifyResult): WitnessAnswer {
  if (!result.ok && result.witness === SAVED) return { name: SAVED, state: 'disagrees', detail: result.why };
  return { name: SAVED, state: 'agrees', detail: `head ${saved.counter} covers records 1 to ${saved.size}` };
}

function answerOfHeads(file: SignedHeads, result: VerifyResult): WitnessAnswer {
  const newest = file.heads.at(-1);
  const name = SIGNED_HEADS;
  const blames = !result.ok && (result.witness === name || result.witness.startsWith('signed head '));
  if (blames) return { name, state: 'disagrees', detail: result.why };
  if (newest === undefined) return { name, state: 'missing', detail: 'none was signed yet' };
  const after = result.records - newest.size;
  const detail = `head ${newest.counter} covers records 1 to ${newest.size}`;
  return { name, state: after > 0 ? 'behind' : 'agrees', detail };
}

function answerOfKeychain(
  file: SignedHeads,
  kept: KeychainHead,
  result: VerifyResult,
  flaw: string | undefined,
): WitnessAnswer {
  const name = KEYCHAIN;
  if (flaw !== undefined) return { name, state: 'disagrees', detail: flaw };
  if (!result.ok && result.witness === name) return { name, state: 'disagrees', detail: result.why };
  switch (kept.kind) {
    case 'unavailable':
      return { name, state: 'missing', detail: `${kept.why}: an older copy of the whole folder would not be noticed` };
    case 'none':
    case 'unreadable':
      return {
        name,
        state: 'missing',
        detail:
          file.heads.length === 0
            ? 'holds nothing of this journal yet'
            : 'holds nothing of this journal (locked, emptied, or another one): an older copy of the whole folder would not be noticed',
      };
    case 'head': {
      const detail = `remembers head ${kept.head.counter} over records 1 to ${kept.head.size}`;
      return { name, state: kept.head.counter === file.heads.at(-1)?.counter ? 'agrees' : 'behind', detail };
    }
  }
}
