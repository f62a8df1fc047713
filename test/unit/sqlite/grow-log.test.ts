import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { growLog } from '#adapters/sqlite/grow-log.ts';
import { copyJournal, drafts, openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());
const log = (): string => join(folder.path, 'journal.db-wal');
const bytes = (): number => statSync(log()).size;

describe('the log of the journal', () => {
  it('has room from the start: commits do not make it longer', () => {
    for (const attempt of ['new', 'opened again']) {
      const storage = openTestStorage(folder.path);
      const before = bytes();
      const cycle = storage.journal.beginCycle();
      for (const draft of drafts(`R-${attempt}`, 40)) storage.journal.append(cycle, [draft]);
      expect([before > 4_000_000, bytes()]).toEqual([true, before]);
      storage.close();
    }
  });

  it('is read to its last record and no further after the power went out', () => {
    const storage = openTestStorage(join(folder.path));
    const cycle = storage.journal.beginCycle();
    storage.journal.append(cycle, drafts('R-1', 7));
    // What lies on the disk at this moment, while the program still runs.
    const left = join(folder.path, 'left');
    copyJournal(folder.path, left);
    storage.close();
    for (let attempt = 0; attempt < 3; attempt++) {
      const again = openTestStorage(left);
      expect(again.journal.verify()).toMatchObject({ ok: true, records: 7 + attempt });
      again.journal.append(cycle, drafts(`R-again-${attempt}`, 1));
      again.close();
    }
  });

  it('keeps what it holds, and what cannot be lengthened stays as it is', () => {
    writeFileSync(log(), 'frames');
    growLog(log());
    expect(readFileSync(log()).subarray(0, 7).toString('latin1')).toBe('frames\0');
    const grown = bytes();
    growLog(log());
    expect(bytes()).toBe(grown);
    mkdirSync(join(folder.path, 'folder'));
    for (const path of [join(folder.path, 'folder'), join(folder.path, 'nowhere')])
      expect(() => growLog(path)).not.toThrow();
  });
});
