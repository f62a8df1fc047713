import { sha256Bytes } from '#adapters/digest/sha256.ts';
import { appendSignedHead, readSignedHeads } from '#adapters/files/signed-heads-file.ts';
import { compareHeads } from '#core/journal/head-order.ts';
import { createGrowingTree } from '#core/journal/merkle.ts';
import { type HeadSigner, type SignedHead, signHead } from '#core/journal/signed-head.ts';
import { fromHex, toHex } from '#core/kernel/hex.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { HeadKeychain } from './keychain-head.ts';
import { readTree, writeTree } from './tree-file.ts';

/** A head is signed after so many records, or so long after the first record without one. */
const RECORDS_PER_HEAD = 1_000;
const MS_PER_HEAD = 60_000;
/** Records that are added to the tree at a time, so that the engine's thread is free in between. */
const LEAVES_AT_ONCE = 200;

export type HeadKeeperOptions = {
  readonly journal: Pick<JournalStore, 'head' | 'hashes'>;
  readonly signer: HeadSigner;
  readonly vaultId: string;
  /** Append-only file of signed heads. */
  readonly path: string;
  /** Where the tree is kept from one start to the next. */
  readonly treePath: string;
  readonly keychain: HeadKeychain;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly logger: Logger;
  /** The files disagree with what is remembered outside: nothing may be appended to them. Called at most once. */
  readonly onAccused: (why: string) => void;
};

/** Signs heads of the journal and keeps them outside of it, off the path of an order. */
export type HeadKeeper = {
  /** Told after each append; costs a comparison. */
  appended(seq: number): void;
  newest(): SignedHead | undefined;
  /** Signs what is not signed yet and waits until it is kept. Never rejects: a head that cannot be kept is tried again later. */
  signNow(): Promise<void>;
  /** Signs a last time. */
  close(): Promise<void>;
};

export function startHeadKeeper(options: HeadKeeperOptions): HeadKeeper {
  const { journal, signer, vaultId, path, treePath, keychain, now, logger, onAccused } = options;
  const read = readSignedHeads(path);
  let newest = read.heads.at(-1);
  const tree = createGrowingTree(sha256Bytes, readTree(treePath, newest));
  let end = read.end;
  /** Highest counter seen anywhere, so that none is ever given twice. */
  let counter = newest?.counter ?? 0;
  let keychainHas = 0;
  let accused = false;
  let timer: NodeJS.Timeout | undefined;
  let soon = false;
  let closed = false;

  const accuse = (why: string): void => {
    if (accused) return;
    accused = true;
    logger.error(`the journal does not agree with its witnesses: ${why}`);
    onAccused(why);
  };
  if (read.garbledLine !== undefined) accuse(`line ${read.garbledLine} of the signed heads is no head`);
  else if (newest !== undefined && journal.hashes(newest.size - 1, 1)[0] !== newest.hash)
    accuse(`record ${newest.size} is not the one that signed head ${newest.counter} names, or is missing`);

  const askKeychain = async (): Promise<void> => {
    const kept = await keychain.read();
    if (kept.kind === 'unreadable') accuse('what the keychain remembers of the journal is unreadable');
    if (kept.kind !== 'head') return;
    counter = Math.max(counter, kept.head.counter);
    keychainHas = kept.head.counter;
    const order = compareHeads(read.heads, kept.head);
    if (order === 'ahead') {
      accuse(
        `the keychain remembers head ${kept.head.counter} over ${kept.head.size} records, which is newer: these files are an older copy`,
      );
    } else if (order === 'foreign') accuse(`the keychain remembers another head ${kept.head.counter}`);
  };

  const growTo = async (size: number): Promise<void> => {
    while (tree.size() < size) {
      const hashes = journal.hashes(tree.size(), Math.min(LEAVES_AT_ONCE, size - tree.size()));
      if (hashes.length === 0) throw new RangeError(`record ${tree.size() + 1} is missing`);
      for (const hash of hashes) tree.push(fromHex(hash));
      if (tree.size() < size) await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const sign = async (): Promise<void> => {
    if (accused) return;
    const { seq: size, hash } = journal.head();
    if (size > (newest?.size ?? 0)) {
      await growTo(size);
      const head = signHead(signer, {
        vaultId,
        counter: counter + 1,
        size,
        root: toHex(tree.root()),
        hash,
        ts: now(),
      });
      end = await appendSignedHead(path, head, end);
      newest = head;
      counter = head.counter;
    }
    // The file first: a keychain that is behind is an interrupted writing, one that is ahead is an older copy of the file.
    if (newest === undefined || newest.counter === keychainHas) return;
    await keychain.write(newest);
    keychainHas = newest.counter;
  };

  let reported = false;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      reported = false;
    } catch (error) {
      if (!reported) logger.error('the head of the journal could not be kept outside of it', error);
      reported = true;
    }
  };
  /** One at a time: two writers would give one counter twice. */
  let last = attempt(askKeychain);
  const signNow = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    last = last.then(() => attempt(sign));
    return last;
  };

  return {
    appended(seq) {
      if (closed || accused) return;
      timer ??= setTimeout(() => void signNow(), MS_PER_HEAD).unref();
      if (soon || seq - (newest?.size ?? 0) < RECORDS_PER_HEAD) return;
      soon = true;
      setImmediate(() => {
        void signNow().finally(() => {
          soon = false;
        });
      });
    },
    newest: () => newest,
    signNow,
    async close() {
      closed = true;
      await signNow();
      await attempt(async () => writeTree(treePath, tree));
    },
  };
}
