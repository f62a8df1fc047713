import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-up-crash');
const home = join(folder.path, 'home');
const started: EngineProcess[] = [];
const start = async (): Promise<EngineProcess> => {
  const engine = await startEngineProcess(home);
  started.push(engine);
  return engine;
};

beforeAll(async () => {
  await installedTerminal();
});
afterEach(async () => {
  for (const { running, client } of started) {
    client.close();
    running.child.kill('SIGKILL');
    await running.finished;
  }
  folder.remove();
});

it('an engine that was killed while it held something comes back, and closes it at the next open', async () => {
  const first = await start();
  const { cycle } = await first.client.invoke('cycle.start', { trigger: 'terminal' });
  const view = () => first.client.invoke('cycle.get', { cycle });
  await expect
    .poll(async () => (await view())?.fills.map(({ purpose }) => purpose), { interval: 50 })
    .toEqual(['entry']);
  first.running.child.kill('SIGKILL');
  await first.running.finished;

  const second = await start();
  const after = () => second.client.invoke('cycle.get', { cycle });
  await expect
    .poll(async () => (await after())?.fills.map(({ purpose }) => purpose), { interval: 50 })
    .toEqual(['entry', 'flatten']);
  expect((await after())?.state).not.toBe('running');
});
