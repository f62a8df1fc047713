import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModelFile, hashModelFile, inspectModelFile } from '#adapters/inference-llama/check-model-file.ts';
import { Fault } from '#core/kernel/fault.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mt-model-file-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = (magic: string, version: number, tensors: bigint): Buffer => {
  const bytes = Buffer.alloc(24);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(version, 4);
  bytes.writeBigUInt64LE(tensors, 8);
  return bytes;
};

const fileWith = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function faultOf(path: string): Promise<Fault> {
  try {
    await checkModelFile(path);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error(`${path} was accepted`);
}

describe('checking a model file before anything is started', () => {
  it.each([
    ['nothing at all', () => join(folder, 'absent.gguf'), 'does not exist'],
    [
      'a folder',
      () => {
        const path = join(folder, 'folder.gguf');
        mkdirSync(path);
        return path;
      },
      'is a folder',
    ],
    ['an empty file', () => fileWith('empty.gguf', ''), 'is empty'],
    [
      'a text file',
      () => fileWith('text.gguf', 'timestamp,open,high,low,close,volume\n1,2,3,4,5,6\n'),
      'is not a GGUF file',
    ],
    ['three bytes of the magic', () => fileWith('short.gguf', 'GGU'), 'is not a GGUF file'],
    ['the magic alone', () => fileWith('magic.gguf', 'GGUF'), 'truncated'],
    ['another byte order', () => fileWith('big-endian.gguf', header('GGUF', 0x0300_0000, 5n)), 'GGUF version'],
    ['the first version', () => fileWith('old.gguf', header('GGUF', 1, 5n)), 'GGUF version 1'],
    ['a file without weights', () => fileWith('vocabulary.gguf', header('GGUF', 3, 0n)), 'without weights'],
    ['a device', () => '/dev/null', 'is not a regular file'],
  ])('refuses %s and names the file and the remedy', async (_what, make, problem) => {
    const path = make();
    const fault = await faultOf(path);
    expect(fault.code).toBe('bad_model');
    expect(fault.message).toContain(path);
    expect(fault.message).toContain(problem);
    expect(fault.remedy).toContain('GGUF');
  });

  it('accepts a header of a supported version, also behind a link', async () => {
    const path = fileWith('good.gguf', header('GGUF', 3, 5n));
    const link = join(folder, 'link.gguf');
    symlinkSync(path, link);
    expect(await checkModelFile(path)).toEqual({ path, name: 'good.gguf', bytes: 24 });
    expect(await checkModelFile(link)).toEqual({ path: link, name: 'link.gguf', bytes: 24 });
  });

  it('says what is wrong without the path, which must not reach a hashed record', async () => {
    const check = await inspectModelFile(join(folder, 'absent.gguf'));
    expect(check).toEqual({ ok: false, name: 'absent.gguf', problem: 'does not exist' });
  });

  it('hashes the whole file', async () => {
    // SHA-256 of "abc" is the first example of FIPS 180-2.
    const hash = await hashModelFile(fileWith('abc', 'abc'));
    expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
