import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArchive } from '../support/asar.ts';
import { FUSES, readFuses, statesOf } from '../support/fuses.ts';
import { findElectron, notRun, type Runtime } from '../support/runtimes.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildPackage, childrenOf, dpkg, packagedApp, type Said } from './support/packaged-app.ts';
import { startVirtualScreen, type VirtualScreen } from './support/virtual-screen.ts';

const found = findElectron();
const electron: Runtime =
  'path' in found && process.platform !== 'linux' ? { missing: 'the package is driven on Linux only' } : found;
const absent = notRun('the packaged program', 'electron', electron);

const MODEL = 'minimind2-small-q8_0.gguf';
const noModel = notRunWithoutShared('a local model in the packaged program');
const noDpkg = process.getuid?.() !== 0 || spawnSync('dpkg', ['--version']).error !== undefined;
if (noDpkg) console.log('not run: the package for Debian (only root may install it, with dpkg)');

type Assessment = {
  readonly source: string;
  readonly model: { readonly name: string | null; readonly outcome: string; readonly why: string };
};
type Terminal = (...args: readonly string[]) => Promise<Said>;

/** Waits for the window, and holds its page to filters on its system calls and a namespace in which it is nobody. */
async function opened(window: ChildProcess, home: string, mt: Terminal): Promise<void> {
  await expect.poll(() => existsSync(join(home, 'data/run/engine.json'))).toBe(true);
  const status = await mt('status');
  expect(status.code, status.err).toBe(0);
  expect(JSON.parse(status.out)).toMatchObject({ engine: 'running' });
  const renderer = (): readonly object[] => childrenOf(window.pid ?? 0).filter(({ type }) => type === 'renderer');
  await expect.poll(renderer).toEqual([{ type: 'renderer', seccomp: 2, ownNamespace: true }]);
}

async function spawnsAndIsKilled(mt: Terminal): Promise<void> {
  const spawned = await mt('spawn', '--json');
  expect(spawned.code, spawned.err).toBe(0);
  expect(JSON.parse(spawned.out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    runId: expect.stringMatching(/^R-/),
  });
  const killed = await mt('kill', '--reason', 'end of the test');
  expect(killed.code, killed.err).toBe(0);
  expect(JSON.parse(killed.out)).toMatchObject({ tradingState: 'halted' });
}

describe.skipIf(absent)('the packaged program', () => {
  const folder = tempFolder('mt-package');
  const unpacked = join(folder.path, 'out', 'linux-unpacked');
  const resources = join(unpacked, 'resources');
  const natives = join(resources, 'app.asar.unpacked');
  let app: ReturnType<typeof packagedApp>;
  let screen: VirtualScreen | undefined;
  let window: ChildProcess | undefined;

  beforeAll(() => {
    console.log(buildPackage(join(folder.path, 'out'), noDpkg ? ['dir'] : ['dir', 'deb']).trim());
    app = packagedApp(unpacked, join(folder.path, 'home'));
  });
  afterAll(async () => {
    if (window?.exitCode === null) {
      const ended = once(window, 'exit');
      window.kill('SIGTERM');
      await ended;
    }
    screen?.stop();
    folder.remove();
  });
  const mt = (...args: readonly string[]) => app.run(['mt', ...args]);

  describe('[checklist 19] its fuses, read back from the binary', () => {
    it.each(FUSES.map(([name, state], at) => [name, state, at] as const))('[fuse %s] is %s', (_name, state, at) => {
      expect(readFuses(app.executable)[at]).toBe(state);
    });

    it('are as many as we know of, and read the same by Electron’s own tool', async () => {
      expect(readFuses(app.executable)).toHaveLength(FUSES.length);
      const wire: Readonly<Record<string, unknown>> = { ...(await getCurrentFuseWire(app.executable)) };
      const letters = { on: '1', off: '0' } as const;
      FUSES.forEach(([name, state], at) => expect(wire[at], name).toBe(letters[state].charCodeAt(0)));
    });

    it('would be seen when flipped', () => {
      const wire = Buffer.from('\u0001\u0009010011001', 'latin1');
      expect(statesOf(wire)).toEqual(FUSES.map(([, state]) => state));
      wire[2] = '1'.charCodeAt(0);
      expect(statesOf(wire)).not.toEqual(FUSES.map(([, state]) => state));
    });

    it('mean what they say: no Node shell, no options for Node, no program but the archive', async () => {
      const marker = join(folder.path, 'home', 'marker');
      const evil = join(folder.path, 'home', 'evil.cjs');
      writeFileSync(evil, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`, { mode: 0o644 });
      mkdirSync(join(resources, 'app'));
      writeFileSync(join(resources, 'app', 'package.json'), '{"main":"index.js"}');
      writeFileSync(join(resources, 'app', 'index.js'), readFileSync(evil));
      try {
        const asNode = await app.run([evil], { ELECTRON_RUN_AS_NODE: '1' });
        const withOptions = await app.run(['mt', 'version'], { NODE_OPTIONS: `--require ${evil}` });
        expect(withOptions.out).toMatch(/"version"/);
        expect(asNode.code, 'without a screen the window cannot start').not.toBe(0);
        expect(existsSync(marker)).toBe(false);
      } finally {
        rmSync(join(resources, 'app'), { recursive: true });
      }
    });
  });

  it('[checklist 18] [checklist 19] is one archive with a sound hash for each file, and nothing beside it but listed native files', () => {
    const archive = readArchive(join(resources, 'app.asar'));
    expect(archive.packed.length).toBeGreaterThan(1_000);
    expect(archive.packed.filter(({ sound }) => !sound)).toEqual([]);
    expect(archive.unpacked.filter((path) => !/\.(node|so|so\.[\d.]+)$/.test(path))).toEqual([]);
    const listed = readFileSync(join(import.meta.dirname, '../../out/natives.sha256'), 'utf8');
    for (const path of archive.unpacked) expect(listed).toContain(`  ${path}\n`);
    const top = new Set(archive.packed.map(({ path }) => path.split('/')[0]));
    expect(top).toEqual(new Set(['node_modules', 'out', 'package.json']));
    expect(archive.packed.filter(({ path }) => /\.(ts|tsx|map)$/.test(path)).map(({ path }) => path)).toEqual([]);
  });

  it('carries no other machine’s binaries, no CUDA, no Vulkan and no tool of the developers', () => {
    const { packed, unpacked: beside } = readArchive(join(resources, 'app.asar'));
    const all = [...packed.map(({ path }) => path), ...beside];
    expect(
      all.filter((path) => /cuda|vulkan|darwin|win32|armv7l/.test(path) && /\.(node|so|dll|dylib)$/.test(path)),
    ).toEqual([]);
    for (const tool of ['vitest', 'electron', 'electron-builder', 'typescript', 'playwright', 'react-dom'])
      expect(all.filter((path) => path.startsWith(`node_modules/${tool}/`))).toEqual([]);
  });

  it('[checklist 4] ends when it is started without its sandbox or with a debugger', async () => {
    for (const flag of [
      '--no-sandbox',
      '--remote-debugging-port=9222',
      '--disable-web-security',
      '--js-flags=--expose-gc',
    ]) {
      const { code, err } = await app.run([flag]);
      expect(code, flag).toBe(2);
      expect(err).toContain(`refuses to start with ${flag.split('=')[0]}`);
    }
  });

  it('answers as the terminal, without a window and without a screen', async () => {
    const version = await mt('version');
    expect(version).toMatchObject({ code: 0 });
    expect(JSON.parse(version.out)).toMatchObject({ version: '0.1.0' });
    expect((await mt('nonsense')).code).toBe(2);
  });

  it('loads no native file that was changed, and none that does not belong to it', async () => {
    const victim = join(
      natives,
      'node_modules/better-sqlite3/prebuilds',
      readdirSync(join(natives, 'node_modules/better-sqlite3/prebuilds'))[0] ?? '',
    );
    const size = statSync(victim).size;
    appendFileSync(victim, '!');
    const changed = await mt('version');
    truncateSync(victim, size);
    const stray = join(natives, 'node_modules', 'stray.node');
    writeFileSync(stray, 'x');
    const strange = await mt('version');
    rmSync(stray);
    expect(changed).toMatchObject({ code: 3, out: '' });
    expect(changed.err).toMatch(/better-sqlite3.* was changed after the program was built/);
    expect(strange).toMatchObject({ code: 3, out: '' });
    expect(strange.err).toMatch(/stray\.node does not belong to the program/);
    expect((await mt('version')).code).toBe(0);
  });

  it('[checklist 4] opens its window inside its sandbox', async () => {
    screen = await startVirtualScreen();
    window = app.open(screen.display);
    await opened(window, join(folder.path, 'home'), mt);
  });

  it.skipIf(noModel)('loads a local model in a process of its own, and a cycle says that it was asked', async () => {
    const file = join(folder.path, 'home', MODEL);
    copyFileSync(modelFile(MODEL), file);
    const imported = await mt('models', 'import', file);
    expect(imported, imported.err).toMatchObject({ code: 0 });
    const { name } = JSON.parse(imported.out) as { name: string };
    expect(await mt('models', 'use', name)).toMatchObject({ code: 0 });
    const spawned = await mt('spawn', 'ETH/USDT', '--json');
    expect(spawned.code).toBe(0);
    const { assessment } = JSON.parse(spawned.out.trim().split('\n').at(-1) ?? '') as { assessment: Assessment };
    console.log(`packaged model: ${assessment.model.outcome} (${assessment.model.why}); ${assessment.source} stands`);
    expect(['used', 'ungrounded']).toContain(assessment.model.outcome);
    expect(assessment.source).toBe(assessment.model.outcome === 'used' ? 'model' : 'rules');
    expect(assessment.model.name).toContain('minimind2');
    const listed = JSON.parse((await mt('models', 'ls')).out) as { models: readonly { state: string }[] };
    expect(listed.models.map(({ state }) => state)).toEqual(['ready']);
  });

  it('obeys mt over the local socket', async () => {
    await spawnsAndIsKilled(mt);
    expect(window?.exitCode).toBeNull();
  });

  it.skipIf(noDpkg)(
    'is installed on Debian with its names, its menu entry and its helper, runs, and leaves nothing behind',
    async () => {
      const system = join(folder.path, 'debian');
      mkdirSync(join(system, 'usr/bin'), { recursive: true });
      const deb = readdirSync(join(folder.path, 'out')).find((name) => name.endsWith('.deb')) ?? '';
      dpkg(system, '--install', join(folder.path, 'out', deb));
      const home = join(folder.path, 'home-installed');
      const installed = packagedApp(join(system, 'opt/master-trader'), home, join(system, 'usr/bin/master-trader'));
      const { mode, uid } = statSync(join(system, 'opt/master-trader/chrome-sandbox'));
      expect({ mode: mode & 0o7777, uid }).toEqual({ mode: 0o4755, uid: 0 });
      const entry = readFileSync(join(system, 'usr/share/applications/master-trader.desktop'), 'utf8');
      expect(entry).toMatch(/^Exec=\/opt\/master-trader\/master-trader$/m);
      expect(existsSync(join(system, 'usr/share/icons/hicolor/512x512/apps/master-trader.png'))).toBe(true);

      const installedMt = (...args: readonly string[]) => installed.run(args, {}, join(system, 'usr/bin/mt'));
      const shown = installed.open(screen?.display ?? '');
      try {
        await opened(shown, home, installedMt);
        await spawnsAndIsKilled(installedMt);
      } finally {
        const ended = once(shown, 'exit');
        shown.kill('SIGTERM');
        await ended;
      }
      dpkg(system, '--remove', 'master-trader');
      expect(
        ['opt/master-trader', 'usr/bin/mt', 'usr/bin/master-trader'].filter((path) => existsSync(join(system, path))),
      ).toEqual([]);
      expect(existsSync(join(home, 'data')), 'what the master has stays').toBe(true);

      // Where `mt` is the tool for tapes, it stays that.
      mkdirSync(join(system, 'usr/bin'), { recursive: true });
      writeFileSync(join(system, 'usr/bin/mt'), 'tapes');
      expect(dpkg(system, '--install', join(folder.path, 'out', deb))).toContain('call `master-trader mt` instead');
      dpkg(system, '--remove', 'master-trader');
      expect(readFileSync(join(system, 'usr/bin/mt'), 'utf8')).toBe('tapes');
    },
  );
});
