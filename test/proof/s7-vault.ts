import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { prepareHome } from '#host/home-folder.ts';
import { setPassphrase } from '#host/vault/change-vault.ts';
import type { Credential } from '#host/vault/credential.ts';
import { openVault } from '#host/vault/open-vault.ts';
import type { VaultOptions } from '#host/vault/vault-options.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { createMemorySecretStore, type MemorySecretStore } from '../support/memory-secret-store.ts';
import { fillHome, PASSPHRASE, RECOVERY, testBootClock, vaultOptions } from '../support/vault.ts';
import { inSession, whyNoKeyring } from '../support/with-keyring.ts';
import type { Proof, ProofRow } from './types.ts';

type Rig = { readonly options: VaultOptions; readonly secrets: MemorySecretStore; readonly header: string };

async function rig(home: string): Promise<Rig> {
  const secrets = createMemorySecretStore();
  const options = vaultOptions(prepareHome(home).home, secrets);
  await fillHome(options);
  await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
  return { options, secrets, header: join(home, 'vault', 'header.json') };
}

/** `opened`, `refused` with words for the owner, or `broke`: anything else. Each try on a machine that was never asked before. */
async function attempt(
  { options }: Rig,
  credential: Credential | undefined,
  more: Partial<VaultOptions> = {},
): Promise<'opened' | 'refused' | 'broke'> {
  try {
    await openVault({ ...options, bootClock: freshClock(), ...more }, credential);
    return 'opened';
  } catch (error) {
    return error instanceof Fault && error.remedy !== '' ? 'refused' : 'broke';
  }
}

let boots = 0;
/** Another start of the machine with all waits over, so that the lockout, which has a proof of its own, stands in no one's way. */
function freshClock() {
  boots += 1;
  const uptime = boots * 1e9;
  return { ...testBootClock(), bootId: () => 'one', uptimeMs: () => uptime };
}

const passphrase = (text: string): Credential => ({ kind: 'passphrase', passphrase: text });
const right: Credential = passphrase(PASSPHRASE);
const recovery: Credential = { kind: 'recovery', code: RECOVERY };

/** One wrong way in, drawn at random; undoes what it changed. */
async function wrongWay(rng: Rng, own: Rig, other: Rig): Promise<'opened' | 'refused' | 'broke'> {
  switch (rng.integer(5)) {
    case 0: {
      const at = rng.integer(PASSPHRASE.length);
      const changed =
        PASSPHRASE.slice(0, at) + String.fromCharCode(33 + rng.integer(90)) + PASSPHRASE.slice(at + 1 + rng.integer(2));
      return attempt(own, passphrase(changed === PASSPHRASE ? `${changed}x` : changed));
    }
    case 1: {
      const code = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, () => rng.integer(256)));
      return attempt(own, { kind: 'recovery', code });
    }
    case 2: {
      const [account = '', secret = ''] = [...own.secrets.entries][0] ?? [];
      const at = rng.integer(secret.length);
      const digit = ((Number.parseInt(secret.charAt(at), 16) + 1 + rng.integer(15)) % 16).toString(16);
      own.secrets.entries.set(account, secret.slice(0, at) + digit + secret.slice(at + 1));
      const answer = await attempt(own, right);
      own.secrets.entries.set(account, secret);
      return answer;
    }
    case 3:
      return withHeader(
        own,
        (text) => swapped(text, readFileSync(other.header, 'utf8'), rng),
        rng.integer(2) === 0 ? right : recovery,
      );
    default:
      own.secrets.lock();
      try {
        return await attempt(own, right);
      } finally {
        own.secrets.unlock();
      }
  }
}

/** A box of another slot or of another vault in the place of a slot's own. */
function swapped(text: string, foreign: string, rng: Rng): string {
  type Header = { slots: { box: unknown }[] };
  const [mine, theirs] = [JSON.parse(text) as Header, JSON.parse(foreign) as Header];
  const from = rng.integer(2) === 0 ? mine.slots.toReversed() : theirs.slots;
  const slots = mine.slots.map((slot, index) => ({ ...slot, box: from[index]?.box }));
  return `${JSON.stringify({ ...mine, slots }, null, 2)}\n`;
}

async function withHeader(own: Rig, change: (text: string) => string, credential: Credential) {
  const good = readFileSync(own.header, 'utf8');
  writeFileSync(own.header, change(good));
  try {
    return await attempt(own, credential);
  } finally {
    writeFileSync(own.header, good);
  }
}

/** Every bit of the header, or as many as wanted, spread evenly. */
async function flips(
  own: Rig,
  most: number,
): Promise<{ readonly opened: number; readonly broke: number; readonly n: number; readonly of: number }> {
  const good = readFileSync(own.header);
  const of = good.length * 8;
  const n = Math.min(of, most);
  let [opened, broke] = [0, 0];
  for (let i = 0; i < n; i++) {
    const bit = Math.floor((i * of) / n);
    const bad = Buffer.from(good);
    bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(own.header, bad);
    const answer = await attempt(own, recovery);
    if (answer === 'opened') opened += 1;
    if (answer === 'broke') broke += 1;
  }
  writeFileSync(own.header, good);
  return { opened, broke, n, of };
}

/** Wrong passphrase, keychain, slot, header and keyring never open a vault, and never begin one anew. */
export const s7: Proof = {
  id: 'S7',
  title: 'a vault opens for its owner alone',
  async run({ size, seed, scratch, say }) {
    const rng = createRng(seed);
    const [own, other] = [await rig(join(scratch, 'own')), await rig(join(scratch, 'other'))];
    const wanted = size === 'ci' ? 2_000 : 20_000;
    const counts = { opened: 0, refused: 0, broke: 0 };
    for (let i = 0; i < wanted; i++) counts[await wrongWay(rng, own, other)] += 1;
    say(`${wanted} wrong ways tried`);
    const still = (await attempt(own, right)) === 'opened' && (await attempt(own, recovery)) === 'opened';
    const flipped = await flips(own, size === 'ci' ? 4_000 : Number.POSITIVE_INFINITY);
    say(`${flipped.n} bits flipped`);
    // Planted: a hash that does not look at the passphrase, and a change that changes nothing. Both must be counted as opened.
    const deaf = { derive: async () => Buffer.alloc(32) };
    const planted = await rig(join(scratch, 'planted'));
    const weak = { ...planted, options: { ...planted.options, hash: deaf } };
    await resetWith(weak, join(scratch, 'weak'));
    const ignored = await attempt(
      { ...weak, options: { ...weak.options, home: join(scratch, 'weak') } },
      passphrase('anything at all'),
    );
    const unchanged = await withHeader(own, (text) => text, recovery);
    return {
      kind: 'ran',
      rows: [
        {
          what: `wrong passphrase, code, keychain secret, swapped slot or locked keyring: opened, or ended without a remedy; seed ${seed}`,
          goal: '0, 0',
          measured: `${counts.opened}, ${counts.broke}; the right ways open afterwards: ${still ? 'yes' : 'no'}`,
          n: wanted,
          kind: 'goal',
          met: counts.opened === 0 && counts.broke === 0 && still,
        },
        {
          what: `bits of the header flipped (of ${flipped.of}): opened, or ended without a remedy`,
          goal: '0, 0',
          measured: `${flipped.opened}, ${flipped.broke}`,
          n: flipped.n,
          kind: 'goal',
          met: flipped.opened === 0 && flipped.broke === 0,
        },
        {
          what: 'control: a hash that ignores the passphrase, and a header changed by nothing, are seen to open',
          goal: 'both',
          measured: `${ignored}, ${unchanged}`,
          n: 2,
          kind: 'control',
          met: ignored === 'opened' && unchanged === 'opened',
        },
        await onRealKeyring(join(scratch, 'real')),
      ],
    };
  },
};

async function resetWith({ options }: Rig, home: string): Promise<void> {
  const fresh = { ...options, home: prepareHome(home).home };
  await fillHome(fresh);
  await setPassphrase(fresh, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
}

/** ok, locked, another keyring, no daemon, no bus, killed midway: what each state must answer, step by step. */
async function onRealKeyring(scratch: string): Promise<ProofRow> {
  const why = whyNoKeyring();
  const row = {
    what: 'states of a real gnome-keyring: ok, locked, another one, no daemon, no bus, killed midway',
    goal: 'each as it must',
    kind: 'goal',
  } as const;
  if (why !== undefined) return { ...row, measured: why, n: 0, kind: 'figure', met: true };
  const home = prepareHome(scratch).home;
  const header = (): string => readFileSync(join(home, 'vault', 'header.json'), 'utf8');
  const shape = (said: readonly unknown[]): string =>
    said
      .map((one) =>
        typeof one === 'object' && one !== null && 'fault' in one
          ? 'locked'
          : typeof one === 'object' && one !== null && 'slot' in one
            ? 'opened'
            : '-',
      )
      .join(' ');
  const wrong: string[] = [];
  const expectShape = async (
    name: string,
    session: 'keyring' | 'bus' | 'nothing',
    steps: readonly string[],
    wanted: string,
  ): Promise<void> => {
    const got = shape(await inSession(session, home, steps));
    if (got !== wanted) wrong.push(`${name}: ${got}`);
  };
  await expectShape(
    'ok, then locked, then killed',
    'keyring',
    ['vault', 'protect', 'unlock', 'wrong', 'lock', 'unlock', 'vault', 'recover', 'die', 'unlock', 'recover'],
    'opened - opened locked - locked locked opened - locked opened',
  );
  const before = header();
  for (const session of ['keyring', 'bus', 'nothing'] as const)
    await expectShape(`another session (${session})`, session, ['unlock', 'vault', 'recover'], 'locked locked opened');
  if (header() !== before) wrong.push('the header was changed');
  return { ...row, measured: wrong.length === 0 ? 'each as it must' : wrong.join('; '), n: 6, met: wrong.length === 0 };
}
