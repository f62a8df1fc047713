import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSignedHead, readSignedHeads } from '#adapters/files/signed-heads-file.ts';
import { isSignedEd25519 } from '#adapters/signing/ed25519.ts';
import { headText } from '#core/journal/signed-head.ts';
import { type Audited, faultOf, openAudited, VAULT_ID } from '../../support/audited.ts';
import { createMemorySecretStore, type MemorySecretStore } from '../../support/memory-secret-store.ts';
import { copyJournal, drafts } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder();
let secrets: MemorySecretStore = createMemorySecretStore();
let open: Audited | undefined;
beforeEach(() => {
  folder = tempFolder();
  secrets = createMemorySecretStore();
});
afterEach(() => {
  open?.crash();
  open = undefined;
  folder.remove();
});

const start = (): Audited => {
  open = openAudited({ folder: folder.path, secrets });
  return open;
};
const headsPath = (): string => join(folder.path, 'journal.heads');
const kept = (): string | undefined => secrets.entries.get(`journal-head-${VAULT_ID}`);
const FILES = ['journal.db', 'journal.db-wal', 'journal.head', 'journal.heads'] as const;

/** Copies everything of the journal that lies on the disk, or puts it back. */
function copyAll(from: string, to: string): void {
  copyJournal(from, to);
  for (const name of FILES) {
    rmSync(join(to, name), { force: true });
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

describe('signed heads', () => {
  it('cover every record at the end of a session, in the file and in the keychain alike', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 7));
    await engine.end();
    const { heads } = readSignedHeads(headsPath());
    expect(heads).toHaveLength(1);
    const head = heads[0];
    expect(head).toMatchObject({ vaultId: VAULT_ID, counter: 1, size: 7 });
    expect(head && isSignedEd25519(head.publicKey, headText(head), head.signature)).toBe(true);
    expect(parseSignedHead(kept() ?? '')).toEqual(head);
    const again = start();
    expect(await again.verify()).toMatchObject({
      result: { ok: true, records: 7 },
      witnesses: [
        { name: 'the signed heads', state: 'agrees' },
        { name: 'the keychain', state: 'agrees' },
      ],
    });
  });

  it('are signed in the middle of a session after each thousand records, by the same key ever after', async () => {
    const engine = start();
    for (let i = 0; i < 25; i++) {
      engine.storage.journal.append(0, drafts('R-1', 100));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await engine.audit.signNow();
    const sizes = readSignedHeads(headsPath()).heads.map(({ size }) => size);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(sizes.at(-1)).toBe(2_500);
    for (const [index, size] of sizes.entries()) expect(size - (sizes[index - 1] ?? 0)).toBeLessThan(1_600);
    expect(await engine.verify()).toMatchObject({ result: { ok: true, records: 2_500 } });
    await engine.end();
    const next = start();
    next.storage.journal.append(0, drafts('R-2', 1));
    await next.end();
    const { heads } = readSignedHeads(headsPath());
    expect(new Set(heads.map(({ publicKey }) => publicKey)).size).toBe(1);
    expect(heads.map(({ counter }) => counter)).toEqual(heads.map((_, index) => index + 1));
  });

  it('of an untouched journal are not signed again', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 2));
    await engine.end();
    await start().end();
    expect(readSignedHeads(headsPath()).heads).toHaveLength(1);
  });
});

describe('the tree that is kept between two sessions', () => {
  it.each(['as it was', 'of another journal', 'garbled', 'missing'])(
    'gives the right root when it is %s',
    async (how) => {
      const path = join(folder.path, 'journal.tree');
      const engine = start();
      engine.storage.journal.append(0, drafts('R-1', 11));
      await engine.end();
      const tree = JSON.parse(readFileSync(path, 'utf8')) as { size: number; node: string }[];
      expect(tree.map(({ size }) => size)).toEqual([8, 2, 1]);
      if (how === 'of another journal')
        writeFileSync(path, JSON.stringify(tree.map((one) => ({ ...one, node: 'ab'.repeat(32) }))));
      if (how === 'garbled') writeFileSync(path, '{');
      if (how === 'missing') rmSync(path);
      const again = start();
      again.storage.journal.append(0, drafts('R-1', 6));
      await again.end();
      expect((await start().verify()).result).toMatchObject({ ok: true, records: 17 });
      expect(readSignedHeads(headsPath()).heads.map(({ size }) => size)).toEqual([11, 17]);
    },
  );
});

describe('an honest crash accuses nobody', () => {
  it('when no head was signed for the last records', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.audit.signNow();
    engine.storage.journal.append(0, drafts('R-1', 5));
    engine.crash();
    const again = start();
    expect(await again.verify()).toMatchObject({
      result: { ok: true, records: 10 },
      witnesses: [{ state: 'behind' }, { state: 'agrees' }],
    });
    await again.end();
    expect(readSignedHeads(headsPath()).heads.map(({ size }) => size)).toEqual([5, 10]);
  });

  it('when the file has a head that never came to the keychain', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.audit.signNow();
    const before = kept() ?? '';
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.end();
    secrets.entries.set(`journal-head-${VAULT_ID}`, before);
    const again = start();
    expect(await again.verify()).toMatchObject({
      result: { ok: true, records: 10 },
      witnesses: [{ state: 'agrees' }, { state: 'behind' }],
    });
    await again.end();
    expect(parseSignedHead(kept() ?? '')).toMatchObject({ counter: 2, size: 10 });
  });

  it.each([1, 40, 300])('when the last head was written to byte %i only', async (bytes) => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.audit.signNow();
    const whole = readFileSync(headsPath());
    engine.storage.journal.append(0, drafts('R-1', 5));
    engine.crash();
    writeFileSync(headsPath(), Buffer.concat([whole, whole.subarray(0, bytes)]));
    const again = start();
    expect(await again.verify()).toMatchObject({ result: { ok: true, records: 10 } });
    await again.end();
    expect(readSignedHeads(headsPath())).toMatchObject({ heads: [{ size: 5 }, { size: 10 }], garbledLine: undefined });
  });

  it.each(['locked', 'without'] as const)('and neither does a %s keychain, which is labelled', async (state) => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.end();
    if (state === 'locked') secrets.lock();
    open = openAudited({
      folder: folder.path,
      secrets: state === 'locked' ? secrets : createMemorySecretStore('missing'),
      slot: state === 'locked' ? 'unlock' : 'passphrase',
    });
    const { result, witnesses } = await open.verify();
    expect(result.ok).toBe(true);
    expect(witnesses[1]).toMatchObject({ name: 'the keychain', state: 'missing' });
    expect(witnesses[1]?.detail).toContain('would not be noticed');
    open.storage.journal.append(0, drafts('R-1', 1));
    await open.end();
    expect(readSignedHeads(headsPath()).heads.at(-1)).toMatchObject({ counter: 2, size: 6 });
  });
});

describe('whoever puts an older copy of everything in place', () => {
  it('is found by the keychain, and nothing is appended any more', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.end();
    const older = join(folder.path, 'older');
    copyAll(folder.path, older);
    const next = start();
    next.storage.journal.append(0, drafts('R-1', 3));
    await next.end();
    copyAll(older, folder.path);

    const rolledBack = start();
    expect(await rolledBack.verify()).toMatchObject({
      result: { ok: false, firstBadSeq: 6, witness: 'the keychain', records: 5 },
      witnesses: [{ state: 'agrees' }, { name: 'the keychain', state: 'disagrees' }],
    });
    await rolledBack.audit.signNow();
    const fault = faultOf(() => rolledBack.storage.journal.append(0, drafts('R-1', 1)));
    expect(fault).toMatchObject({ code: 'storage', message: expect.stringContaining('older copy') });
    expect(rolledBack.state().journal.kind).toBe('accused');
    await rolledBack.end();
    expect(parseSignedHead(kept() ?? '')).toMatchObject({ counter: 2, size: 8 });
  });

  it('and then goes on as if nothing had happened is found too', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.end();
    const older = join(folder.path, 'older');
    copyAll(folder.path, older);
    const next = start();
    next.storage.journal.append(0, drafts('R-1', 3));
    await next.end();
    const truth = kept() ?? '';
    copyAll(older, folder.path);
    // Somebody hides the keychain while the older copy grows past the truth.
    secrets.entries.clear();
    const forked = start();
    forked.storage.journal.append(0, drafts('R-9', 9));
    await forked.end();
    secrets.entries.set(`journal-head-${VAULT_ID}`, truth);
    expect(await start().verify()).toMatchObject({ result: { ok: false, firstBadSeq: 8, witness: 'the keychain' } });
  });
});

describe('a head that somebody kept', () => {
  it('agrees for as long as the journal begins with its records', async () => {
    const engine = start();
    engine.storage.journal.append(0, drafts('R-1', 5));
    await engine.audit.signNow();
    const saved = engine.audit.newestHead();
    engine.storage.journal.append(0, drafts('R-1', 6));
    expect(await engine.audit.verify(saved)).toMatchObject({
      result: { ok: true },
      witnesses: [{}, {}, { name: 'the saved head', state: 'agrees' }],
    });
    const forged = saved && { ...saved, size: 4 };
    expect(await engine.audit.verify(forged)).toMatchObject({
      result: { ok: false, witness: 'the saved head', why: expect.stringContaining('does not match its signature') },
    });
  });
});
