import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEngineFile } from '#host/engine-file.ts';
import { prepareHome } from '#host/home-folder.ts';
import { killFlagPath } from '#host/kill-flag.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const home = tempFolder('mt-kill-file');
let silent: Server;

beforeAll(async () => {
  await installedTerminal();
  const { runDir } = prepareHome(home.path);
  expect(existsSync(killFlagPath(runDir))).toBe(false);
  // An engine that hangs: it is there, takes connections, and says nothing.
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  writeEngineFile(home.path, {
    pid: process.pid,
    port: (silent.address() as AddressInfo).port,
    viewToken: 'a'.repeat(64),
    tradeToken: 'b'.repeat(64),
    terminalToken: 'c'.repeat(64),
    contractHash: 'c'.repeat(16),
    startedAt: 1,
  });
});
afterAll(() => {
  silent.close();
  home.remove();
});

describe('mt kill on an engine that hangs', () => {
  it('halts it by the file KILL, says so, and says that the cancels are not confirmed', async () => {
    const { code, stdout } = await runMt(['kill', '--reason', 'it hangs', '--json'], { home: home.path });
    expect(readFileSync(killFlagPath(`${home.path}/run`), 'utf8')).toBe('it hangs\n');
    expect(oneJsonLine(stdout)).toMatchObject({
      tradingState: 'halted',
      steps: [
        { name: 'Gate closed', done: true, detail: expect.stringContaining('run/KILL') },
        { name: 'Open orders canceled', done: false },
      ],
    });
    expect(code).toBe(1);
  });
});
