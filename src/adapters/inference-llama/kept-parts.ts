import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// The library notes a part as arrived before its bytes are on the disk, and closes the file without waiting for them. What it kept of a download
// is therefore taken up again only where this file saw that everything was written; anything else begins anew, because a model with a hole in it
// would be pinned as if it were whole.

/** Beside the kept parts, and only while nobody adds to them: all that they claim was written. */
const WRITTEN = '.written';
const KEPT = '.ipull';
const LOOK_EVERY_MS = 20;

/** Before a download: what was kept without that mark is deleted, and the mark is taken away. */
export function dropUnwritten(folder: string, fileName: string): void {
  const mark = join(folder, `${fileName}${WRITTEN}`);
  if (existsSync(mark)) return rmSync(mark);
  for (const name of keptOf(folder, fileName)) rmSync(join(folder, name));
}

/**
 * After a download was interrupted: waits until this process has written nothing for `quietMs`, brings the kept parts to the disk and leaves the
 * mark. The process must do nothing else with files meanwhile, or this waits for that as well.
 */
export async function markWritten(folder: string, fileName: string, quietMs: number): Promise<void> {
  for (let quiet = 0; quiet < quietMs; quiet += LOOK_EVERY_MS) {
    if (process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'))) quiet = 0;
    await sleep(LOOK_EVERY_MS);
  }
  const kept = keptOf(folder, fileName);
  if (kept.length === 0) return;
  for (const name of kept) {
    const file = openSync(join(folder, name), 'r+');
    fsyncSync(file);
    closeSync(file);
  }
  writeFileSync(join(folder, `${fileName}${WRITTEN}`), '');
}

/** Files of a model in several parts carry their number between the name and its ending. */
const keptOf = (folder: string, fileName: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith(fileName.replace(/\.gguf$/, '')) && name.endsWith(KEPT));
