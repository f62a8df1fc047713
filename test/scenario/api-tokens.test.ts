import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { readEngineFile } from '#host/engine-file.ts';
import { type Door, openDoor } from '#host/open-door.ts';
import { openSimulatedMarket } from '#host/simulated-market.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { createClient } from '#shared/transport/client.ts';
import { createSocketPort } from '#shared/transport/socket-port.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

const logger = createRingLogger({ verbose: false });
const newToken = (): string => randomBytes(32).toString('hex');
let test: TestEngine;
let door: Door;
let port: number;
const ends: (() => void)[] = [];

const open = async (): Promise<void> => {
  door = await openDoor({ engine: test.engine, home: test.home, logger });
  port = readEngineFile(test.home)?.port ?? 0;
};
beforeEach(async () => {
  test = await startTestEngine();
  await open();
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await door.close();
  await test.close();
});

/** A call over HTTP, as a program makes it. */
async function call(token: string, name: string, input: unknown = {}): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.text() };
}
async function make(name: string, scope: 'view' | 'trade', expiresAt: number | null = null): Promise<string> {
  const token = newToken();
  await test.engine.handlers['tokens.make']({ name, scope, expiresAt, token });
  return token;
}
const entries = async (): Promise<readonly string[]> =>
  (await test.engine.handlers['access.log']({ limit: 100 })).map(({ what, face }) => `${what} ${face}`);

describe('a token of a program', () => {
  it('opens what its scope holds and nothing more, over HTTP, and the access log names it', async () => {
    const [view, trade] = [await make('dashboard', 'view'), await make('bot', 'trade')];
    expect((await call(view, 'engine.status')).status).toBe(200);
    expect((await call(view, 'engine.halt', { reason: 'x' })).status).toBe(403);
    expect((await call(trade, 'engine.halt', { reason: 'x' })).status).toBe(200);
    for (const closed of ['tokens.list', 'approvals.approve', 'keys.put', 'models.remote'])
      expect((await call(trade, closed)).status, closed).toBeGreaterThanOrEqual(400);
    expect((await call(trade, 'tokens.list')).body).toContain('forbidden');
    expect((await call(newToken(), 'engine.status')).status).toBe(401);
    expect(await entries()).toContain('connected the view token dashboard');
    expect(await entries()).toContain('connected the trade token bot');
  });

  it('is kept as its hash alone, and stands over a restart', async () => {
    const token = await make('dashboard', 'view');
    const kept = (await test.records()).filter(({ type }) => type === 'api_token.made');
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(await test.records())).not.toContain(token);
    expect(JSON.stringify(await test.engine.handlers['tokens.list']({}))).not.toContain(token);
    await door.close();
    test = await test.reopen();
    await open();
    expect((await call(token, 'engine.status')).status).toBe(200);
  });

  it('is worth nothing once it is revoked: not for a call, nor for what is connected and listens', async () => {
    const token = await make('dashboard', 'view');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`);
    const client = createClient(appContract, createSocketPort(socket, token));
    ends.push(() => client.close());
    await client.ready;
    const gone = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    let heard = 0;
    client.on('approvals.changed', () => void (heard += 1));
    client.on('engine.changed', () => void (heard += 1));
    await client.invoke('engine.status', {});
    await test.engine.handlers['tokens.revoke']({ name: 'dashboard' });
    const before = heard;
    await expect(client.invoke('engine.status', {})).rejects.toThrow('was revoked');
    await test.engine.handlers['engine.halt']({ reason: 'news' });
    await gone;
    expect(heard).toBe(before);
    expect((await call(token, 'engine.status')).status).toBe(401);
    // A new one of the same name does not bring the old one back.
    await make('dashboard', 'trade');
    expect((await call(token, 'engine.status')).status).toBe(401);
  });

  it('is worth nothing once it is revoked when the vault is sealed under its connection: no status, no lock, no kill', async () => {
    await door.close();
    await test.close();
    let isBroken = false;
    const folder = tempFolder('mt-tokens');
    ends.push(folder.remove);
    test = await startTestEngine({
      home: folder.path,
      market: (options) => {
        if (isBroken) throw new Error('the market does not open');
        return openSimulatedMarket(options);
      },
    });
    await open();
    const connected = async (name: string) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`);
      const client = createClient(appContract, createSocketPort(socket, await make(name, 'trade')));
      ends.push(() => client.close());
      await client.ready;
      return client;
    };
    const [revoked, standing] = [await connected('revoked'), await connected('standing')];
    await test.engine.handlers['tokens.revoke']({ name: 'revoked' });
    isBroken = true;
    const protect = async () =>
      test.engine.handlers['vault.set_passphrase']({ passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await expect(protect()).rejects.toThrow('the market does not open');

    for (const name of ['engine.status', 'vault.status'] as const)
      await expect(revoked.invoke(name, {}), name).rejects.toThrow('was revoked');
    await expect(revoked.invoke('vault.lock', { why: 'by hand' })).rejects.toThrow('was revoked');
    await expect(revoked.invoke('engine.kill', { verb: 'flatten', reason: 'mine' })).rejects.toThrow('was revoked');
    expect(await standing.invoke('engine.status', {})).toMatchObject({ sealed: 'sealed', tradingState: 'unknown' });
    // Whoever stood when it was sealed keeps the kill switch, as before.
    await standing.invoke('engine.kill', { verb: 'flatten', reason: 'a test' });
    expect(await standing.invoke('engine.status', {})).toMatchObject({ sealed: 'sealed', tradingState: 'halted' });
  });

  it('ends by itself, to the moment', async () => {
    const soon = Date.now() + 60_000;
    const token = await make('short', 'view', soon);
    expect((await call(token, 'engine.status')).status).toBe(200);
    const { programOf } = test.engine;
    expect(programOf(token)?.token.stands()).toBe(true);
    await expect(make('late', 'view', Date.now() - 1)).rejects.toThrow('lies in the past');
    await expect(make('short', 'view')).rejects.toThrow('there is a token short already');
  });

  it('needs a proof to be made once there is a passphrase, and none to be revoked; sealed, it opens nothing', async () => {
    const { handlers } = test.engine;
    await handlers['vault.set_passphrase']({ passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    const asker = test.engine.connect('window', false).handlers;
    const wanted = { name: 'bot', scope: 'trade', expiresAt: null, token: newToken() } as const;
    await expect((async () => asker['tokens.make'](wanted))()).rejects.toThrow('prove that it is you');
    await asker['access.step_up']({ proof: { kind: 'passphrase', passphrase: PASSPHRASE } });
    await asker['tokens.make'](wanted);
    await handlers['vault.lock']({ why: 'by hand' });
    expect((await call(wanted.token, 'portfolio.get')).body).toContain('locked');
    await handlers['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    await door.close();
    test = await test.reopen();
    await open();
    expect((await call(wanted.token, 'engine.status')).status).toBe(401);
  });
});
