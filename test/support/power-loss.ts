import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { openJournal } from '#adapters/sqlite/open-journal.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { chain, draft, storageKeys, storagePaths, TEST_KEY } from './storage.ts';

const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const SECTOR = 512;
const keys = storageKeys(TEST_KEY);
const logger = createRingLogger({ verbose: false });

const open = (folder: string) => {
  const { journalPath, headPath } = storagePaths(folder);
  return openJournal({ journalPath, headPath, keys, chain, logger });
};

/** A commit that `append` has answered: how far the log reached then, and the newest record. */
export type Acknowledged = { readonly end: number; readonly seq: number };

/** The files of a running journal at one moment, with what was promised by then. */
export type Image = {
  readonly db: Buffer;
  readonly wal: Buffer;
  /** Records that were promised before this round of the log; they are in the database already. */
  readonly before: number;
  readonly acknowledged: readonly Acknowledged[];
};

/** Where the log of this round ends: frames of an earlier round, and room that was never written, follow. */
export function logEnd(wal: Buffer): number {
  if (wal.length < WAL_HEADER) return 0;
  const frame = FRAME_HEADER + wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  let end = WAL_HEADER;
  while (end + frame <= wal.length && wal.subarray(end + 8, end + 16).equals(salts)) end += frame;
  return end === WAL_HEADER ? 0 : end;
}

/**
 * Appends to a real journal and copies its files now and then, in the middle of a log and right after it was begun anew. Answers the
 * copies, and the hash of every record.
 */
export function recordImages(
  folder: string,
  commits: number,
  images: number,
  seed: number,
): { readonly images: readonly Image[]; readonly hashes: readonly string[] } {
  const rng = createRng(seed);
  mkdirSync(folder, { recursive: true });
  const { journalPath } = storagePaths(folder);
  const opened = open(folder);
  const found: Image[] = [];
  let acknowledged: Acknowledged[] = [];
  let [before, lastEnd] = [0, 0];
  // Once the log was carried over, it is on the disk whole: a database of after that with a log of before it is no state of any disk.
  let round = readFileSync(journalPath);
  let due = false;
  try {
    for (let i = 0; i < commits; i++) {
      const batch = Array.from({ length: 1 + rng.integer(4) }, (_, n) =>
        draft('R-power', i * 4 + n, { text: 'x'.repeat(rng.integer(3_000)) }),
      );
      const seq = opened.journal.append(0, batch).at(-1)?.seq ?? 0;
      const wal = readFileSync(`${journalPath}-wal`);
      const end = logEnd(wal);
      if (end <= lastEnd) {
        // A new round: everything before it had reached the database.
        before = acknowledged.at(-1)?.seq ?? before;
        acknowledged = [];
        round = readFileSync(journalPath);
      }
      lastEnd = end;
      acknowledged.push({ end, seq });
      due ||= i % Math.floor(commits / images) === Math.floor(commits / images) - 1;
      const db = readFileSync(journalPath);
      if (!due || !db.equals(round)) continue;
      due = false;
      found.push({ db, wal, before, acknowledged: [...acknowledged] });
    }
    return { images: found, hashes: opened.journal.hashes(0, Number.MAX_SAFE_INTEGER) };
  } finally {
    opened.close();
  }
}

/** What a power cut leaves of the log: how much of it is as it was written, and the bytes. */
export type Loss = { readonly intact: number; readonly wal: Buffer };

export function cutOff({ wal }: Image, rng: Rng): Loss {
  const intact = rng.integer(logEnd(wal) + 1);
  return { intact, wal: wal.subarray(0, intact) };
}

/** The last sectors did not reach the disk, or not in order: zeros, what was there before, or anything. */
export function tornTail({ wal }: Image, rng: Rng): Loss {
  const end = logEnd(wal);
  const copy = Buffer.from(wal);
  const sectors = Math.ceil(end / SECTOR);
  const first = Math.max(0, sectors - 1 - rng.integer(Math.min(60, sectors)));
  for (let sector = first; sector < sectors; sector++) {
    // The first one is surely lost; which of those after it came through is chance.
    if (sector > first && rng.integer(2) === 0) continue;
    const at = sector * SECTOR;
    const part = copy.subarray(at, Math.min(at + SECTOR, copy.length));
    const kind = rng.integer(3);
    part.fill(kind === 0 ? 0 : kind === 1 ? 0xff : 1 + rng.integer(254));
  }
  return { intact: first * SECTOR, wal: copy };
}

/** The newest record that was promised while the log reached no further than what is intact. */
export const promised = (image: Image, intact: number, acknowledged = image.acknowledged): number =>
  acknowledged.findLast(({ end }) => end <= intact)?.seq ?? image.before;

export type AfterLoss = {
  readonly intact: boolean;
  readonly prefix: boolean;
  readonly records: number;
  readonly why: string;
};

/** Starts on what the power cut left, as the program would. */
export function startAfter(
  folder: string,
  image: Image,
  loss: Loss,
  hashes: readonly string[],
  head: number,
): AfterLoss {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { journalPath, headPath } = storagePaths(folder);
  writeFileSync(journalPath, image.db);
  writeFileSync(`${journalPath}-wal`, loss.wal);
  // The head file is written after the commit is on the disk, so that at most it says what was promised.
  if (head > 0) writeFileSync(headPath, JSON.stringify({ seq: head, hash: hashes[head - 1] }));
  let records = 0;
  try {
    const opened = open(folder);
    try {
      const result = opened.journal.verify();
      records = opened.journal.head().seq;
      const found = opened.journal.hashes(0, records);
      const prefix = found.every((hash, index) => hash === hashes[index]);
      opened.journal.append(0, [draft('R-after', 0)]);
      return { intact: result.ok, prefix, records, why: result.ok ? '' : result.why };
    } finally {
      opened.close();
    }
  } catch (error) {
    return { intact: false, prefix: false, records, why: String(error) };
  }
}
