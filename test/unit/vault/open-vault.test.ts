import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { prepareHome } from '#host/home-folder.ts';
import { type OpenedVault, openVault } from '#host/vault/open-vault.ts';
import { createMemorySecretStore, type MemorySecretStore } from '../../support/memory-secret-store.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder();
let home = '';
beforeEach(() => {
  folder = tempFolder();
  home = prepareHome(join(folder.path, 'home')).home;
});
afterEach(() => folder.remove());

const file = (name: string): string => join(home, 'vault', name);
const rng = createRng(5);
const randomBytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => rng.integer(256)));
const open = (secrets: MemorySecretStore): Promise<OpenedVault> =>
  openVault({ home, secrets, now: () => 1_732_000_000_000, randomBytes });
const header = (): Record<string, unknown> =>
  JSON.parse(readFileSync(file('header.json'), 'utf8')) as Record<string, unknown>;
/** Every file of the vault with its bytes, to see that nothing was touched. */
const snapshot = (): readonly string[] =>
  readdirSync(join(home, 'vault'))
    .sort()
    .map((name) => `${name} ${readFileSync(file(name)).toString('hex')}`);

async function expectRefused(secrets: MemorySecretStore, code: string, says: string): Promise<void> {
  const [files, entries] = [snapshot(), [...secrets.entries]];
  await expect(open(secrets)).rejects.toMatchObject({
    name: 'Fault',
    code,
    message: expect.stringContaining(says),
    remedy: expect.stringMatching(/\w+/),
  });
  expect(snapshot()).toEqual(files);
  expect([...secrets.entries]).toEqual(entries);
}

describe('a vault with a keychain', () => {
  it('keeps its key there and nowhere on the disk', async () => {
    const secrets = createMemorySecretStore();
    const first = await open(secrets);
    expect(first).toMatchObject({ slot: 'open_keychain', created: true });
    expect(first.label).toContain('keychain');
    expect(first.keys.db).toHaveLength(32);
    expect(readdirSync(join(home, 'vault'))).toEqual(['header.json']);
    expect(statSync(file('header.json')).mode & 0o777).toBe(0o600);
    const [secret = ''] = secrets.entries.values();
    const text = readFileSync(file('header.json'), 'utf8');
    for (const hidden of [secret, first.keys.db.toString('hex'), first.keys.db.toString('base64')])
      expect(text).not.toContain(hidden);
    // The database key is derived, not the stored key itself.
    expect(first.keys.db.toString('hex')).not.toBe(secret);
  });

  it('gives the same key at every start', async () => {
    const secrets = createMemorySecretStore();
    const first = await open(secrets);
    const before = snapshot();
    const second = await open(secrets);
    expect(second).toMatchObject({ created: false, vaultId: first.vaultId, slot: 'open_keychain' });
    expect(second.keys.db.equals(first.keys.db)).toBe(true);
    expect(snapshot()).toEqual(before);
  });

  it('says locked when the keyring is locked, and never starts anew', async () => {
    const secrets = createMemorySecretStore();
    const first = await open(secrets);
    secrets.lock();
    await expectRefused(secrets, 'locked', 'does not give it');
    secrets.unlock();
    expect((await open(secrets)).keys.db.equals(first.keys.db)).toBe(true);
  });

  it('says locked when the keyring was emptied', async () => {
    const secrets = createMemorySecretStore();
    await open(secrets);
    secrets.entries.clear();
    await expectRefused(secrets, 'locked', 'emptied');
  });

  it('refuses an entry that is no key, and the key of another vault', async () => {
    const secrets = createMemorySecretStore();
    await open(secrets);
    const [account = ''] = secrets.entries.keys();
    secrets.entries.set(account, 'hello');
    await expectRefused(secrets, 'locked', 'holds no key');
    secrets.entries.set(account, 'ab'.repeat(32));
    await expectRefused(secrets, 'locked', 'fingerprint');
  });

  it('lets two data folders share one keychain', async () => {
    const secrets = createMemorySecretStore();
    const first = await open(secrets);
    home = prepareHome(join(folder.path, 'second')).home;
    const second = await open(secrets);
    expect(second.keys.db.equals(first.keys.db)).toBe(false);
    expect(secrets.entries.size).toBe(2);
  });
});

describe('a vault without a keychain', () => {
  it('keeps its key in a file that only the user can read, and says so', async () => {
    const secrets = createMemorySecretStore('missing');
    const first = await open(secrets);
    expect(first).toMatchObject({ slot: 'open_file', created: true });
    expect(first.label).toContain('a file that only your user can read');
    expect(statSync(file('open.key')).mode & 0o777).toBe(0o600);
    expect((await open(secrets)).keys.db.equals(first.keys.db)).toBe(true);
    // A keychain that appears later changes nothing by itself.
    expect((await open(createMemorySecretStore())).slot).toBe('open_file');
  });

  it('refuses a missing, garbled or foreign key file without touching anything', async () => {
    const secrets = createMemorySecretStore('missing');
    await open(secrets);
    writeFileSync(file('open.key'), 'cd'.repeat(32));
    await expectRefused(secrets, 'locked', 'fingerprint');
    writeFileSync(file('open.key'), 'nonsense');
    await expectRefused(secrets, 'locked', 'holds no key');
    rmSync(file('open.key'));
    await expectRefused(secrets, 'locked', 'missing');
  });

  it('refuses a key file that others can read', async () => {
    const secrets = createMemorySecretStore('missing');
    await open(secrets);
    chmodSync(file('open.key'), 0o644);
    await expectRefused(secrets, 'storage', 'other users');
  });

  it('falls back to the file when the keychain breaks between probe and use', async () => {
    const flaky = createMemorySecretStore();
    const vault = await openVault({
      home,
      secrets: { ...flaky, get: async () => null },
      now: () => 0,
      randomBytes,
    });
    expect(vault.slot).toBe('open_file');
  });
});

describe('a first start that was interrupted', () => {
  it('takes up the key file that was written before the header', async () => {
    const secrets = createMemorySecretStore('missing');
    const first = await open(secrets);
    rmSync(file('header.json'));
    const second = await open(secrets);
    expect(second.created).toBe(true);
    expect(second.keys.db.equals(first.keys.db)).toBe(true);
  });

  it('moves such a key into the keychain and leaves no readable copy', async () => {
    const first = await open(createMemorySecretStore('missing'));
    rmSync(file('header.json'));
    const second = await open(createMemorySecretStore());
    expect(second.slot).toBe('open_keychain');
    expect(second.keys.db.equals(first.keys.db)).toBe(true);
    expect(existsSync(file('open.key'))).toBe(false);
  });
});

describe('a vault whose parts do not fit', () => {
  it.each(['journal.db', 'market.db', 'journal.db-wal', 'journal.head'])(
    'refuses %s without a header',
    async (name) => {
      writeFileSync(join(home, name), 'data');
      await expectRefused(createMemorySecretStore(), 'storage', name);
      await expectRefused(createMemorySecretStore('missing'), 'storage', 'header');
    },
  );

  it('refuses a newer header', async () => {
    const secrets = createMemorySecretStore();
    await open(secrets);
    writeFileSync(file('header.json'), JSON.stringify({ ...header(), version: 3, more: true }));
    await expectRefused(secrets, 'storage', 'newer version');
  });

  const damage: readonly (readonly [string, (text: string) => string])[] = [
    ['no JSON', (text) => text.slice(0, -10)],
    ['empty', () => ''],
    ['an array', () => '[]'],
    ['without slots', () => JSON.stringify({ ...header(), slots: [] })],
    ['with an unknown slot', () => JSON.stringify({ ...header(), slots: [{ kind: 'wide_open' }] })],
    ['with an unknown member', () => JSON.stringify({ ...header(), key: 'x' })],
    ['with a short fingerprint', () => JSON.stringify({ ...header(), fingerprint: 'ab' })],
  ];
  it.each(damage)('refuses a header that is %s', async (_, change) => {
    const secrets = createMemorySecretStore();
    await open(secrets);
    writeFileSync(file('header.json'), change(readFileSync(file('header.json'), 'utf8')));
    await expectRefused(secrets, 'storage', 'not a vault header');
  });

  it('refuses a flipped bit in any character of the key file', async () => {
    const secrets = createMemorySecretStore('missing');
    await open(secrets);
    const good = readFileSync(file('open.key'));
    for (let at = 0; at < 64; at++) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file('open.key'), bad);
      await expect(open(secrets), `character ${at}`).rejects.toMatchObject({ code: 'locked' });
    }
  });

  it('opens databases that only its own key opens', async () => {
    const secrets = createMemorySecretStore();
    const vault = await open(secrets);
    openTestStorage(home, vault.keys.db).close();
    expect(() => openTestStorage(home)).toThrow(expect.objectContaining({ code: 'locked' }));
    openTestStorage(home, (await open(secrets)).keys.db).close();
  });
});
