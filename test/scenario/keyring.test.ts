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

describe.skipIf(absent)('a passphrase together with a real keyring', () => {
  const opened = (slot: string) => expect.objectContaining({ slot, created: false });
  const locked = (says: string) => expect.objectContaining({ fault: 'locked', message: expect.stringContaining(says) });

  it('opens with both, with the recovery code, and with no wrong passphrase; the open key is gone from the keyring', async () => {
    const steps = ['vault', 'protect', 'unlock', 'wrong', 'recover', 'vault', 'entries'];
    const [first, slots, unlocked, wrong, recovered, without, entries] = await inSession('keyring', folder.path, steps);
    expect(slots).toEqual({ slots: ['unlock', 'recovery'] });
    expect(unlocked).toEqual(opened('unlock'));
    expect(wrong).toEqual(locked('does not open'));
    expect(recovered).toEqual(opened('recovery'));
    expect((recovered as { key: string }).key).toBe((unlocked as { key: string }).key);
    expect((unlocked as { key: string }).key).not.toBe((first as { key: string }).key);
    expect(without).toEqual(locked('locked by a passphrase'));
    expect(entries).toEqual({ entries: [expect.any(String)] });
  });

  it('stays locked while the keyring is, changes nothing, and opens by the code alone', async () => {
    const steps = ['vault', 'protect', 'header', 'lock', 'unlock', 'unlock', 'change', 'header', 'recover'];
    const [, , before, , once, twice, change, after, recovered] = await inSession('keyring', folder.path, steps);
    expect([once, twice]).toEqual([locked('locked'), locked('locked')]);
    expect(change).toMatchObject({ fault: 'refused', remedy: expect.stringContaining('unlock the keyring') });
    expect(after).toEqual(before);
    expect(recovered).toEqual(opened('recovery'));
  });

  it.each(['keyring', 'bus', 'nothing'] as const)(
    'is locked in another session (%s), never begun anew, and opens by the code',
    async (session) => {
      await inSession('keyring', folder.path, ['vault', 'protect']);
      const before = header();
      const said = await inSession(session, folder.path, ['unlock', 'vault', 'recover']);
      expect(said).toEqual([locked('second part'), locked('locked by a passphrase'), opened('recovery')]);
      expect(header()).toBe(before);
    },
  );

  it('survives a keyring that is killed midway: while it is used, and in the middle of the change', async () => {
    const [, , first, , gone, recovered] = await inSession('keyring', folder.path, [
      'vault',
      'protect',
      'unlock',
      'die',
      'unlock',
      'recover',
    ]);
    expect(first).toEqual(opened('unlock'));
    expect(gone).toEqual(locked('second part'));
    expect(recovered).toEqual(opened('recovery'));
    const other = tempFolder('mt-keyring');
    try {
      prepareHome(other.path);
      const said = await inSession('keyring', other.path, ['vault', 'protect-and-die', 'unlock', 'recover']);
      // The secret was in the keyring before; the new key holds, and the paper opens it.
      expect(said[1]).toEqual({ slots: ['unlock', 'recovery'] });
      expect(said[2]).toEqual(locked('second part'));
      expect(said[3]).toEqual(opened('recovery'));
    } finally {
      other.remove();
    }
  });
});

describe.skipIf(absent)('the journal with a real keyring as its witness', () => {
  it('is whole, and an older copy of all its files is seen', async () => {
    const said = await inSession('keyring', folder.path, [
      'session',
      'keep',
      'session',
      'verify',
      'rollback',
      'verify',
    ]);
    expect(said[3]).toMatchObject({ ok: true, records: 10, keychain: 'agrees' });
    expect(said[5]).toMatchObject({ ok: false, firstBadSeq: 6, witness: 'the keychain', keychain: 'disagrees' });
  });

  it('accuses nobody when the keyring has forgotten it, and says that it is missing', async () => {
    const said = await inSession('keyring', folder.path, ['session', 'verify', 'forget', 'verify']);
    expect(said[1]).toMatchObject({ ok: true, keychain: 'agrees' });
    expect(said[3]).toMatchObject({ ok: true, keychain: 'missing' });
  });
});
