import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { clientInProcess } from '#host/open-door.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { lockWhenIdle } from '../../../src/main/auto-lock.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../../support/vault.ts';

let running: TestEngine;
let client: AppClient;
beforeEach(async () => {
  running = await startTestEngine();
  client = clientInProcess(running.engine, createRingLogger({ verbose: false }), 'window');
});
afterEach(async () => {
  client.close();
  await running.close();
});

describe('a machine that nobody touches', () => {
  it('locks its faces after the minutes that the master chose, says why, and not before', async () => {
    let idle = 0;
    let look = (): void => undefined;
    lockWhenIdle({
      client,
      idleSeconds: () => idle,
      every: (_ms, work) => {
        look = work;
        return () => undefined;
      },
    });
    const stateAfter = async (seconds: number): Promise<string> => {
      idle = seconds;
      look();
      for (let turn = 0; turn < 20; turn++) await client.invoke('vault.status', {});
      return (await client.invoke('vault.status', {})).state;
    };
    const { idleMinutes } = await client.invoke('preferences.get', {});
    const minutes = idleMinutes ?? expect.fail('it locks by default');
    expect(await stateAfter(minutes * 60)).toBe('open');
    await client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    expect(await stateAfter(minutes * 60 - 1)).toBe('unlocked');
    expect(await stateAfter(minutes * 60)).toBe('locked');
    await client.invoke('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
    expect((await client.invoke('access.log', {})).find(({ what }) => what === 'locked')).toMatchObject({
      how: 'idle',
    });
  });
});
