import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareHome } from '#host/home-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { inSession, notRunWithoutKeyring } from '../support/with-keyring.ts';

const absent = notRunWithoutKeyring();
let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
  prepareHome(folder.path);
});
afterEach(() => folder.remove());
const header = (): string => readFileSync(join(folder.path, 'vault', 'header.json'), 'utf8');

describe.skipIf(absent)('the vault on a real keyring', () => {
  it('stores, reads and deletes a secret, and leaves no probe behind', async () => {
    const said = await inSession('keyring', folder.path, [
      'probe',
      'get',
      'set',
      'get',
      'delete',
      'delete',
      'get',
      'entries',
    ]);
    expect(said).toEqual([
      { kind: 'ready', backend: 'Secret Service keyring' },
      { value: null },
      'set',
      { value: 'wert mit Ümlaut 🔑' },
      { deleted: true },
      { deleted: false },
      { value: null },
      { entries: [] },
    ]);
  });

  it('keeps its key in the keyring, and says locked while that is locked', async () => {
    const said = await inSession('keyring', folder.path, [
      'vault',
      'vault',
      'header',
      'lock',
      'get',
      'probe',
      'vault',
      'header',
    ]);
    const [first, second, before, , whileLocked, probe, refused, after] = said;
    expect(first).toMatchObject({ slot: 'open_keychain', created: true });
    expect(second).toEqual({ ...(first as object), created: false });
    expect(whileLocked).toEqual({ value: null });
    expect(probe).toMatchObject({ kind: 'missing', why: expect.stringContaining('locked') });
    expect(refused).toMatchObject({
      fault: 'locked',
      message: expect.stringContaining('locked'),
      remedy: expect.stringContaining('unlock'),
    });
    expect(after).toEqual(before);
    expect(existsSync(join(folder.path, 'vault', 'open.key'))).toBe(false);
  });

  it('says locked in a session with another, empty keyring, and changes nothing', async () => {
    expect(await inSession('keyring', folder.path, ['vault'])).toMatchObject([{ created: true }]);
    const before = header();
    const said = await inSession('keyring', folder.path, ['vault', 'entries']);
    expect(said).toMatchObject([{ fault: 'locked', message: expect.stringContaining('emptied') }, { entries: [] }]);
    expect(header()).toBe(before);
  });

  it.each(['bus', 'nothing'] as const)(
    'says locked when the keyring is gone (%s), and changes nothing',
    async (session) => {
      expect(await inSession('keyring', folder.path, ['vault'])).toMatchObject([{ slot: 'open_keychain' }]);
      const before = header();
      expect(await inSession(session, folder.path, ['vault'])).toMatchObject([{ fault: 'locked' }]);
      expect(header()).toBe(before);
      expect(readdirSync(join(folder.path, 'vault'))).toEqual(['header.json']);
    },
  );

  it.each(['bus', 'nothing'] as const)(
    'starts with the labelled key file where there is no keyring (%s)',
    async (session) => {
      const [probe, first, second] = await inSession(session, folder.path, ['probe', 'vault', 'vault']);
      expect(probe).toMatchObject({
        kind: 'missing',
        remedy: expect.stringContaining('until then the key lies in a file'),
      });
      expect(first).toMatchObject({
        slot: 'open_file',
        created: true,
        label: expect.stringContaining('a file that only your user can read'),
      });
      expect(second).toEqual({ ...(first as object), created: false });
    },
  );

  it('does not wait for ever for a keyring that hangs, and recovers when it answers again', async () => {
    const steps = ['vault', 'hang', 'probe', 'vault', 'resume', 'vault'];
    const [first, , probe, refused, , last] = await inSession('keyring', folder.path, steps, 5000);
    expect(probe).toMatchObject({ kind: 'missing', why: expect.stringContaining('did not answer') });
    expect(refused).toMatchObject({ fault: 'locked' });
    expect(last).toEqual({ ...(first as object), created: false });
  });
});
