import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareHome } from '#host/home-folder.ts';
import { setPassphrase } from '#host/vault/change-vault.ts';
import { openVault } from '#host/vault/open-vault.ts';
import { startScript } from '../support/child.ts';
import { createFileSecretStore } from '../support/file-secret-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fillHome, PASSPHRASE, RECORDS, RECOVERY, readHome, vaultOptions } from '../support/vault.ts';

let folder = tempFolder();
const keychainOf = (name: string): string => join(folder.path, name, 'keychain.json');
const homeOf = (name: string): string => join(folder.path, name, 'home');
const optionsOf = (name: string) => vaultOptions(homeOf(name), createFileSecretStore(keychainOf(name)));

beforeAll(async () => {
  folder = tempFolder('mt-vault-crash');
  for (const name of ['open', 'locked']) {
    mkdirSync(join(folder.path, name));
    prepareHome(homeOf(name));
    await fillHome(optionsOf(name));
  }
  await setPassphrase(optionsOf('locked'), { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
});
afterAll(() => folder.remove());

let copies = 0;
const copyOf = (name: string): string => {
  copies += 1;
  const copy = `${name}-${copies}`;
  cpSync(join(folder.path, name), join(folder.path, copy), { recursive: true });
  return copy;
};
const run = (name: string, change: string, killAt: number | 'never') =>
  startScript('change-until-killed.ts', [homeOf(name), keychainOf(name), change, String(killAt)]).finished;
const opensWith = async (name: string, passphrase: string | undefined): Promise<boolean> => {
  const credential = passphrase === undefined ? undefined : ({ kind: 'passphrase', passphrase } as const);
  try {
    const { keys } = await openVault(optionsOf(name), credential);
    expect(readHome(homeOf(name), keys)).toEqual({ records: RECORDS, ok: true });
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'Fault', code: expect.stringMatching(/^(locked|refused)$/) });
    return false;
  }
};

/** What opens the folder before the change, and what after it. */
const CHANGES = [
  { change: 'set', from: 'open', before: undefined, after: PASSPHRASE },
  { change: 'rotate', from: 'locked', before: PASSPHRASE, after: PASSPHRASE },
  { change: 'change', from: 'locked', before: PASSPHRASE, after: 'another passphrase' },
  { change: 'unattended', from: 'locked', before: PASSPHRASE, after: PASSPHRASE },
] as const;

describe('a vault whose change is killed', () => {
  it.each(CHANGES)('opens whole at every step of: $change', async ({ change, from, before, after }) => {
    const finished = await run(copyOf(from), change, 'never');
    expect(finished.stdout).toContain('done');
    const steps = finished.stdout.trim().split('\n').slice(0, -1);
    expect(steps).toContain('committed');
    const seen = { old: 0, fresh: 0 };
    for (const [index, step] of steps.entries()) {
      const name = copyOf(from);
      const { signal, stdout } = await run(name, change, index);
      expect(signal, step).toBe('SIGKILL');
      expect(stdout.trim().split('\n').at(-1)).toBe(step);
      const committed = index >= steps.indexOf('committed');
      expect(await opensWith(name, committed ? after : before), `${change}, killed at ${step}`).toBe(true);
      if (before !== after) expect(await opensWith(name, committed ? before : after), step).toBe(false);
      seen[committed ? 'fresh' : 'old'] += 1;
      // The first start after it leaves nothing of the attempt behind.
      expect(readdirSync(homeOf(name)).filter((file) => file.startsWith('rekey-'))).toEqual([]);
      expect(existsSync(join(homeOf(name), 'vault', 'open.key'))).toBe(false);
      // And the change can be made, or made again.
      if (change === 'set' && !committed) expect((await run(name, change, 'never')).stdout).toContain('done');
    }
    console.log(`${change}: ${steps.length} kills, ${seen.old} opened as before, ${seen.fresh} as after`);
    expect(seen.fresh).toBeGreaterThan(0);
  });
});
