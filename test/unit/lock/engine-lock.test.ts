import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireEngineLock, engineHolder } from '#host/engine-lock.ts';
import { prepareHome } from '#host/home-folder.ts';
import { processStart } from '#host/process-identity.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { makeZombie } from '../../support/zombie.ts';

let folder = tempFolder();
let runDir = '';
beforeEach(() => {
  folder = tempFolder();
  runDir = prepareHome(folder.path).runDir;
});
afterEach(() => folder.remove());

const now = (): number => 1_732_000_000_000;
const lockPath = (): string => join(runDir, 'engine.lock');
const writeLock = (content: object): void => writeFileSync(lockPath(), JSON.stringify(content));
const mode = (name: string): number => statSync(join(runDir, name)).mode & 0o777;
const answer = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('the engine lock', () => {
  it('names this process while held and is gone when released', () => {
    const lock = acquireEngineLock(runDir, now);
    expect(engineHolder(runDir)).toEqual({ pid: process.pid, startedAt: now() });
    expect(statSync(lockPath()).mode & 0o777).toBe(0o600);
    lock.release();
    lock.release();
    expect(engineHolder(runDir)).toBeUndefined();
    expect(existsSync(lockPath())).toBe(false);
    acquireEngineLock(runDir, now).release();
  });

  it('admits one engine in the same process too', () => {
    const lock = acquireEngineLock(runDir, now);
    expect(() => acquireEngineLock(runDir, now)).toThrow(
      expect.objectContaining({ code: 'engine_running', message: expect.stringContaining(`process ${process.pid}`) }),
    );
    // The refusal must not have loosened the first one's hold.
    expect(() => acquireEngineLock(runDir, now)).toThrow(expect.objectContaining({ code: 'engine_running' }));
    lock.release();
  });

  it('takes over from a number that now belongs to another process', () => {
    if (processStart(process.pid) === undefined) {
      console.log('not run: reused process number (this system does not tell when a process started)');
      return;
    }
    writeLock({ pid: process.ppid, processStart: 'another-boot:1', startedAt: 1, token: 't' });
    acquireEngineLock(runDir, now).release();
    writeLock({ pid: process.ppid, processStart: processStart(process.ppid), startedAt: 1, token: 't' });
    expect(() => acquireEngineLock(runDir, now)).toThrow(expect.objectContaining({ code: 'engine_running' }));
  });

  it('takes over from an engine that has ended though nobody has asked how', async () => {
    const zombie = await makeZombie();
    if (zombie === undefined) {
      console.log('not run: ended process that nobody asked for (this system does not tell)');
      return;
    }
    try {
      writeLock({ pid: zombie.pid, processStart: processStart(zombie.pid), startedAt: 1, token: 't' });
      expect(engineHolder(runDir)).toBeUndefined();
      acquireEngineLock(runDir, now).release();
    } finally {
      zombie.bury();
    }
  });

  it('keeps its guard and its name for the owner only, also a guard that an older version left open', () => {
    acquireEngineLock(runDir, now).release();
    chmodSync(join(runDir, 'engine.guard'), 0o644);
    const lock = acquireEngineLock(runDir, now);
    expect(readdirSync(runDir)).toEqual(expect.arrayContaining(['engine.guard', 'engine.lock']));
    for (const name of readdirSync(runDir)) expect([name, mode(name)]).toEqual([name, 0o600]);
    lock.release();
    rmSync(join(runDir, 'engine.guard'));
    acquireEngineLock(runDir, now).release();
    expect(mode('engine.guard')).toBe(0o600);
  });

  it.each(['', '{"pid":', '{"pid":"1"}', '[]'])('takes over a lock file that a crash left as %j', (text) => {
    writeFileSync(lockPath(), text);
    const lock = acquireEngineLock(runDir, now);
    expect(answer(readFileSync(lockPath(), 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it('does not remove the lock of somebody else on release', () => {
    const lock = acquireEngineLock(runDir, now);
    writeLock({ pid: process.ppid, startedAt: 1, token: 'other' });
    lock.release();
    expect(existsSync(lockPath())).toBe(true);
  });
});
