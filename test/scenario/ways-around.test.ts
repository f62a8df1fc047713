import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { SealedStatus } from '#shared/contract/engine.ts';
import type { Face } from '#shared/contract/faces.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

let test: TestEngine;
const ends: (() => void)[] = [];
beforeEach(async () => {
  test = await startTestEngine();
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await test.close();
});
const as = (face: Face): AppHandlers => {
  const { handlers, end } = test.engine.connect(face, false);
  ends.push(end);
  return handlers;
};
const protect = async (): Promise<void> => {
  await test.engine.handlers['vault.set_passphrase']({ passphrase: PASSPHRASE, recoveryCode: RECOVERY });
};

describe('there is no way around what asks', () => {
  it('for a program: it decides nothing in the name of a face that somebody sits at', async () => {
    const program = as('trade_token');
    expect(await program['mode.set']({ mode: 'semi', by: 'window' })).toMatchObject({ mode: 'semi', by: 'socket' });
    expect(await as('terminal')['mode.set']({ mode: 'manual', by: 'socket' })).toMatchObject({ by: 'terminal' });
    for (const call of ['approvals.approve', 'approvals.edit'] as const)
      await expect((async () => program[call]({ id: 'AP-1', limits: {}, by: 'window' }))()).rejects.toThrow(
        'may not call',
      );
    await expect((async () => program['mode.set']({ mode: 'full', reason: 'mine', by: 'window' }))()).rejects.toThrow(
      'prove that it is you',
    );
  });

  it('for a program: it sends neither questions nor keys to a server of its choice', async () => {
    const remote = { baseUrl: 'https://collect.example.org/v1', model: 'any', key: 'kraken-main' };
    await expect((async () => as('trade_token')['models.remote']({ remote }))()).rejects.toThrow('may not call');
    await protect();
    await expect((async () => as('window')['models.remote']({ remote }))()).rejects.toThrow('prove that it is you');
  });

  it('to the secrets that alerts are sent with: they are no keys of exchanges, and their names are taken', async () => {
    await protect();
    const desk = as('window');
    await desk['access.step_up']({ proof: { kind: 'passphrase', passphrase: PASSPHRASE } });
    await desk['outbound.set']({
      setting: { channel: 'webhook', url: 'https://hooks.example.org/a', least: 'critical', amounts: false },
      secret: 'a-signing-secret',
    });
    expect(await desk['keys.list']({})).toEqual([]);
    const put = async (name: string) => desk['keys.put']({ name, venue: 'kraken', apiKey: 'k', secret: 's' });
    for (const name of ['alert-webhook', 'alert-webhook-2'])
      await expect(put(name)).rejects.toThrow('alerts are sent with');
    await expect((async () => desk['keys.remove']({ name: 'alert-webhook' }))()).rejects.toThrow(
      'alerts are sent with',
    );
    await put('kraken-main');
    expect((await desk['keys.list']({})).map(({ name }) => name)).toEqual(['kraken-main']);
  });

  it('to a venue: whoever sits down at an open window connects no account without a proof', async () => {
    const desk = as('window');
    const add = async () =>
      desk['accounts.add']({
        name: 'kraken-main',
        exchange: 'kraken',
        environment: 'sandbox',
        instruments: ['BTC/USDT'],
      });
    await protect();
    await desk['vault.lock']({ why: 'by hand' });
    await as('terminal')['vault.unlock']({ kind: 'passphrase', passphrase: PASSPHRASE });
    await expect(add()).rejects.toThrow('to connect an exchange account, prove that it is you');
    await desk['access.step_up']({ proof: { kind: 'passphrase', passphrase: PASSPHRASE } });
    await expect(add()).rejects.toThrow('kraken-main');
  });

  it('by hand: in emergency nobody orders, whoever asks and with whatever proof', async () => {
    const desk = as('window');
    await desk['engine.kill']({ reason: 'a test', verb: 'flatten' });
    await desk['access.step_up']({ proof: { kind: 'confirm' } });
    for (const hands of [desk, as('trade_token')]) {
      const order = {
        account: 'simulated',
        instrument: 'BTC/USDT',
        side: 'buy',
        quantity: '0.01',
        stop: '1000',
      } as const;
      await expect((async () => hands['orders.place'](order))()).rejects.toThrow('mode emergency lets nobody');
    }
  });

  it('to the eye: a kill while the faces are locked shows in the tray, by the one thing that they are told', async () => {
    await protect();
    const desk = as('window');
    /** What the tray reads each time that it is told to look. */
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      seen.push((await desk['engine.status']({})).tradingState);
    };
    ends.push(test.engine.events.subscribe('vault.changed', () => void look()));
    await desk['vault.lock']({ why: 'by hand' });
    expect((await desk['engine.status']({})) as SealedStatus).toMatchObject({
      sealed: 'locked',
      tradingState: 'unknown',
    });
    await desk['engine.kill']({ reason: 'a test', verb: 'flatten' });
    await expect.poll(() => seen).toContain('halted');
    expect(await desk['engine.status']({})).toMatchObject({ sealed: 'locked', tradingState: 'halted' });
  });

  it('of a halt that was there before the faces were locked', async () => {
    await protect();
    const desk = as('window');
    await desk['engine.kill']({ reason: 'a test', verb: 'flatten' });
    await desk['vault.lock']({ why: 'by hand' });
    expect(await desk['engine.status']({})).toMatchObject({ sealed: 'locked', tradingState: 'halted' });
  });
});
