import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE } from './child.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the built terminal is made of; when none of it changed, the last build is used again. */
const SOURCES = [
  'src/shared',
  'src/core',
  'src/adapters',
  'src/host',
  'src/terminal',
  'resources',
  'scripts/start.mjs',
  'terminal.vite.config.ts',
  'package.json',
];
const LONGEST_BUILD_MS = 120_000;

const filesUnder = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesUnder(join(ROOT, source)))) {
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(ROOT, 'resources'), join(folder, 'resources'), { recursive: true });
  cpSync(join(ROOT, 'scripts/start.mjs'), join(folder, 'scripts/start.mjs'));
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  // A page of our own in place of the built window: what is served is not what these tests are about.
  mkdirSync(join(folder, 'out/renderer'), { recursive: true });
  writeFileSync(join(folder, 'out/renderer/index.html'), '<!doctype html><title>Master Trader</title>\n');
  const done = spawnSync(
    NODE,
    [
      join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      '-c',
      'terminal.vite.config.ts',
      '--logLevel',
      'warn',
      '--outDir',
      join(folder, 'out/terminal'),
    ],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production', VITEST: '' } },
  );
  if (done.status !== 0) throw new Error(`the terminal could not be built:\n${done.stdout}${done.stderr}`);
}

/**
 * A small installation of the terminal as it is built now, with its own resources and start script; answers its folder. Built once
 * for all test files that ask at the same time. It lies inside the checkout, where the installed packages are found.
 */
export async function installedTerminal(): Promise<string> {
  const cache = join(ROOT, '.tsbuild');
  mkdirSync(cache, { recursive: true });
  const name = `terminal-${fingerprint()}`;
  const folder = join(cache, name);
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > LONGEST_BUILD_MS) {
        rmSync(lock, { recursive: true, force: true });
      }
      await sleep(100);
      continue;
    }
    try {
      if (existsSync(folder)) continue;
      const draft = `${folder}.draft`;
      build(draft);
      for (const old of readdirSync(cache)) {
        if (/^terminal-[0-9a-f]{16}$/.test(old) && old !== name)
          rmSync(join(cache, old), { recursive: true, force: true });
      }
      renameSync(draft, folder);
    } finally {
      rmdirSync(lock);
    }
  }
  return folder;
}
