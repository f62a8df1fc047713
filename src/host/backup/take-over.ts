import { join } from 'node:path';
import { sha256Bytes } from '#adapters/digest/sha256.ts';
import { syncFile } from '#adapters/files/durable.ts';
import { appendSignedHead, readSignedHeads } from '#adapters/files/signed-heads-file.ts';
import { openJournal } from '#adapters/sqlite/open-journal.ts';
import { draft } from '#core/cycle/records.ts';
import { unixMs } from '#core/domain/ids.ts';
import { leafHash, rootOf } from '#core/journal/merkle.ts';
import { type SignedHead, signHead } from '#core/journal/signed-head.ts';
import { fromHex, toHex } from '#core/kernel/hex.ts';
import { headKeychainOf } from '../audit/keychain-head.ts';
import type { HomePaths } from '../home-folder.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';
import type { BackupVault } from '../vault/backup-keys.ts';
import type { Manifest } from './manifest.ts';
import type { RestoreOptions } from './restore-backup.ts';

export type TakeOver = Pick<RestoreOptions, 'secrets' | 'now' | 'chain' | 'logger'> & {
  readonly staged: string;
  readonly vault: BackupVault;
  readonly manifest: Manifest;
  /** The data folder whose records end here. */
  readonly present: HomePaths;
};

/**
 * Makes a restored journal the one that goes on: a record says that it was restored and how far it had been known to reach, and a head
 * with a number above all that were ever signed covers it, so that the witnesses outside follow the restored journal from now on. Answers
 * what the keychain has to remember; null where there is none to ask.
 */
export async function signTakeOver(takeOver: TakeOver): Promise<SignedHead | null> {
  const { staged, vault, manifest, present, now, chain, logger } = takeOver;
  const keychain = headKeychainOf(takeOver.secrets, { vaultId: manifest.vaultId, slot: vault.slot });
  const kept = await keychain.read();
  const headsPath = join(staged, 'journal.heads');
  const { heads, end } = readSignedHeads(headsPath);
  const known = [...heads, ...readSignedHeads(present.signedHeads).heads, ...(kept.kind === 'head' ? [kept.head] : [])];
  const reached = Math.max(manifest.journal.records, ...known.map(({ size }) => size));

  const opened = openJournal({
    journalPath: join(staged, 'journal.db'),
    headPath: join(staged, 'journal.head'),
    keys: vault.present,
    chain,
    logger,
  });
  try {
    const { journal, signer } = opened;
    const last = journal.readBack(Number.MAX_SAFE_INTEGER, 1)[0];
    journal.append(SYSTEM_CYCLE, [
      draft(SYSTEM_RUN, last?.ts ?? unixMs(0), 'journal.restored', {
        records: manifest.journal.records,
        head: manifest.journal.head,
        knownRecords: reached,
      }),
    ]);
    const { seq, hash } = journal.head();
    const leaves = journal.hashes(0, seq).map((leaf) => leafHash(sha256Bytes, fromHex(leaf)));
    const head = signHead(signer, {
      vaultId: manifest.vaultId,
      counter: Math.max(0, ...known.map(({ counter }) => counter)) + 1,
      size: seq,
      root: toHex(rootOf(sha256Bytes, leaves)),
      hash,
      ts: now(),
    });
    await appendSignedHead(headsPath, head, end);
    return kept.kind === 'unavailable' ? null : head;
  } finally {
    opened.close();
    for (const name of ['journal.db', 'journal.head']) syncFile(join(staged, name));
  }
}
