import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NODE } from '../support/child.ts';
import { canLimitFiles, readOnlyDisk, smallDisk, tradeOnDisk } from '../support/disks.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder('mt-disk');
});
afterEach(() => folder.remove());

describe('no order leaves without its record', () => {
  it('on a full disk, whose resting orders are canceled with the space set aside, and on which trading goes on later', async () => {
    const disk = smallDisk(folder.path, 24);
    if (disk === undefined) return console.log('not run: full disk (this user may not mount a small one)');
    const home = join(folder.path, 'home');
    const report = await tradeOnDisk({ home, kind: 'full', rounds: 2, seed: 4 }, disk);
    expect(report).toMatchObject({ unrecorded: 0, sentWhileFailing: 0, recovered: 2, whole: true });
    expect(report.refused).toBeGreaterThan(0);
    expect(report.canceled).toBe(report.resting);
    expect(report.resting).toBeGreaterThan(0);
    expect(report.messages).toEqual(['the disk is full: HOME/journal.db could not be written']);
  });

  it('on a disk that reports errors', async () => {
    if (!canLimitFiles()) return console.log('not run: write errors (no prlimit)');
    const report = await tradeOnDisk({ home: join(folder.path, 'home'), kind: 'error', rounds: 3, seed: 4 });
    expect(report).toMatchObject({ unrecorded: 0, sentWhileFailing: 0, recovered: 3, whole: true });
    expect(report.refused).toBeGreaterThan(0);
    expect(report.messages).toEqual(['the disk reported an error on HOME/journal.db']);
  });

  it('on a disk that takes no writes: the start refuses and names it', async () => {
    const make = resolve(import.meta.dirname, '../support/make-journal.ts');
    const disk = readOnlyDisk(folder.path, NODE, make);
    if (disk === undefined) return console.log('not run: read-only disk (this user may not mount one)');
    const report = await tradeOnDisk({ home: join(folder.path, 'home'), kind: 'read-only', rounds: 2, seed: 4 }, disk);
    expect(report).toMatchObject({ sent: 0, refused: 2 });
    expect(report.messages).toEqual([expect.stringContaining('read-only for this user')]);
  });
});
