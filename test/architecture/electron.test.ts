import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readSources } from './source-files.ts';

const sources = readSources('src');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** Code without its comments, which may name what the code must not do. */
const codeOf = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
const usersOf = (pattern: RegExp, under = /^src\//): readonly string[] =>
  sources.filter(({ path, text }) => under.test(path) && pattern.test(codeOf(text))).map(({ path }) => path);

describe('one place for each dangerous thing', () => {
  it.each([
    [
      '[checklist 2] windows are made by one factory',
      /new BrowserWindow\(|new (WebContentsView|BrowserView)\(/,
      ['src/main/window.ts'],
    ],
    ['[checklist 2] its preferences are named once', /webPreferences:/, ['src/main/window.ts']],
    [
      '[checklist 17] ipcMain is touched once',
      /(?<![\w.])ipcMain\b(?=[^:]*\} from 'electron')|ipcMain\.(on|handle|once)\(/,
      ['src/main/electron-host.ts', 'src/main/register-ipc.ts'],
    ],
    [
      '[checklist 15] a browser is opened once',
      /\bshell\b[^\n]*from 'electron'|shell\.openExternal\(/,
      ['src/main/open-external.ts'],
    ],
    ['[checklist 20] one thing is given to the page', /contextBridge/, ['src/preload/index.ts']],
    ['[checklist 18] our scheme is served once', /protocol\.handle\(/, ['src/main/app-scheme.ts']],
  ])('%s', (_what, pattern, expected) => {
    expect(usersOf(pattern)).toEqual(expected);
  });

  it('[checklist 17] ipcMain is imported from Electron by one file', () => {
    const importing = /import \{[^}]*\bipcMain\b[^}]*\} from 'electron'/;
    expect(usersOf(importing)).toEqual(['src/main/register-ipc.ts']);
  });

  it('[checklist 9] [checklist 10] nothing experimental is switched on', () => {
    const on =
      /(experimentalFeatures|enableBlinkFeatures|disableBlinkFeatures|allowRunningInsecureContent)\b(?!: false)|appendSwitch\(\s*['"](enable-|disable-)/;
    expect(usersOf(on)).toEqual([]);
  });

  it('[checklist 4] nothing that is shipped starts without its sandbox', () => {
    const shipped = ['package.json', 'electron-builder.yml', 'scripts/start.mjs', 'resources/mt.cjs'];
    for (const path of shipped) expect(textOf(path), path).not.toMatch(/no-sandbox|disable-setuid-sandbox/);
    expect(textOf('src/main/index.ts')).toMatch(/app\.enableSandbox\(\)/);
  });

  it('[checklist 20] the preload script knows two channels and hands on no event', () => {
    const preload = codeOf(textOf('src/preload/index.ts'));
    expect(
      [...preload.matchAll(/ipcRenderer\.(\w+)\('([^']+)'/g)].map(([, verb, channel]) => `${verb} ${channel}`),
    ).toEqual(['send mt:up', 'on mt:down', 'off mt:down']);
    expect(preload).not.toMatch(/listener\([^)]*_?event/);
  });
});

describe('[checklist 1] no page and no engine asks for anything in clear text', () => {
  it('in the sources: http and ws are named for this machine alone, and where an address is judged', () => {
    const clear = /['"`](http|ws):\/\/(?!127\.0\.0\.1|localhost|\$\{LOOPBACK\}|www\.w3\.org)/;
    expect(sources.length).toBeGreaterThan(300);
    expect(usersOf(clear, /^src\/(renderer|main|preload|shared)\//)).toEqual([]);
  });

  it('certificates are checked', () => {
    const unchecked =
      /validateServerSsl['"]?\s*[:=]\s*false|rejectUnauthorized['"]?\s*[:=]\s*false|NODE_TLS_REJECT_UNAUTHORIZED|['"]certificate-error['"]|setCertificateVerifyProc/;
    expect(usersOf(unchecked)).toEqual([]);
  });
});

describe('[checklist 16] Electron is current', () => {
  /** The oldest of the three majors that Electron supported when this was last looked at; raised with each new major. */
  const OLDEST_SUPPORTED = 44;

  it('pinned to one version that is supported, the same in the manifest, the lock and the installed typings', () => {
    const manifest = JSON.parse(textOf('package.json')) as { readonly devDependencies: Record<string, string> };
    const pinned = manifest.devDependencies['electron'] ?? '';
    expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(pinned.split('.')[0])).toBeGreaterThanOrEqual(OLDEST_SUPPORTED);
    const lock = JSON.parse(textOf('package-lock.json')) as {
      readonly packages: Record<string, { readonly version?: string }>;
    };
    expect(lock.packages['node_modules/electron']?.version).toBe(pinned);
    const installed = JSON.parse(textOf('node_modules/electron/package.json')) as { readonly version: string };
    expect(installed.version).toBe(pinned);
  });
});

describe('habits of the engine that keep its words and its clock honest', () => {
  it('prints nothing by console: what it has to say goes through its logger, which leaves secrets out', () => {
    expect(usersOf(/\bconsole\.\w/, /^src\/(core|adapters|host|shared)\//)).toEqual([]);
  });

  it('takes ciphers and password hashes from where they were chosen, never from what Electron lacks', () => {
    expect(usersOf(/chacha20-poly1305|argon2Sync|\bscryptSync\b/, /^src\/(core|host|main)\//)).toEqual([]);
  });

  it('measures no duration by the wall clock, which may jump', () => {
    expect(
      usersOf(
        /Date\.now\(\)\s*-\s*\w*([sS]tart|[bB]egan|[bB]egin|[sS]ince|[tT]aken)\w*/,
        /^src\/(host|adapters|main)\//,
      ),
    ).toEqual([]);
  });
});
