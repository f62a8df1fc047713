import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { clientInProcess } from '#host/open-door.ts';
import { type AppClient, appContract } from '#shared/contract/app-contract.ts';
import { isSealed } from '#shared/contract/engine.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

let running: TestEngine | undefined;
let client: AppClient;
const logger = createRingLogger({ verbose: false });
const start = async (from?: TestEngine): Promise<TestEngine> => {
  running = from === undefined ? await startTestEngine() : await from.reopen();
  client = clientInProcess(running.engine, logger);
  return running;
};
beforeEach(() => start());
afterEach(() => running?.close());

const protection = { passphrase: PASSPHRASE, recoveryCode: RECOVERY };
const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const state = async (): Promise<VaultStatus['state']> => (await client.invoke('vault.status', {})).state;
const locked = expect.objectContaining({ code: 'rejected', reason: 'locked', remedy: expect.stringMatching(/unlock/) });
/** Calls that answer whatever the vault is; every other one of the contract must not. */
const ALWAYS: ReadonlySet<string> = new Set([
  'vault.status',
  'vault.unlock',
  'engine.status',
  'engine.kill',
  'vault.lock',
]);
const INPUTS: { readonly [name: string]: unknown } = {
  'vault.set_passphrase': protection,
  'vault.rotate': protection,
  'vault.change_passphrase': { credential: passphrase, passphrase: 'another passphrase' },
  'vault.new_recovery': { credential: passphrase, recoveryCode: RECOVERY },
  'vault.unattended': { credential: passphrase, on: true },
};

/** Asks every call of the contract through its handler, past the validation, and answers those that were not refused as locked. */
async function notRefused({ engine }: TestEngine): Promise<readonly string[]> {
  const answered: string[] = [];
  for (const [name, entry] of Object.entries(appContract)) {
    if (entry.kind !== 'call' || ALWAYS.has(name)) continue;
    const handler = (engine.handlers as unknown as Record<string, (input: unknown) => unknown>)[name];
    try {
      await handler?.(INPUTS[name] ?? {});
      answered.push(name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'locked'))
        answered.push(`${name}: ${String(error)}`);
    }
  }
  return answered;
}

describe('an engine with a passphrase', () => {
  it('works before there is one, and goes on after it was set, with the same journal under another key', async () => {
    const { press, records, home } = running ?? expect.fail();
    expect(await state()).toBe('open');
    const cycle = await press();
    const before = await records();
    const changes: string[] = [];
    client.on('vault.changed', (status) => changes.push(status.state));
    expect(await client.invoke('vault.set_passphrase', protection)).toMatchObject({
      state: 'unlocked',
      slots: ['unlock', 'recovery'],
    });
    expect(changes).toEqual(['changing', 'unlocked']);
    // From here on there is something to protect: agents ask before they begin, and whoever typed the passphrase has proved themselves.
    const after = await records();
    expect(after.slice(0, -2)).toEqual(before);
    expect(after.slice(-2).map(({ type }) => type)).toEqual(['mode.changed', 'access.stepped_up']);
    expect(await client.invoke('mode.get', {})).toMatchObject({ mode: 'semi', by: 'engine' });
    expect(await client.invoke('audit.verify', {})).toMatchObject({ ok: true, records: before.length + 2 });
    await client.invoke('mode.set', { mode: 'full', reason: 'a test' });
    expect((await client.invoke('cycle.get', { cycle: cycle.cycle }))?.runId).toBe(cycle.runId);
    // Events of the engine that was opened anew reach the listener of the one before.
    const told = new Promise((resolve) => client.on('cycle.changed', resolve));
    await press();
    expect(await told).toMatchObject({ cycle: cycle.cycle + 1 });
    expect(await client.invoke('engine.status', {})).toMatchObject({ protection: { slot: 'unlock', protected: true } });
    expect(existsSync(join(home, 'vault', 'open.key'))).toBe(false);
  });

  it('starts sealed, tells and does nothing, and opens whole with the passphrase', async () => {
    const first = running ?? expect.fail();
    await first.press();
    const before = await first.records();
    await client.invoke('vault.set_passphrase', protection);
    const sealed = await start(first);
    expect(await state()).toBe('sealed');
    expect(await notRefused(sealed)).toEqual([]);
    await expect(client.invoke('cycle.list', { limit: 3 })).rejects.toThrow(locked);
    const status = await client.invoke('engine.status', {});
    expect(isSealed(status) && status).toMatchObject({
      sealed: 'sealed',
      tradingState: 'unknown',
      protection: { slot: 'unlock' },
    });
    await expect(client.invoke('vault.unlock', { kind: 'passphrase', passphrase: 'wrong' })).rejects.toThrow(
      expect.objectContaining({ reason: 'locked', message: expect.stringContaining('4 more') }),
    );
    expect(await client.invoke('vault.unlock', passphrase)).toMatchObject({ state: 'unlocked', attempts: { left: 5 } });
    expect((await sealed.records()).slice(0, before.length)).toEqual(before);
    expect(await client.invoke('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('opens with the recovery code while the keyring is locked, and says what is wrong before', async () => {
    const first = running ?? expect.fail();
    await client.invoke('vault.set_passphrase', protection);
    first.secrets.lock();
    await start(first);
    expect(await client.invoke('vault.status', {})).toMatchObject({
      state: 'sealed',
      problem: expect.stringContaining('locked or was emptied'),
      remedy: expect.stringContaining('recovery code'),
    });
    await expect(client.invoke('vault.unlock', passphrase)).rejects.toThrow(
      expect.objectContaining({ reason: 'locked', remedy: expect.stringContaining('unlock the keyring') }),
    );
    expect(
      await client.invoke('vault.unlock', { kind: 'recovery', code: RECOVERY.toLowerCase().replaceAll('-', ' ') }),
    ).toMatchObject({ state: 'unlocked' });
  });

  it('can be killed while it is sealed, and obeys when the vault opens', async () => {
    const first = running ?? expect.fail();
    await client.invoke('vault.set_passphrase', protection);
    await start(first);
    expect(await client.invoke('engine.kill', { reason: 'bad news' })).toMatchObject({
      tradingState: 'halted',
      alreadyHalted: false,
      steps: [{ done: true }, { done: false }],
    });
    expect(await client.invoke('engine.kill', { reason: 'again' })).toMatchObject({ alreadyHalted: true });
    expect(await client.invoke('engine.status', {})).toMatchObject({
      sealed: 'sealed',
      tradingState: 'halted',
      haltReason: expect.stringContaining('while the vault was sealed'),
    });
    await client.invoke('vault.unlock', passphrase);
    expect(await client.invoke('engine.status', {})).toMatchObject({
      tradingState: 'halted',
      haltReason: expect.stringContaining('while the vault was sealed'),
    });
    await expect(client.invoke('cycle.start', { trigger: 'terminal' })).rejects.toThrow(
      expect.objectContaining({ reason: 'halted' }),
    );
  });

  it('locks the faces while it goes on: no call, no event, but the kill switch', async () => {
    const engine = running ?? expect.fail();
    await expect(client.invoke('vault.lock', {})).rejects.toThrow(expect.objectContaining({ reason: 'refused' }));
    await client.invoke('vault.set_passphrase', protection);
    let heard = 0;
    for (const name of ['cycle.changed', 'engine.changed', 'portfolio.changed', 'market.candle'] as const)
      client.on(name, () => (heard += 1));
    const cycle = await client.invoke('cycle.start', { trigger: 'terminal' });
    expect(await client.invoke('vault.lock', {})).toMatchObject({ state: 'locked' });
    heard = 0;
    expect(await notRefused(engine)).toEqual([]);
    expect(await client.invoke('engine.status', {})).toMatchObject({ sealed: 'locked' });
    await expect(client.invoke('vault.unlock', { kind: 'passphrase', passphrase: 'wrong' })).rejects.toThrow(
      expect.objectContaining({ reason: 'locked' }),
    );
    expect(await state()).toBe('locked');
    expect(await client.invoke('engine.kill', { reason: 'from a locked window' })).toMatchObject({
      tradingState: 'halted',
    });
    expect(heard).toBe(0);
    await client.invoke('vault.unlock', passphrase);
    expect(await client.invoke('engine.status', {})).toMatchObject({ tradingState: 'halted' });
    // The cycle that ran went on behind the lock, to its end.
    expect((await client.invoke('cycle.wait', { cycle: cycle.cycle })).state).not.toBe('running');
  });

  it('changes passphrase, key, recovery code and the unattended start, each with its proof', async () => {
    const first = running ?? expect.fail();
    await client.invoke('vault.set_passphrase', protection);
    const wrong = { kind: 'passphrase', passphrase: 'wrong' } as const;
    for (const attempt of [
      () => client.invoke('vault.change_passphrase', { credential: wrong, passphrase: 'another passphrase' }),
      () => client.invoke('vault.unattended', { credential: wrong, on: true }),
      () => client.invoke('vault.rotate', { ...protection, passphrase: 'wrong wrong wrong' }),
    ])
      await expect(attempt()).rejects.toThrow(
        expect.objectContaining({ reason: 'locked', message: expect.stringContaining('does not open') }),
      );
    await expect(client.invoke('vault.set_passphrase', protection)).rejects.toThrow(
      expect.objectContaining({ reason: 'refused' }),
    );
    expect(await state()).toBe('unlocked');
    await client.invoke('vault.rotate', protection);
    await client.invoke('vault.change_passphrase', { credential: passphrase, passphrase: 'another passphrase' });
    const code = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, () => 77));
    const now = { kind: 'passphrase', passphrase: 'another passphrase' } as const;
    await client.invoke('vault.new_recovery', { credential: now, recoveryCode: code });
    expect(await client.invoke('vault.unattended', { credential: now, on: true })).toMatchObject({
      label: expect.stringContaining('by itself'),
    });
    const second = await start(first);
    expect(await state()).toBe('unlocked');
    // Without its keychain it waits for its owner, and says why.
    second.secrets.lock();
    const third = await start(second);
    expect(await client.invoke('vault.status', {})).toMatchObject({
      state: 'sealed',
      problem: expect.stringContaining('second part'),
    });
    await client.invoke('vault.unlock', { kind: 'recovery', code });
    third.secrets.unlock();
    await client.invoke('vault.unattended', { credential: now, on: false });
    await start(third);
    expect(await state()).toBe('sealed');
  });
});

describe('exchange keys', () => {
  const key = {
    name: 'kraken-main',
    venue: 'kraken',
    apiKey: 'canary-api-key-71',
    secret: 'canary-secret-72',
    password: 'canary-third-73',
  };

  it('are refused before there is a passphrase, and go one way afterwards', async () => {
    await expect(client.invoke('keys.put', key)).rejects.toThrow(
      expect.objectContaining({ reason: 'refused', remedy: expect.stringContaining('set-passphrase') }),
    );
    expect(await client.invoke('keys.list', {})).toEqual([]);
    await client.invoke('vault.set_passphrase', protection);
    expect(await client.invoke('keys.put', key)).toEqual({ done: 'added' });
    expect(await client.invoke('keys.put', { name: key.name, venue: key.venue })).toEqual({ done: 'changed' });
    await expect(client.invoke('keys.put', { ...key, secret: '' })).rejects.toThrow(
      expect.objectContaining({ code: 'bad_request' }),
    );
    const list = await client.invoke('keys.list', {});
    expect(list).toEqual([{ name: 'kraken-main', venue: 'kraken', addedAt: expect.any(Number) }]);
    const first = running ?? expect.fail();
    await start(first);
    await client.invoke('vault.unlock', passphrase);
    expect(await client.invoke('keys.list', {})).toEqual(list);
    expect(await client.invoke('keys.remove', { name: key.name })).toEqual({ removed: true });
    expect(await client.invoke('keys.list', {})).toEqual([]);
    expect(readFileSync(join(first.home, 'vault', 'exchange-keys.json'), 'utf8')).not.toContain('canary');
  });
});
