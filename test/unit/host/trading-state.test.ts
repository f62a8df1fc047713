import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { killFlagPath, raiseKillFlag } from '#host/kill-flag.ts';
import { openTradingState } from '#host/trading-state.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-latch');
beforeEach(() => {
  folder = tempFolder('mt-latch');
});
afterEach(() => folder.remove());

function openLatch(runDir = folder.path) {
  const storage = openTestStorage(folder.path);
  const errors: unknown[] = [];
  const latch = openTradingState({ journal: storage.journal, runDir, onError: (error) => errors.push(error) });
  return { storage, errors, latch };
}

describe('the latch of the kill switch', () => {
  it('shuts even when the journal can no longer be written; the file KILL then stands in for the record', () => {
    const { storage, errors, latch } = openLatch();
    expect(latch.state()).toBe('active');
    storage.close();
    expect(latch.halt('a test', unixMs(1))).toEqual({ fresh: true, recorded: false, flagged: true });
    expect(latch.state()).toBe('halted');
    expect(latch.reason()).toBe('a test');
    expect(latch.halt('again', unixMs(2))).toEqual({ fresh: false, recorded: false, flagged: true });
    expect(errors).toHaveLength(2);
    // Opening is the other way round: what cannot be recorded does not happen, and the file lies there again.
    expect(() => latch.resume('go on', unixMs(3))).toThrow();
    expect(latch.state()).toBe('halted');
    expect(existsSync(killFlagPath(folder.path))).toBe(true);

    const next = openLatch();
    expect(next.latch.state()).toBe('halted');
    expect(next.latch.reason()).toBe('a test');
    expect(next.latch.halt('at the start', unixMs(4))).toEqual({ fresh: false, recorded: true, flagged: false });
    next.latch.resume('the disk has room again', unixMs(5));
    next.storage.close();
    expect(existsSync(killFlagPath(folder.path))).toBe(false);
    const last = openLatch();
    expect(last.latch.state()).toBe('active');
    last.storage.close();
  });

  it('says so when neither the journal nor the run folder can be written', () => {
    const { storage, errors, latch } = openLatch(join(folder.path, 'no such folder'));
    storage.close();
    expect(latch.halt('a test', unixMs(1))).toEqual({ fresh: true, recorded: false, flagged: false });
    expect(latch.state()).toBe('halted');
    expect(errors).toHaveLength(2);
  });

  it('is shut at the start by a file that somebody has put there, even an empty or an unreadable one', () => {
    writeFileSync(killFlagPath(folder.path), '');
    chmodSync(killFlagPath(folder.path), 0o000);
    const { storage, latch } = openLatch();
    expect(latch.state()).toBe('halted');
    expect(latch.reason()).toBe('the file KILL lies in the run folder');
    storage.close();
  });

  it('shows what the file says as one short line', () => {
    raiseKillFlag(folder.path, `a\nb\u001b[31m${'x'.repeat(2_000)}`);
    const { storage, latch } = openLatch();
    expect(latch.reason()).toMatch(/^a b \[31mx{190,200}$/);
    storage.close();
  });
});
