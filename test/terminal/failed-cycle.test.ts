import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { prepareHome } from '#host/home-folder.ts';
import { type Door, openDoor } from '#host/open-door.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { createScriptedEngine } from '../renderer/support/scripted-engine.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const home = tempFolder('mt-failed');
let door: Door;

beforeAll(async () => {
  await installedTerminal();
  prepareHome(home.path);
  const { handlers, events } = createScriptedEngine({ script: 'failed', fresh: true, stepMs: 1 });
  const ended = async (): Promise<CycleView> => {
    for (;;) {
      const view = await handlers['cycle.get']({});
      if (view !== null && view.state !== 'running') return view;
      await sleep(5);
    }
  };
  door = await openDoor({
    engine: {
      handlers: { ...handlers, 'cycle.wait': ended },
      connect: () => ({ handlers: { ...handlers, 'cycle.wait': ended }, end: () => undefined }),
      programOf: () => undefined,
      events,
      close: () => Promise.resolve(),
    },
    home: home.path,
    logger: createRingLogger({ verbose: false }),
  });
});
afterAll(async () => {
  await door.close();
  home.remove();
});

describe('a cycle that breaks in the engine', () => {
  it.each([[[]], [['--json']]])('is told on standard error with exit code 1 (mt spawn %j)', async (more) => {
    const ended = await runMt(['spawn', ...more], { home: home.path });
    expect(ended.stderr).toMatch(/^mt: cycle \d+ failed: Market data is stale: .+\n {2}Remedy: .+\n$/);
    expect(ended.code).toBe(1);
    if (more.length > 0) expect(oneJsonLine(ended.stdout)).toMatchObject({ state: 'failed' });
    else expect(ended.stdout).toContain('Market data is stale');
  });
});
