import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connectToEngine,
  type EngineInfo,
  engineFilePath,
  readEngineFile,
  readLiveEngine,
  removeEngineFile,
  writeEngineFile,
} from '#host/engine-file.ts';
import { createTokens, startSocketHost } from '#host/socket-host.ts';
import { type AppHandlers, appContract } from '#shared/contract/app-contract.ts';
import type { Contract, Handlers } from '#shared/contract/define.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import { makeZombie } from '../support/zombie.ts';
import { createToyHandlers, toy } from './toy-contract.ts';

let home: string;
const undos: (() => unknown)[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mt-home-'));
});
afterEach(async () => {
  for (const undo of undos.splice(0).toReversed()) await undo();
  rmSync(home, { recursive: true });
});

const stub = (async () => {
  throw new Error('not part of this test');
}) as () => never;
const appHandlers = Object.fromEntries(
  Object.entries(appContract)
    .filter(([, entry]) => entry.kind === 'call')
    .map(([name]) => [
      name,
      name === 'agents.list' ? () => [] : name === 'cycle.cancel' ? () => ({ canceled: false }) : stub,
    ]),
) as unknown as AppHandlers;

const infoOf = (more: Partial<EngineInfo> = {}): EngineInfo => ({
  pid: process.pid,
  port: 1,
  viewToken: 'a'.repeat(64),
  tradeToken: 'b'.repeat(64),
  terminalToken: 'c'.repeat(64),
  contractHash: contractHash(appContract),
  startedAt: 1_700_000_000_000,
  ...more,
});

const runEngine = async <C extends Contract>(contract: C, handlers: Handlers<C>): Promise<EngineInfo> => {
  const tokens = createTokens();
  const server = await startSocketHost({
    tokens,
    serve: (port, scope) => serveContract({ contract, handlers, port, scope }),
  });
  undos.push(() => server.close());
  const info = infoOf({
    port: server.port,
    viewToken: tokens.view,
    tradeToken: tokens.trade,
    terminalToken: tokens.terminal,
  });
  writeEngineFile(home, info);
  return info;
};

/** The pid of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the file that says where the engine listens', () => {
  test('comes back as it was written, and only its owner can read it', () => {
    writeEngineFile(home, infoOf());
    writeEngineFile(home, infoOf({ port: 4_000 }));
    expect(readEngineFile(home)).toStrictEqual(infoOf({ port: 4_000 }));
    expect(statSync(engineFilePath(home)).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'run')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(home, 'run'))).toStrictEqual(['engine.json']);
  });

  test('is absent, or as good as absent, when it makes no sense', () => {
    expect(readEngineFile(home)).toBeUndefined();
    mkdirSync(join(home, 'run'));
    for (const text of [
      '',
      '{',
      'null',
      '{}',
      JSON.stringify({ ...infoOf(), port: 70_000 }),
      JSON.stringify({ ...infoOf(), more: 1 }),
    ]) {
      writeFileSync(engineFilePath(home), text, { mode: 0o600 });
      expect(readEngineFile(home)).toBeUndefined();
    }
  });

  test('is refused when others could have read or written it, or when it is a link', () => {
    writeEngineFile(home, infoOf());
    chmodSync(engineFilePath(home), 0o644);
    expect(() => readEngineFile(home)).toThrow('is open to other users');
    rmSync(engineFilePath(home));
    writeFileSync(join(home, 'elsewhere.json'), JSON.stringify(infoOf()), { mode: 0o600 });
    symlinkSync(join(home, 'elsewhere.json'), engineFilePath(home));
    expect(() => readEngineFile(home)).toThrow('cannot read');
  });

  test('is removed by the engine that wrote it and by no other', () => {
    writeEngineFile(home, infoOf());
    removeEngineFile(home, infoOf({ startedAt: 1 }));
    expect(existsSync(engineFilePath(home))).toBe(true);
    removeEngineFile(home, infoOf());
    expect(existsSync(engineFilePath(home))).toBe(false);
    removeEngineFile(home, infoOf());
  });
});

describe('finding the engine', () => {
  test('finds one that lives and answers, and talks to it with the scope asked for', async () => {
    const info = await runEngine(appContract, appHandlers);
    expect(await readLiveEngine(home)).toStrictEqual(info);
    const viewer = await connectToEngine(home, 'view');
    undos.push(() => viewer.close());
    expect(await viewer.invoke('agents.list', {})).toStrictEqual([]);
    await expect(viewer.invoke('cycle.cancel', { reason: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    const trader = await connectToEngine(home, 'trade');
    undos.push(() => trader.close());
    expect(await trader.invoke('cycle.cancel', { reason: 'x' })).toStrictEqual({ canceled: false });
  });

  test('finds none where none ever ran, and says how to start one', async () => {
    expect(await readLiveEngine(home)).toBeUndefined();
    await expect(connectToEngine(home, 'view')).rejects.toMatchObject({
      name: 'Fault',
      code: 'not_found',
      remedy: 'start one: mt up',
    });
  });

  test('removes the file of a process that is gone', async () => {
    writeEngineFile(home, infoOf({ pid: deadPid() }));
    expect(await readLiveEngine(home)).toBeUndefined();
    expect(existsSync(engineFilePath(home))).toBe(false);
  });

  test('removes the file of a process that has ended though nobody has asked how', async () => {
    const zombie = await makeZombie();
    if (zombie === undefined) {
      console.log('not run: ended process that nobody asked for (this system does not tell)');
      return;
    }
    undos.push(() => zombie.bury());
    // Its port went to somebody who does not know the key: by the answer alone it could still be ours.
    const { port } = await runEngine(appContract, appHandlers);
    writeEngineFile(home, infoOf({ pid: zombie.pid, port }));
    await expect(connectToEngine(home, 'view')).rejects.toMatchObject({ code: 'not_found' });
    expect(existsSync(engineFilePath(home))).toBe(false);
  });

  test('removes the file when its process number went to another program and nobody listens', async () => {
    const probe = createServer();
    const port = await new Promise<number>((resolve) =>
      probe.listen(0, '127.0.0.1', () => resolve((probe.address() as { port: number }).port)),
    );
    await new Promise((resolve) => probe.close(resolve));
    writeEngineFile(home, infoOf({ port }));
    await expect(connectToEngine(home, 'view')).rejects.toMatchObject({ code: 'not_found' });
    expect(existsSync(engineFilePath(home))).toBe(false);
  });

  test('keeps the file of an engine that refuses the key or stays silent: it may be a live one', async () => {
    const info = await runEngine(appContract, appHandlers);
    writeEngineFile(home, { ...info, viewToken: 'c'.repeat(64) });
    expect(await readLiveEngine(home)).toBeUndefined();
    await expect(connectToEngine(home, 'view')).rejects.toMatchObject({ code: 'engine_running' });
    expect(existsSync(engineFilePath(home))).toBe(true);
  });

  test('counts an engine of another version as running, and says what to do on connecting', async () => {
    const info = await runEngine(toy, createToyHandlers());
    expect(await readLiveEngine(home)).toStrictEqual(info);
    await expect(connectToEngine(home, 'view')).rejects.toMatchObject({
      name: 'Fault',
      code: 'engine_running',
      message: 'the running engine is of another version',
    });
  });
});
