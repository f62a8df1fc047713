import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireEngineLock, engineHolder } from '#host/engine-lock.ts';
import { prepareHome } from '#host/home-folder.ts';
import { killStarted, type Started, startScript } from '../support/child.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder();
let runDir = '';
beforeEach(() => {
  folder = tempFolder();
  runDir = prepareHome(folder.path).runDir;
});
afterEach(() => {
  killStarted();
  folder.remove();
});

const now = (): number => 1_732_000_000_000;
const lockPath = (): string => join(runDir, 'engine.lock');
const answer = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

/** A second engine that holds the folder until it is killed. */
async function startHolder(): Promise<Started> {
  const holder = startScript('open-home.ts', [folder.path, 'hold']);
  await new Promise<void>((ready, fail) => {
    holder.child.stdout?.once('data', () => ready());
    void holder.finished.then(({ stderr }) => fail(new Error(`the holder ended: ${stderr}`)), fail);
  });
  return holder;
}

describe('two engines on one data folder', () => {
  it('refuses a second engine on the same folder, naming the first, until that one is gone', async () => {
    const holder = await startHolder();
    const pid = answer(holder.stdout())['pid'];
    expect(() => acquireEngineLock(runDir, now)).toThrow(
      expect.objectContaining({
        code: 'engine_running',
        message: expect.stringContaining(`process ${String(pid)}`),
        remedy: expect.stringContaining('--home'),
      }),
    );
    const second = await startScript('open-home.ts', [folder.path]).finished;
    expect(answer(second.stdout)).toMatchObject({ ok: false, code: 'engine_running' });
    holder.child.kill('SIGKILL');
    await holder.finished;
    // Killed: its lock file still lies there, and is taken over.
    expect(existsSync(lockPath())).toBe(true);
    expect(engineHolder(runDir)).toBeUndefined();
    const third = await startScript('open-home.ts', [folder.path]).finished;
    expect(answer(third.stdout)).toMatchObject({ ok: true });
  });

  it('still refuses when the guard was deleted under a living engine', async () => {
    const holder = await startHolder();
    rmSync(join(runDir, 'engine.guard'));
    expect(() => acquireEngineLock(runDir, now)).toThrow(expect.objectContaining({ code: 'engine_running' }));
    holder.child.kill('SIGKILL');
    await holder.finished;
  });

  it('lets exactly one of several racing starters in, over a stale lock', async () => {
    for (let round = 0; round < 3; round++) {
      const starters = Array.from({ length: 6 }, () => startScript('open-home.ts', [folder.path, 'hold']));
      await Promise.all(
        starters.map(
          ({ child, finished }) =>
            new Promise<void>((ready) => {
              child.stdout?.once('data', () => ready());
              void finished.then(() => ready());
            }),
        ),
      );
      const answers = starters.map((starter) => answer(starter.stdout()));
      expect(answers.filter((item) => item['ok'] === true)).toHaveLength(1);
      expect(answers.filter((item) => item['code'] === 'engine_running')).toHaveLength(5);
      for (const { child } of starters) child.kill('SIGKILL');
      await Promise.all(starters.map(({ finished }) => finished));
    }
  });
});
