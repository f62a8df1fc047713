import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { openLabStore } from '#adapters/sqlite/lab-store.ts';
import { openJournal } from '#adapters/sqlite/open-journal.ts';
import { Fault } from '#core/kernel/fault.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { checkBackup } from '#host/backup/check-backup.ts';
import { listFiles, makeBackup } from '#host/backup/make-backup.ts';
import { homePaths } from '#host/home-folder.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { chain, draft, storageKeys, storagePaths, TEST_KEY } from '../support/storage.ts';
import type { Proof, ProofContext, ProofOutcome } from './types.ts';

const RECORDS = 2_400;
const PAYLOAD_BYTES = 1_500;
/** Each bit of the first bytes is tried, because they are the only ones that the cipher does not cover. */
const FIRST_BYTES = 32;
const keys = { ...storageKeys(TEST_KEY), backup: Buffer.alloc(32, 9) };
const logger = createRingLogger({ verbose: false });

const open = (folder: string) => {
  const { journalPath, headPath } = storagePaths(folder);
  return openJournal({ journalPath, headPath, keys, chain, logger });
};

/** A journal of a few megabytes, and a backup of it. */
async function prepare(folder: string): Promise<string> {
  mkdirSync(join(folder, 'vault'), { recursive: true });
  const opened = open(folder);
  const lab = openLabStore(join(folder, 'lab.db'), keys.db);
  try {
    for (let i = 0; i < RECORDS; i += 100) {
      const batch = Array.from({ length: 100 }, (_, n) =>
        draft('R-1', i + n, { text: randomBytes(PAYLOAD_BYTES / 2).toString('hex') }),
      );
      opened.journal.append(0, batch);
    }
    const made = await makeBackup(
      {
        paths: homePaths(folder),
        vaultId: 'ab'.repeat(16),
        fingerprint: 'cd'.repeat(8),
        keys,
        signHead: async () => undefined,
        head: () => opened.journal.head(),
        copies: { 'journal.db': (to) => opened.copyJournal(to), 'lab.db': (to) => lab.copyTo(to) },
      },
      Date.now,
    );
    return join(folder, 'backups', made.name);
  } finally {
    lab.close();
    opened.close();
  }
}

function flip(path: string, byte: number, bit: number): void {
  const file = openSync(path, 'r+');
  try {
    const one = Buffer.alloc(1);
    readSync(file, one, 0, 1, byte);
    one.writeUInt8(one.readUInt8(0) ^ (1 << bit));
    writeSync(file, one, 0, 1, byte);
  } finally {
    closeSync(file);
  }
}

/** Whether a start, or the verification after it, says that something is wrong. */
function journalComplains(folder: string): boolean {
  try {
    const opened = open(folder);
    try {
      return !opened.journal.verify().ok;
    } finally {
      opened.close();
    }
  } catch (error) {
    if (error instanceof Fault) return true;
    throw error;
  }
}

type Tally = { seen: number; n: number; readonly missed: string[] };
const tally = (): Tally => ({ seen: 0, n: 0, missed: [] });
const count = (into: Tally, seen: boolean, where: string): void => {
  into.n += 1;
  if (seen) into.seen += 1;
  else into.missed.push(where);
};

function flipJournal(original: string, copy: string, byte: number, bit: number, into: Tally): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const name of ['journal.db', 'journal.head']) copyFileSync(join(original, name), join(copy, name));
  flip(join(copy, 'journal.db'), byte, bit);
  count(into, journalComplains(copy), `journal.db byte ${byte} bit ${bit}`);
}

async function flipBackup(backup: string, copy: string, rng: Rng, into: Tally): Promise<void> {
  rmSync(copy, { recursive: true, force: true });
  cpSync(backup, copy, { recursive: true });
  const files = ['manifest.json', ...listFiles(copy)].filter((path) => statSync(join(copy, path)).size > 0);
  const path = files[rng.integer(files.length)] ?? 'manifest.json';
  const byte = rng.integer(statSync(join(copy, path)).size);
  const bit = rng.integer(8);
  flip(join(copy, path), byte, bit);
  const { ok } = await checkBackup(copy, keys, chain);
  count(into, !ok, `${path} byte ${byte} bit ${bit}`);
}

const say = ({ seen, n, missed }: Tally): string =>
  seen === n ? `${seen} of ${n}` : `${seen} of ${n}; not: ${missed.slice(0, 4).join(', ')}`;

/** One changed bit anywhere in the journal's database, or in any file of a backup. */
export const s5: Proof = {
  id: 'S5',
  title: 'a changed bit of a database or a backup is seen',
  async run(context) {
    const copies = memoryFolder('mt-proof-S5');
    try {
      return await flipBits(context, copies.path);
    } finally {
      copies.remove();
    }
  },
};

async function flipBits({ size, seed, say: progress }: ProofContext, scratch: string): Promise<ProofOutcome> {
  const original = join(scratch, 'original');
  const backup = await prepare(original);
  if (existsSync(join(original, 'journal.db-wal'))) throw new Error('the journal was not closed');
  const copy = join(scratch, 'copy');
  const rng = createRng(seed);
  const [inJournal, inFirst, inBackup] = [tally(), tally(), tally()];
  const bytes = statSync(join(original, 'journal.db')).size;
  const each = size === 'ci' ? 150 : 2_500;
  for (let i = 0; i < each; i++) flipJournal(original, copy, rng.integer(bytes), rng.integer(8), inJournal);
  progress(`journal.db of ${(bytes / 1e6).toFixed(1)} MB: ${each} flips`);
  const stride = size === 'ci' ? 5 : 1;
  for (let bit = 0; bit < FIRST_BYTES * 8; bit += stride) flipJournal(original, copy, bit >> 3, bit & 7, inFirst);
  for (let i = 0; i < each; i++) await flipBackup(backup, copy, rng, inBackup);
  progress(`files of a backup: ${each} flips`);
  copyFileSync(join(original, 'journal.db'), join(copy, 'journal.db'));
  const untouched = !journalComplains(original) && (await checkBackup(backup, keys, chain)).ok;
  const row = (what: string, t: Tally) =>
    ({ what, goal: 'all', measured: say(t), n: t.n, kind: 'goal', met: t.seen === t.n }) as const;
  return {
    kind: 'ran',
    rows: [
      row(`random bits of journal.db (${(bytes / 1e6).toFixed(1)} MB): seen`, inJournal),
      row(`bits of the first ${FIRST_BYTES} bytes of journal.db, which the cipher does not cover: seen`, inFirst),
      row('random bits of any file of a backup: seen', inBackup),
      {
        what: 'untouched journal and backup: pass',
        goal: 'both',
        measured: untouched ? 'both' : 'not both',
        n: 2,
        kind: 'control',
        met: untouched,
      },
    ],
  };
}
