import type { Storage } from '#adapters/sqlite/open-storage.ts';
import type { SignedHead } from '#core/journal/signed-head.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { type HeadKeeper, startHeadKeeper } from '../audit/head-keeper.ts';
import { headKeychainOf } from '../audit/keychain-head.ts';
import { type ProofRequest, type WrittenProof, writeProof } from '../audit/proof-bundle.ts';
import { type JournalVerdict, verifyJournal, type Witnessed } from '../audit/verify-journal.ts';
import type { HomePaths } from '../home-folder.ts';
import { openBallast } from './ballast.ts';
import { type DiskState, watchDisk } from './disk-watch.ts';
import { guardJournal, type JournalState } from './journal-guard.ts';

/** What vouches for the journal from outside, and how. */
export type AuditWitnesses = {
  readonly vaultId: string;
  readonly publicKey: string;
  newestHead(): SignedHead | undefined;
  /** Signs what is not signed yet. */
  signNow(): Promise<void>;
  verify(saved?: SignedHead): Promise<JournalVerdict>;
  /** Signs what is not signed yet and writes it as a proof for strangers. `tools` is the folder of what goes with it. */
  writeProof(tools: string, request: ProofRequest): Promise<WrittenProof>;
};

/** The databases with everything that keeps the journal durable and honest around them. */
export type Durable = {
  /** Its journal refuses what must not be written, and says when nothing can be. */
  readonly storage: Storage;
  readonly audit: AuditWitnesses;
  state(): { readonly journal: JournalState; readonly disk: DiskState };
  /** Signs the last records; before the databases are closed. */
  close(): Promise<void>;
  /** Ends at once, for a start that failed. */
  stop(): void;
};

export type DurableOptions = {
  readonly storage: Storage;
  readonly paths: HomePaths;
  readonly vault: { readonly vaultId: string; readonly slot: string };
  readonly secrets: SecretStore;
  readonly now: () => number;
  readonly logger: Logger;
  readonly onChange: () => void;
  /** Told of what was written, after it was written. Must not throw. */
  readonly onRecords?: (records: readonly JournalRecord[]) => void;
};

/** Who outside of the databases of this vault can say something about its journal. */
export const witnessesOf = (
  storage: Pick<Storage, 'journal' | 'signer'>,
  { paths, vault, secrets }: Pick<DurableOptions, 'paths' | 'vault' | 'secrets'>,
): Witnessed => ({
  journal: storage.journal,
  vaultId: vault.vaultId,
  publicKey: storage.signer.publicKey,
  headsPath: paths.signedHeads,
  keychain: headKeychainOf(secrets, vault),
});

export function openDurable(options: DurableOptions): Durable {
  const { paths, now, logger, onChange } = options;
  const witnessed = witnessesOf(options.storage, options);
  const ballast = openBallast(paths.ballast);
  let keeper: HeadKeeper | undefined;
  const guard = guardJournal({
    store: options.storage.journal,
    releaseBallast: () => ballast.release(),
    onAppended: (records) => {
      const last = records.at(-1);
      if (last !== undefined) keeper?.appended(last.seq);
      options.onRecords?.(records);
    },
    onState: (state) => {
      if (state.kind === 'cannot_write') logger.error(`nothing can be recorded, so nothing is sent: ${state.why}`);
      onChange();
    },
  });
  keeper = startHeadKeeper({
    journal: guard.journal,
    signer: options.storage.signer,
    vaultId: witnessed.vaultId,
    path: witnessed.headsPath,
    treePath: paths.journalTree,
    keychain: witnessed.keychain,
    now,
    logger,
    onAccused: (why) => guard.accuse(why),
  });
  const disk = watchDisk({ folder: paths.home, ballast, logger, onChange });
  const heads = keeper;
  return {
    storage: { ...options.storage, journal: guard.journal },
    audit: {
      vaultId: witnessed.vaultId,
      publicKey: witnessed.publicKey,
      newestHead: () => heads.newest(),
      signNow: () => heads.signNow(),
      verify: (saved) => verifyJournal(witnessed, saved),
      async writeProof(tools, request) {
        await heads.signNow();
        const { vaultId, publicKey, headsPath } = witnessed;
        return writeProof({ journal: guard.journal, vaultId, publicKey, headsPath, tools }, request);
      },
    },
    state: () => ({ journal: guard.state(), disk: disk.state() }),
    async close() {
      disk.stop();
      await heads.close();
    },
    stop: () => disk.stop(),
  };
}
