import { afterEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { serveEngine } from '#host/open-door.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { createClient } from '#shared/transport/client.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { formsOf } from '../support/find-secrets.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';

let running: TestEngine | undefined;
afterEach(() => running?.close());

const key = {
  name: 'frames',
  venue: 'kraken',
  apiKey: 'canaryFrameApiKey81',
  secret: 'canaryFrameSecret82',
  password: 'canaryFrameThird83',
};
const WRONG = 'canary wrong passphrase';
const NEXT = 'canary next passphrase';
const SECRETS = [PASSPHRASE, RECOVERY, RECOVERY.replaceAll('-', ''), NEXT, WRONG, key.apiKey, key.secret, key.password];

describe('the frames of the contract', () => {
  it('carry no secret towards a face or a log, whatever is set, changed, refused or asked', async () => {
    running = await startTestEngine();
    const logger = createRingLogger({ verbose: false });
    const pair = createPortPair();
    const down: unknown[] = [];
    serveEngine(
      running.engine,
      {
        ...pair.host,
        send(frame) {
          down.push(structuredClone(frame));
          pair.host.send(frame);
        },
      },
      { face: 'window' },
      logger,
    );
    const client = createClient(appContract, pair.client);
    const refused = (work: Promise<unknown>): Promise<void> =>
      work.then(
        () => expect.fail('it was not refused'),
        () => undefined,
      );
    const passphrase = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    for (const name of ['vault.changed', 'engine.changed', 'cycle.changed', 'portfolio.changed'] as const)
      client.on(name, () => undefined);
    await refused(client.invoke('keys.put', key));
    await refused(client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: `${RECOVERY}X` }));
    await client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await client.invoke('keys.put', key);
    await refused(client.invoke('keys.put', { ...key, venue: 'binance' }));
    // Too long and of a wrong type: what the validation says must not repeat the value.
    await refused(client.invoke('keys.put', { ...key, secret: key.secret.repeat(1000) }));
    await refused(client.invoke('vault.unlock', { kind: 'passphrase', passphrase: [PASSPHRASE] } as never));
    await client.invoke('keys.list', {});
    await client.invoke('vault.lock', {});
    await refused(client.invoke('vault.unlock', { kind: 'passphrase', passphrase: WRONG }));
    await refused(client.invoke('vault.unlock', { kind: 'recovery', code: RECOVERY.slice(5) }));
    await client.invoke('vault.unlock', { kind: 'recovery', code: RECOVERY });
    await refused(
      client.invoke('vault.change_passphrase', {
        credential: { kind: 'passphrase', passphrase: WRONG },
        passphrase: NEXT,
      }),
    );
    await client.invoke('vault.rotate', { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    await client.invoke('vault.unattended', { credential: passphrase, on: true });
    await client.invoke('vault.change_passphrase', { credential: passphrase, passphrase: NEXT });
    await client.invoke('mode.set', { mode: 'full', reason: 'a test' });
    await running.press();
    await client.invoke('audit.list', { limit: 500 });
    await client.invoke('engine.status', {});
    await client.invoke('keys.remove', { name: key.name });
    expect(down.length).toBeGreaterThan(25);
    const said = Buffer.from(JSON.stringify([down, logger.recent()]));
    const found = SECRETS.flatMap((secret) =>
      formsOf(secret)
        .filter(({ bytes }) => said.includes(bytes))
        .map(({ name }) => `${secret} as ${name}`),
    );
    expect(found).toEqual([]);
    // Nor the keys themselves, in the keychain's text form.
    for (const secret of running.secrets.entries.values()) expect(said.includes(secret)).toBe(false);
    // The same search sees what is there.
    expect(said.includes(formsOf('kraken')[0]?.bytes ?? expect.fail())).toBe(true);
  });
});
