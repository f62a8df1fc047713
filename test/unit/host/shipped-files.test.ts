import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkShippedFiles, parseHashes } from '#host/shipped-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const LIST = `${hashOf('one')}  node_modules/a/one.node\n${hashOf('two')}  node_modules/b/two.so\n${hashOf('far')}  node_modules/b/far.dll\n`;

describe('files beside the archive', () => {
  let folder: ReturnType<typeof tempFolder>;
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };
  beforeEach(() => {
    folder = tempFolder('mt-shipped');
    put('node_modules/a/one.node', 'one');
    put('node_modules/b/two.so', 'two');
  });
  afterEach(() => folder.remove());
  const check = (): number => checkShippedFiles(folder.path, parseHashes(LIST));

  it('are those of the list, of which some are for other machines', () => {
    expect(check()).toBe(2);
  });

  it('are refused when one was changed, swapped with another or is not on the list', () => {
    put('node_modules/a/one.node', 'One');
    expect(check).toThrow(/one\.node was changed/);
    put('node_modules/a/one.node', 'two');
    expect(check).toThrow(/one\.node was changed/);
    put('node_modules/a/one.node', 'one');
    put('node_modules/a/three.js', '');
    expect(check).toThrow(/three\.js does not belong/);
  });

  it('are refused when there are none, or when the list says nothing or makes no sense', () => {
    const empty = tempFolder('mt-shipped-none');
    expect(() => checkShippedFiles(empty.path, parseHashes(LIST))).toThrow(/no native files/);
    empty.remove();
    for (const text of ['', '\n', 'x', LIST.toUpperCase(), `${LIST}zz  a\n`])
      expect(() => parseHashes(text)).toThrow(/damaged/);
  });
});
