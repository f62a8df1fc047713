import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCandleColumns } from '#adapters/feed-file/file-feed.ts';
import { writeCandleFile } from '#adapters/feed-file/write-candle-file.ts';
import { wanderingColumns } from '#test/support/candle-column-builders.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());
const columns = wanderingColumns(50_000);

describe('a file of candles', () => {
  it('is read back as it was, plain and compressed, and both hold the same text', async () => {
    const [plain, zipped] = [join(folder.path, 'a.csv'), join(folder.path, 'a.csv.gz')];
    expect(await writeCandleFile(plain, columns, false)).toBe(readFileSync(plain).length);
    expect(await writeCandleFile(zipped, columns, false)).toBe(readFileSync(zipped).length);
    expect(readCandleColumns(plain, '1m').columns).toEqual(columns);
    expect(readCandleColumns(zipped, '1m').columns).toEqual(columns);
    expect(gunzipSync(readFileSync(zipped)).equals(readFileSync(plain))).toBe(true);
    expect(readdirSync(folder.path).sort()).toEqual(['a.csv', 'a.csv.gz']);
  });

  it('never replaces another one unless told to', async () => {
    const path = join(folder.path, 'a.csv');
    writeFileSync(path, 'mine');
    await expect(writeCandleFile(path, columns, false)).rejects.toMatchObject({ code: 'refused' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(folder.path)).toEqual(['a.csv']);
    await writeCandleFile(path, columns, true);
    expect(readCandleColumns(path, '1m').columns).toEqual(columns);
    expect(readdirSync(folder.path)).toEqual(['a.csv']);
  });

  it('leaves nothing behind when its place cannot be written to', async () => {
    await expect(writeCandleFile(join(folder.path, 'no', 'a.csv'), columns, false)).rejects.toMatchObject({
      code: 'not_found',
    });
    mkdirSync(join(folder.path, 'taken'));
    for (const overwrite of [false, true])
      await expect(writeCandleFile(join(folder.path, 'taken'), columns, overwrite)).rejects.toMatchObject({
        code: 'refused',
      });
    expect(readdirSync(folder.path)).toEqual(['taken']);
  });

  it('is one of the two when two are written to one place at once', async () => {
    const path = join(folder.path, 'a.csv');
    const done = await Promise.allSettled([
      writeCandleFile(path, columns, false),
      writeCandleFile(path, columns, false),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(readCandleColumns(path, '1m').columns).toEqual(columns);
    expect(readdirSync(folder.path)).toEqual(['a.csv']);
  });
});
