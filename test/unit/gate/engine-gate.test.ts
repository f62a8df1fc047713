import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { type EngineGate, openGate } from '#host/gate/engine-gate.ts';
import type { OpenEngine } from '#host/gate/types.ts';
import { prepareHome } from '#host/home-folder.ts';
import type { OpenedVault } from '#host/vault/open-vault.ts';
import { createMemorySecretStore } from '../../support/memory-secret-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { fillHome, PASSPHRASE, RECOVERY, vaultOptions } from '../../support/vault.ts';

let folder = tempFolder();
let happened: string[] = [];
let busy: string | undefined;
let failNextOpen = false;
beforeEach(() => {
  folder = tempFolder();
  [happened, busy, failNextOpen] = [[], undefined, false];
  emitters.clear();
});
afterEach(() => folder.remove());

const keysSeen: Buffer[] = [];
const emitters = new Set<() => void>();
const open = async (vault: OpenedVault): Promise<OpenEngine> => {
  happened.push(`opened by ${vault.slot}`);
  keysSeen.push(vault.keys.db);
  if (failNextOpen) {
    failNextOpen = false;
    throw new Error('a database is damaged');
  }
  return {
    handlers: {
      'cycle.list': () => ['a cycle'],
      'engine.status': () => ({ environment: 'simulated' }),
    } as unknown as OpenEngine['handlers'],
    events: {
      subscribe: (_name, emit) => {
        const listener = (): void => emit({ equity: '10000' } as unknown as Parameters<typeof emit>[0]);
        emitters.add(listener);
        return () => emitters.delete(listener);
      },
    },
    exchangeKeys: {} as OpenEngine['exchangeKeys'],
    noteAccess: ({ type }) => void happened.push(type),
    tokens: { find: () => undefined, stands: () => false },
    halted: () => false,
    busy: () => busy,
    close: async () => void happened.push('closed'),
  };
};
async function gate(onStep?: (step: string) => void): Promise<EngineGate> {
  const home = prepareHome(join(folder.path, 'home'));
  const vault = vaultOptions(home.home, createMemorySecretStore(), onStep === undefined ? {} : { onStep });
  await fillHome(vault);
  return openGate({ version: '0', vault, runDir: home.runDir, logger: createRingLogger({ verbose: false }), open });
}
const protection = { passphrase: PASSPHRASE, recoveryCode: RECOVERY };
const list = (from: EngineGate): unknown => from.handlers['cycle.list']({ limit: 1 });

describe('the gate', () => {
  it('does not close an engine that is busy', async () => {
    const mine = await gate();
    busy = 'a cycle is running';
    await expect(mine.handlers['vault.set_passphrase'](protection)).rejects.toMatchObject({
      code: 'refused',
      message: busy,
    });
    expect(happened).toEqual(['opened by open_keychain']);
    expect(list(mine)).toEqual(['a cycle']);
  });

  it('refuses what cannot be before it closes anything', async () => {
    const mine = await gate();
    await expect(mine.handlers['vault.set_passphrase']({ ...protection, passphrase: 'short' })).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(mine.handlers['vault.rotate'](protection)).rejects.toMatchObject({ code: 'refused' });
    expect(happened).toEqual(['opened by open_keychain']);
  });

  it('opens the engine again when the change failed', async () => {
    const mine = await gate((step) => {
      if (step === 'rewrite market.db') throw new Error('the disk is full');
    });
    await expect(mine.handlers['vault.set_passphrase'](protection)).rejects.toThrow('the disk is full');
    expect(happened).toEqual(['opened by open_keychain', 'closed', 'opened by open_keychain']);
    expect(list(mine)).toEqual(['a cycle']);
    expect(await mine.handlers['vault.status']({})).toMatchObject({ state: 'open' });
  });

  it('is sealed with its reason when the engine does not open after a change', async () => {
    const mine = await gate((step) => {
      failNextOpen = step === 'settle';
    });
    await expect(mine.handlers['vault.set_passphrase'](protection)).rejects.toThrow('damaged');
    expect(await mine.handlers['vault.status']({})).toMatchObject({
      state: 'sealed',
      problem: 'a database is damaged',
    });
    expect(() => list(mine)).toThrow(expect.objectContaining({ code: 'locked' }));
    await mine.handlers['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect(list(mine)).toEqual(['a cycle']);
  });

  it('takes one change after the other, and closes once', async () => {
    const mine = await gate();
    const answers = await Promise.allSettled([1, 2].map(async () => mine.handlers['vault.set_passphrase'](protection)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await Promise.all([mine.close(), mine.close()]);
    await expect(mine.handlers['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('closing'),
    });
    expect(happened.filter((what) => what === 'closed').length).toBe(
      happened.filter((what) => what.startsWith('opened')).length,
    );
  });

  it('tells a listener nothing while the faces are locked, and goes on telling it after an unlock and after a change', async () => {
    const mine = await gate();
    let heard = 0;
    const undo = mine.events.subscribe('engine.changed', () => (heard += 1));
    const news = (): number => {
      heard = 0;
      for (const emit of emitters) emit();
      return heard;
    };
    expect(news()).toBe(1);
    await mine.handlers['vault.set_passphrase'](protection);
    expect(news()).toBe(1);
    await mine.handlers['vault.lock']({ why: 'by hand' });
    expect(news()).toBe(0);
    await mine.handlers['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect(news()).toBe(1);
    undo();
    expect(news()).toBe(0);
    // The gate's own two ears stay: that trading was halted is told while the faces are locked as well, and the environment is noted.
    expect(emitters.size).toBe(2);
  });

  it('wipes the keys that it handed out', async () => {
    await gate();
    expect(keysSeen.every((key) => key.equals(Buffer.alloc(32)))).toBe(true);
    expect(keysSeen.length).toBeGreaterThan(5);
  });
});
