import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearKillFlag, killFlagPath, raiseKillFlag, readKillFlag, watchKillFlag } from '#host/kill-flag.ts';
import { startTestEngine } from '../../support/engine.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-flag');
beforeEach(() => {
  folder = tempFolder('mt-flag');
});
afterEach(() => folder.remove());

describe('the file KILL', () => {
  it('is raised, read and cleared, and clearing what is not there is fine', () => {
    clearKillFlag(folder.path);
    expect(readKillFlag(folder.path)).toBeUndefined();
    raiseKillFlag(folder.path, 'by hand');
    expect(readKillFlag(folder.path)).toBe('by hand');
    clearKillFlag(folder.path);
    expect(existsSync(killFlagPath(folder.path))).toBe(false);
  });

  it('is not touched when it lies there already, so that whoever halts on it does not order another halt', async () => {
    const heard: string[] = [];
    const stop = watchKillFlag(folder.path, (reason) => {
      heard.push(reason);
      // As an engine does that cannot write its halt down.
      if (heard.length < 50) raiseKillFlag(folder.path, 'the disk is full');
    });
    try {
      writeFileSync(killFlagPath(folder.path), 'by hand');
      await expect.poll(() => heard.length).toBeGreaterThan(0);
      await sleep(600);
      expect(heard).toEqual(['by hand']);
      expect(readKillFlag(folder.path)).toBe('by hand');
    } finally {
      stop();
    }
  });

  it('is noticed at once, and again after it was taken away and put back within one look', async () => {
    const heard: string[] = [];
    const stop = watchKillFlag(folder.path, (reason) => heard.push(reason));
    try {
      writeFileSync(killFlagPath(folder.path), 'first');
      await expect.poll(() => heard).toEqual(['first']);
      await sleep(400);
      expect(heard).toHaveLength(1);
      rmSync(killFlagPath(folder.path));
      writeFileSync(killFlagPath(folder.path), 'second');
      await expect.poll(() => heard).toEqual(['first', 'second']);
    } finally {
      stop();
    }
    writeFileSync(killFlagPath(folder.path), 'third');
    await sleep(400);
    expect(heard).toHaveLength(2);
  });

  it('halts a running engine, stands over a restart until it is resumed, and no press is let in meanwhile', async () => {
    const first = await startTestEngine({ home: folder.path });
    const state = async (): Promise<string> => (await first.engine.handlers['engine.status']({})).tradingState;
    expect(await state()).toBe('active');
    writeFileSync(killFlagPath(`${folder.path}/run`), '');
    await expect.poll(state).toBe('halted');
    await expect(first.press()).rejects.toMatchObject({ code: 'halted' });
    // Whoever takes the file away by hand has not resumed.
    rmSync(killFlagPath(`${folder.path}/run`));
    const second = await first.reopen();
    expect(await second.engine.handlers['engine.status']({})).toMatchObject({
      tradingState: 'halted',
      haltReason: 'the file KILL lies in the run folder',
    });
    raiseKillFlag(`${folder.path}/run`, 'by hand');
    await second.engine.handlers['engine.resume']({ reason: 'a test' });
    expect(existsSync(killFlagPath(`${folder.path}/run`))).toBe(false);
    const third = await second.reopen();
    expect((await third.engine.handlers['engine.status']({})).tradingState).toBe('active');
    await third.close();
  });
});
