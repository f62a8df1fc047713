import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { codeOf, stepAt } from '#host/access/totp.ts';
import { clientInProcess } from '#host/open-door.ts';
import { ENROLMENT_BYTES, writeEnrolment } from '#shared/authenticator-key.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

const { secret, backupCodes } = writeEnrolment(
  new Uint8Array(ENROLMENT_BYTES).map((_, at) => (at * 7 + (at >> 3)) & 255),
);
const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const code = (offset = 0): string => codeOf(secret, stepAt(Date.now()) + offset);
let running: TestEngine;
let client: AppClient;
const connect = (): AppClient => clientInProcess(running.engine, createRingLogger({ verbose: false }), 'window');

beforeEach(async () => {
  running = await startTestEngine();
  client = connect();
  await expect(
    client.invoke('access.totp_enroll', { secret, code: code(), asksAtUnlock: true, backupCodes }),
  ).rejects.toMatchObject({ reason: 'refused' });
  await client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
  await client.invoke('access.totp_enroll', { secret, code: code(), asksAtUnlock: true, backupCodes });
});
afterEach(async () => {
  client.close();
  await running.close();
});

describe('an engine with an authenticator', () => {
  it('takes its code as the proof, the passphrase no longer, and asks for it before the vault is changed', async () => {
    const other = connect();
    expect(await other.invoke('access.status', {})).toMatchObject({
      needs: 'totp',
      totp: { enrolled: true, backupCodesLeft: 10 },
    });
    await expect(other.invoke('access.step_up', { proof: passphrase })).rejects.toMatchObject({ reason: 'refused' });
    await expect(other.invoke('vault.unattended', { credential: passphrase, on: true })).rejects.toMatchObject({
      reason: 'step_up',
    });
    await expect(other.invoke('access.totp_disable', {})).rejects.toMatchObject({ reason: 'step_up' });
    await other.invoke('access.step_up', { proof: { kind: 'code', code: backupCodes[0] ?? '' } });
    expect(await other.invoke('access.totp_disable', {})).toMatchObject({ needs: 'passphrase' });
    other.close();
  });

  it('opens with passphrase and code only, after a lock and after a restart, and with the recovery code alone', async () => {
    await client.invoke('vault.lock', {});
    await expect(client.invoke('vault.unlock', passphrase)).rejects.toMatchObject({ reason: 'locked' });
    await expect(client.invoke('vault.unlock', { ...passphrase, code: '000000' })).rejects.toThrow('code is wrong');
    expect(await client.invoke('vault.unlock', { ...passphrase, code: code(1) })).toMatchObject({ state: 'unlocked' });
    running = await running.reopen();
    client = connect();
    expect(await client.invoke('vault.status', {})).toMatchObject({
      state: 'sealed',
      asksCode: true,
      environment: null,
      lastEnvironment: 'simulated',
    });
    await expect(client.invoke('vault.unlock', passphrase)).rejects.toThrow('code of the authenticator');
    expect(await client.invoke('vault.status', {})).toMatchObject({ state: 'sealed' });
    await client.invoke('vault.unlock', { ...passphrase, code: backupCodes[1] ?? '' });
    expect(await client.invoke('vault.status', {})).toMatchObject({ state: 'unlocked' });
    await client.invoke('vault.lock', {});
    expect(await client.invoke('vault.unlock', { kind: 'recovery', code: RECOVERY })).toMatchObject({
      state: 'unlocked',
    });
  });

  it('is asked for before a risk is raised, even where the passphrase alone unlocks', async () => {
    await client.invoke('access.step_up', { proof: { kind: 'code', code: backupCodes[3] ?? '' } });
    await client.invoke('access.totp_disable', {});
    await client.invoke('access.totp_enroll', { secret, code: code(1), asksAtUnlock: false, backupCodes });
    await client.invoke('vault.lock', {});
    expect(await client.invoke('vault.unlock', passphrase)).toMatchObject({ state: 'unlocked' });
    expect(await client.invoke('access.status', {})).toMatchObject({ needs: 'totp', freshMs: 0 });
    const raise = () => client.invoke('mode.set', { mode: 'full', reason: 'a test', by: 'window' });
    await expect(raise()).rejects.toMatchObject({ reason: 'step_up' });
    await expect(client.invoke('access.step_up', { proof: passphrase })).rejects.toMatchObject({ reason: 'refused' });
    await expect(raise()).rejects.toMatchObject({ reason: 'step_up' });
    await client.invoke('access.step_up', { proof: { kind: 'code', code: backupCodes[4] ?? '' } });
    expect(await raise()).toMatchObject({ mode: 'full' });
  });

  it('keeps it over a new data key', async () => {
    await client.invoke('access.step_up', { proof: { kind: 'code', code: backupCodes[2] ?? '' } });
    await client.invoke('vault.rotate', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    expect(await client.invoke('access.status', {})).toMatchObject({ needs: 'totp', totp: { backupCodesLeft: 9 } });
  });
});

describe('a sensor of the system', () => {
  /** A finger that is the owner's or not, on a sensor that is there or not. */
  const finger = { there: true, owners: true, asked: 0 };
  const biometrics = {
    name: 'Touch ID',
    available: () => finger.there,
    async verify() {
      finger.asked += 1;
      if (!finger.owners) throw new Error('canceled');
    },
  };
  const proof = { kind: 'biometric' } as const;
  let engine: TestEngine;
  let window: AppClient;
  const raise = () => window.invoke('mode.set', { mode: 'full', reason: 'a test', by: 'window' });

  beforeEach(async () => {
    Object.assign(finger, { there: true, owners: true, asked: 0 });
    engine = await startTestEngine({ biometrics });
    const logger = createRingLogger({ verbose: false });
    window = clientInProcess(engine.engine, logger, 'window');
  });
  afterEach(async () => {
    window.close();
    await engine.close();
  });

  it('is a proof for the window once there is a passphrase, is written down, and unlocks nothing', async () => {
    await expect(window.invoke('access.step_up', { proof })).rejects.toMatchObject({ reason: 'refused' });
    await window.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    expect(await window.invoke('access.status', {})).toMatchObject({ biometric: 'Touch ID' });
    await window.invoke('vault.lock', {});
    await expect(window.invoke('access.step_up', { proof })).rejects.toMatchObject({ reason: 'locked' });
    await window.invoke('vault.unlock', passphrase);
    const again = clientInProcess(engine.engine, createRingLogger({ verbose: false }), 'window');
    await expect(again.invoke('mode.set', { mode: 'full', reason: 'a test', by: 'window' })).rejects.toMatchObject({
      reason: 'step_up',
    });
    await again.invoke('access.step_up', { proof });
    expect(await again.invoke('mode.set', { mode: 'full', reason: 'a test', by: 'window' })).toMatchObject({
      mode: 'full',
    });
    expect(finger.asked).toBe(1);
    expect(await again.invoke('access.log', {})).toContainEqual(
      expect.objectContaining({ what: 'stepped_up', how: 'biometrics' }),
    );
    again.close();
  });

  it('proves nothing when it was not the owner, when it is gone, or to a terminal, which may be far away', async () => {
    await window.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await window.invoke('vault.lock', {});
    await window.invoke('vault.unlock', passphrase);
    window.close();
    window = clientInProcess(engine.engine, createRingLogger({ verbose: false }), 'window');
    finger.owners = false;
    await expect(window.invoke('access.step_up', { proof })).rejects.toThrow('did not see its owner');
    await expect(raise()).rejects.toMatchObject({ reason: 'step_up' });
    finger.owners = true;
    finger.there = false;
    expect(await window.invoke('access.status', {})).toMatchObject({ biometric: null });
    await expect(window.invoke('access.step_up', { proof })).rejects.toThrow('prove nothing here');
    finger.there = true;
    const terminal = clientInProcess(engine.engine, createRingLogger({ verbose: false }), 'terminal');
    await expect(terminal.invoke('access.step_up', { proof })).rejects.toThrow('prove nothing here');
    expect(finger.asked).toBe(1);
    terminal.close();
  });
});
