import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { clientInProcess } from '#host/open-door.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { withStepUp } from '#shared/transport/with-step-up.ts';
import type { SecretPrompt } from '../../../src/terminal/secrets/ask.ts';
import { proveOnTerminal } from '../../../src/terminal/secrets/ask-proof.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { PASSPHRASE, RECOVERY } from '../../support/vault.ts';

let running: TestEngine;
let client: AppClient;
const logger = createRingLogger({ verbose: false });
beforeEach(async () => {
  running = await startTestEngine();
  client = clientInProcess(running.engine, logger);
});
afterEach(async () => {
  client.close();
  await running.close();
});

/** A person at the keyboard with these answers, or nobody. */
function somebody(answers: readonly string[] | null): SecretPrompt & { readonly heard: string[] } {
  const left = [...(answers ?? [])];
  const heard: string[] = [];
  return {
    heard,
    interactive: answers !== null,
    hidden: (question) => {
      heard.push(question);
      return Promise.resolve(left.shift() ?? '');
    },
    tell: (text) => void heard.push(text),
    lines: () => Promise.resolve([]),
  };
}
const loosen = { changes: { maxOpenOrders: 40 }, reason: 'more instruments' };
const tighten = { changes: { maxOpenOrders: 3 } };
const as = (prompt: SecretPrompt, yes = false): AppClient => withStepUp(client, proveOnTerminal(prompt, yes));

describe('what loosens a limit', () => {
  it('is refused without a proof, asked for once, and repeated by itself', async () => {
    await expect(client.invoke('risk.set_limits', loosen)).rejects.toMatchObject({ reason: 'step_up' });
    const prompt = somebody(['yes']);
    expect((await as(prompt).invoke('risk.set_limits', loosen)).changed).toEqual(['maxOpenOrders']);
    expect(prompt.heard).toEqual([
      'To loosen maxOpenOrders, prove that it is you who asks.',
      'There is no passphrase yet. Type yes to confirm',
    ]);
    // Fresh for a minute: the next change is not asked about.
    await as(prompt).invoke('risk.set_limits', { changes: { maxOpenOrders: 41 }, reason: 'one more' });
    expect(prompt.heard).toHaveLength(2);
    const types = (await running.records()).map(({ type }) => type);
    expect(types.indexOf('access.stepped_up')).toBeLessThan(types.indexOf('risk.limits_changed'));
    expect(await client.invoke('access.log', {})).toMatchObject([
      { what: 'stepped_up', face: 'the terminal', how: 'confirmation' },
    ]);
  });

  it('stays refused where nobody sits, unless it was confirmed beforehand, and tightening is free', async () => {
    const nobody = somebody(null);
    await expect(as(nobody).invoke('risk.set_limits', loosen)).rejects.toMatchObject({ reason: 'step_up' });
    await expect(as(somebody(['no'])).invoke('risk.set_limits', loosen)).rejects.toMatchObject({ reason: 'step_up' });
    await as(nobody, true).invoke('risk.set_limits', loosen);
    await as(nobody).invoke('risk.set_limits', tighten);
  });

  it('needs the passphrase once there is one; a confirmation and --yes are none', async () => {
    await client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    const other = clientInProcess(running.engine, logger);
    await expect(other.invoke('access.step_up', { proof: { kind: 'confirm' } })).rejects.toMatchObject({
      reason: 'refused',
    });
    const asked = withStepUp(other, proveOnTerminal(somebody(['wrong wrong wrong']), true));
    await expect(asked.invoke('risk.set_limits', loosen)).rejects.toMatchObject({ reason: 'locked' });
    const right = withStepUp(other, proveOnTerminal(somebody([PASSPHRASE]), true));
    expect((await right.invoke('risk.set_limits', loosen)).changed).toEqual(['maxOpenOrders']);
    expect((await other.invoke('access.log', {})).map(({ what, how }) => [what, how])).toEqual([
      ['stepped_up', 'passphrase'],
      ['step_up_failed', expect.stringContaining('does not open this vault')],
      ['step_up_failed', expect.stringContaining('no proof once there is a passphrase')],
      ['stepped_up', 'passphrase'],
    ]);
    other.close();
  });

  it('asks anew after a lock, and re-arming after a halt asks too', async () => {
    await client.invoke('engine.kill', { reason: 'test' });
    await client.invoke('engine.resume', { reason: 'free before there is a passphrase' });
    await client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await client.invoke('engine.kill', { reason: 'test' });
    await client.invoke('vault.lock', {});
    const other = clientInProcess(running.engine, logger);
    await other.invoke('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
    await expect(client.invoke('engine.resume', { reason: 'x' })).rejects.toMatchObject({ reason: 'step_up' });
    // Unlocking is a proof, for the connection that did it.
    await other.invoke('engine.resume', { reason: 'x' });
    other.close();
  });
});
