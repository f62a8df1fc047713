import { canonicalJson } from '../kernel/canonical-json.ts';

/**
 * A statement about the whole journal at one moment, signed with the vault's Ed25519 key and kept outside the database. Whoever has one
 * can tell later whether the journal still begins with the same records.
 */
export type TreeHead = {
  readonly vaultId: string;
  /** Counts the heads of a vault from 1 and never goes back; a lower one than was seen before is an older copy. */
  readonly counter: number;
  /** Records in the journal. */
  readonly size: number;
  /** RFC 6962 root over the records' hashes, hex. */
  readonly root: string;
  /** Hash of the newest record. */
  readonly hash: string;
  /** When it was signed, by this machine's clock, in milliseconds since 1970. */
  readonly ts: number;
};

/** `publicKey` and `signature` in hex: 32 and 64 bytes. */
export type SignedHead = TreeHead & { readonly publicKey: string; readonly signature: string };

export type HeadSigner = { readonly publicKey: string; sign(text: string): string };
export type HeadSignatureCheck = (publicKey: string, text: string, signature: string) => boolean;

/** The text that is signed. Its label keeps the signature from passing for one over anything else. */
export const headText = (head: TreeHead): string =>
  canonicalJson(['mt/journal/head/v1', head.vaultId, head.counter, head.size, head.root, head.hash, head.ts]);

export const signHead = (signer: HeadSigner, head: TreeHead): SignedHead => ({
  vaultId: head.vaultId,
  counter: head.counter,
  size: head.size,
  root: head.root,
  hash: head.hash,
  ts: head.ts,
  publicKey: signer.publicKey,
  signature: signer.sign(headText(head)),
});

/** What is wrong with one head of this vault by itself, or undefined. */
export function headFlaw(
  head: SignedHead,
  vaultId: string,
  publicKey: string,
  isSigned: HeadSignatureCheck,
): string | undefined {
  if (head.vaultId !== vaultId) return 'is of another vault';
  if (head.publicKey !== publicKey) return "is signed with another key than this vault's";
  return isSigned(head.publicKey, headText(head), head.signature) ? undefined : 'does not match its signature';
}

/** What is wrong with heads in the order in which they were written, or undefined; `before` is the last head in order. */
export function headsFlaw(
  heads: readonly SignedHead[],
  vaultId: string,
  publicKey: string,
  isSigned: HeadSignatureCheck,
): { readonly why: string; readonly before: SignedHead | undefined } | undefined {
  let before: SignedHead | undefined;
  for (const head of heads) {
    const why =
      headFlaw(head, vaultId, publicKey, isSigned) ??
      (before !== undefined && head.counter <= before.counter ? `does not follow head ${before.counter}` : undefined) ??
      (before !== undefined && head.size < before.size
        ? `is smaller than head ${before.counter} before it`
        : undefined);
    if (why !== undefined) return { why: `signed head ${head.counter} ${why}`, before };
    before = head;
  }
  return undefined;
}
