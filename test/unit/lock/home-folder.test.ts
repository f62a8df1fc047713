import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HomeQuestion, prepareHome, resolveHome } from '#host/home-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const question = (edit: Partial<HomeQuestion> = {}): HomeQuestion => ({
  flag: undefined,
  env: {},
  platform: 'linux',
  homedir: '/home/ada',
  cwd: '/srv',
  ...edit,
});

describe('the choice of the data folder', () => {
  it.each([
    ['--home before all', question({ flag: '/a/b', env: { MT_HOME: '/c' } }), '/a/b'],
    ['a relative --home from where the command stands', question({ flag: 'data' }), '/srv/data'],
    ['MT_HOME next', question({ env: { MT_HOME: '/c', XDG_DATA_HOME: '/x' } }), '/c'],
    ['the XDG data folder', question({ env: { XDG_DATA_HOME: '/x' } }), '/x/master-trader'],
    ['no relative XDG data folder', question({ env: { XDG_DATA_HOME: 'x' } }), '/home/ada/.local/share/master-trader'],
    ['the XDG default', question(), '/home/ada/.local/share/master-trader'],
    [
      'the Mac place',
      question({ platform: 'darwin', homedir: '/Users/ada' }),
      '/Users/ada/Library/Application Support/Master Trader',
    ],
    [
      'the Windows place',
      question({ platform: 'win32', homedir: 'C:\\Users\\ada', env: { APPDATA: 'D:\\Roaming' } }),
      'D:\\Roaming\\Master Trader',
    ],
    [
      'the Windows default',
      question({ platform: 'win32', homedir: 'C:\\Users\\ada' }),
      'C:\\Users\\ada\\AppData\\Roaming\\Master Trader',
    ],
  ])('takes %s', (_, asked, wanted) => {
    expect(resolveHome(asked)).toBe(wanted);
  });

  it.each([question({ flag: '' }), question({ env: { MT_HOME: ' ' } }), question({ flag: 'a\0b' })])(
    'refuses a choice that names no folder',
    (asked) => {
      expect(() => resolveHome(asked)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});

const mode = (path: string): number => statSync(path).mode & 0o777;

describe('preparing the data folder', () => {
  let folder = tempFolder();
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());
  it('makes it and its parts for the owner only', () => {
    const paths = prepareHome(join(folder.path, 'deep', 'home'));
    expect([paths.home, paths.vaultDir, paths.runDir].map(mode)).toEqual([0o700, 0o700, 0o700]);
    expect(prepareHome(paths.home)).toEqual(paths);
  });

  it('closes an empty folder to others, and leaves the rights of somebody else’s full folder alone', () => {
    const empty = join(folder.path, 'empty');
    const full = join(folder.path, 'full');
    for (const path of [empty, full]) {
      mkdirSync(path);
      chmodSync(path, 0o755);
    }
    writeFileSync(join(full, 'letter.txt'), 'mine');
    prepareHome(empty);
    const paths = prepareHome(full);
    expect([mode(empty), mode(full), mode(paths.vaultDir)]).toEqual([0o700, 0o755, 0o700]);
  });

  it.each(['file', 'file/home'])('refuses %s, where a file stands in the way, and names it', (name) => {
    writeFileSync(join(folder.path, 'file'), 'x');
    const path = join(folder.path, name);
    expect(() => prepareHome(path)).toThrow(
      expect.objectContaining({
        code: 'storage',
        message: expect.stringContaining(path),
        remedy: expect.stringContaining('--home'),
      }),
    );
  });

  it('refuses a place that can hold no folder, instead of trying for ever', () => {
    if (process.platform !== 'linux') {
      console.log('not run: a home under /proc (only Linux has one)');
      return;
    }
    for (const path of ['/proc/no-such-home', '/proc/no-such-home/deep/er'])
      expect(() => prepareHome(path)).toThrow(
        expect.objectContaining({
          code: 'storage',
          message: expect.stringContaining(path),
          remedy: expect.stringContaining('choose another folder'),
        }),
      );
  });

  it('names a link that leads in a circle, and a path that is too long', () => {
    const link = join(folder.path, 'circle');
    symlinkSync(link, link);
    const circle = { code: 'storage', message: expect.stringContaining('in a circle') };
    for (const path of [link, join(link, 'home')])
      expect(() => prepareHome(path)).toThrow(expect.objectContaining(circle));
    expect(() => prepareHome(join(folder.path, 'x'.repeat(5000)))).toThrow(
      expect.objectContaining({
        code: 'storage',
        message: expect.stringMatching(/too long.{0,180}$/),
        remedy: expect.stringContaining('shorter'),
      }),
    );
  });
});
