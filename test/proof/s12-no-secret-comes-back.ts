import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { codeOf, stepAt } from '#host/access/totp.ts';
import { clientInProcess } from '#host/open-door.ts';
import { ENROLMENT_BYTES, writeEnrolment } from '#shared/authenticator-key.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import { startTestEngine } from '../support/engine.ts';
import { fieldNames } from '../support/field-names.ts';
import { PASSPHRASE, RECOVERY } from '../support/vault.ts';
import type { Proof } from './types.ts';

const PRELOAD = resolve(import.meta.dirname, '../../src/preload/index.ts');
const SECRET_NAME = /pass(word|phrase)|secret|api.?key|recovery.?code|backup.?codes?$|private|mnemonic/i;

/** The page's bridge has three functions, no answer has a field for a secret, and none that was put in comes back. */
export const s12: Proof = {
  id: 'S12',
  title: 'the page cannot read a secret',
  async run({ scratch }) {
    const preload = readFileSync(PRELOAD, 'utf8');
    const exposed = preload.match(/exposeInMainWorld\(/g)?.length ?? 0;
    const keys = [...preload.matchAll(/^ {2}(\w+)(?=\(|:)/gm)].map(([, key = '']) => key).toSorted();
    const bridge = exposed === 1 && keys.join() === 'onFrame,pathOf,send';

    const fields = Object.entries(appContract).flatMap(([name, entry]) =>
      fieldNames(entry.kind === 'call' ? entry.output : entry.payload).map((field) => `${name}: ${field}`),
    );
    const named = fields.filter((field) => SECRET_NAME.test(field.slice(field.indexOf(':'))));

    const running = await startTestEngine({ home: join(scratch, 'home') });
    const client = clientInProcess(running.engine, createRingLogger({ verbose: false }), 'window');
    const { secret, backupCodes } = writeEnrolment(new Uint8Array(ENROLMENT_BYTES).map((_, at) => (at * 7 + 5) & 255));
    const key = { name: 'mine', venue: 'kraken', apiKey: 'canary-api-41', secret: 'canary-secret-42' };
    const canaries = [PASSPHRASE, RECOVERY, secret, ...backupCodes, key.apiKey, key.secret];
    const heard: string[] = [];
    for (const name of ['vault.changed', 'engine.changed'] as const)
      client.on(name, (payload) => heard.push(JSON.stringify(payload)));
    heard.push(
      JSON.stringify(await client.invoke('vault.set_passphrase', { passphrase: PASSPHRASE, recoveryCode: RECOVERY })),
    );
    heard.push(JSON.stringify(await client.invoke('keys.put', key)));
    const code = codeOf(secret, stepAt(Date.now()));
    heard.push(
      JSON.stringify(await client.invoke('access.totp_enroll', { secret, code, asksAtUnlock: false, backupCodes })),
    );
    // Every call that looks, with the smallest input that it takes.
    let asked = 0;
    for (const [name, entry] of Object.entries(appContract)) {
      if (entry.kind !== 'call' || entry.scope !== 'view' || !entry.input.safeParse({}).success) continue;
      if (name.endsWith('.wait')) continue;
      asked += 1;
      const answer = await client.invoke(name as 'engine.status', {}).then(
        (value: unknown) => JSON.stringify(value),
        (error: unknown) => `${name} ${String(error)}`,
      );
      heard.push(answer);
    }
    client.close();
    await running.close();
    const all = heard.join('\n');
    const back = canaries.filter((canary) => all.includes(canary));
    return {
      kind: 'ran',
      rows: [
        {
          what: 'functions that the page gets from the preload script',
          goal: 'onFrame, pathOf and send, exposed once',
          measured: `${keys.join(' and ')}, exposed ${exposed} time(s)`,
          n: 1,
          kind: 'goal',
          met: bridge,
        },
        {
          what: 'fields of answers and events that are named like a secret',
          goal: '0',
          measured: String(named.length),
          n: fields.length,
          kind: 'goal',
          met: named.length === 0,
        },
        {
          what: `secrets put in that came back in any of ${heard.length} answers and events`,
          goal: '0',
          measured: String(back.length),
          n: canaries.length,
          kind: 'goal',
          met: back.length === 0 && asked > 20,
        },
        {
          what: 'control: the name of the key, which may come back, is seen by the same search',
          goal: 'seen',
          measured: all.includes('"mine"') ? 'seen' : 'not seen',
          n: 1,
          kind: 'control',
          met: all.includes('"mine"'),
        },
      ],
    };
  },
};
