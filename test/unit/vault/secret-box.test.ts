import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareHome } from '#host/home-folder.ts';
import { secretBoxPath } from '#host/vault/secret-box.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { testSecretBox } from '../../support/vault.ts';

let folder = tempFolder();
let home = '';
const key = randomBytes(32);
beforeEach(() => {
  folder = tempFolder();
  home = prepareHome(join(folder.path, 'home')).home;
});
afterEach(() => folder.remove());
const box = (hidden: string[] = []) => testSecretBox(home, key, true, hidden);
const full = { name: 'kraken-main', venue: 'kraken', apiKey: 'canary-api-key', secret: 'canary-secret' };

describe('the store of exchange keys', () => {
  it('gives back what it took, to the engine alone, and shows only names', () => {
    expect(box().put({ ...full, password: 'canary-third' })).toBe('added');
    expect(box().read('kraken-main')).toEqual({ ...full, password: 'canary-third' });
    expect(box().names()).toEqual([{ name: 'kraken-main', venue: 'kraken', addedAt: 5 }]);
  });

  it('leaves nothing readable on the disk, not even the names', () => {
    box().put(full);
    const text = readFileSync(secretBoxPath(home), 'utf8');
    for (const word of ['kraken', 'canary', 'main']) {
      expect(text).not.toContain(word);
      expect(text).not.toContain(Buffer.from(word).toString('hex'));
      expect(text).not.toContain(Buffer.from(word).toString('base64').replaceAll('=', ''));
    }
  });

  it('takes nothing before there is a passphrase', () => {
    const open = testSecretBox(home, key, false);
    expect(() => open.put(full)).toThrow(
      expect.objectContaining({ code: 'refused', remedy: expect.stringContaining('set-passphrase') }),
    );
    expect(existsSync(secretBoxPath(home))).toBe(false);
  });

  it('keeps what a change leaves out, and never stores it as empty', () => {
    box().put({ ...full, password: 'canary-third' });
    expect(box().put({ name: full.name, venue: full.venue, secret: 'another' })).toBe('changed');
    expect(box().read(full.name)).toEqual({ ...full, secret: 'another', password: 'canary-third' });
    expect(() => box().put({ ...full, apiKey: '' })).toThrow();
    expect(box().read(full.name).apiKey).toBe('canary-api-key');
    box().put({ name: full.name, venue: full.venue, password: null });
    expect(box().read(full.name)).toEqual({ ...full, secret: 'another' });
  });

  it('refuses half a key, a key of another venue, and an unknown name', () => {
    expect(() => box().put({ name: 'a', venue: 'kraken', apiKey: 'x' })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('secret') }),
    );
    expect(() => box().put({ name: 'a', venue: 'kraken', secret: 'x' })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('API key') }),
    );
    box().put(full);
    expect(() => box().put({ ...full, venue: 'binance' })).toThrow(expect.objectContaining({ code: 'refused' }));
    expect(() => box().read('b')).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(() => box().remove('b')).toThrow(expect.objectContaining({ code: 'not_found' }));
    box().remove(full.name);
    expect(box().names()).toEqual([]);
  });

  it('says damaged for a bit flipped anywhere, another key and half a file; absent is empty, damaged is not', () => {
    expect(box().names()).toEqual([]);
    box().put(full);
    const path = secretBoxPath(home);
    const good = readFileSync(path);
    for (let bit = 0; bit < good.length * 8 - 8; bit += 7) {
      const bad = Buffer.from(good);
      const at = bit >> 3;
      bad[at] = (bad[at] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(path, bad);
      expect(() => box().names(), `bit ${bit}`).toThrow(expect.objectContaining({ code: 'storage' }));
    }
    writeFileSync(path, good.subarray(0, good.length / 2));
    expect(() => box().names()).toThrow(expect.objectContaining({ code: 'storage' }));
    writeFileSync(path, good);
    expect(() => testSecretBox(home, randomBytes(32)).names()).toThrow(expect.objectContaining({ code: 'storage' }));
    rmSync(path);
    expect(box().names()).toEqual([]);
  });

  it('tells the log what to hide whenever a secret leaves it', () => {
    const hidden: string[] = [];
    box(hidden).put({ ...full, password: 'third' });
    box(hidden).read(full.name);
    expect(hidden).toEqual(['canary-api-key', 'canary-secret', 'third']);
  });
});
