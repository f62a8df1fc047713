import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../../..');
const CONFIG = join(import.meta.dirname, 'page.vite.config.ts');
const PIECES = join(root, 'scripts/page-pieces.ts');
const VITE = join(root, 'node_modules/vite/bin/vite.js');

/** A digest of everything the page is made of, so that test files share one build and never test an old one. */
function sourceDigest(): string {
  const hash = createHash('sha256');
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else hash.update(path).update(readFileSync(path));
    }
  };
  walk(join(root, 'src/renderer'));
  walk(join(root, 'src/shared'));
  for (const file of [CONFIG, PIECES, import.meta.filename, join(root, 'package-lock.json')])
    hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const PREFIX = 'mt-renderer-';
const DAY_MS = 86_400_000;

/** Builds of earlier sources, left by earlier runs. */
function forgetOldBuilds(): void {
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    if (name.startsWith(PREFIX) && Date.now() - statSync(path).mtimeMs > DAY_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

/** `gallery` is the production build with the page of components in it. */
export type PageMode = 'production' | 'gallery';

/**
 * The folder of the production build of the page; built when its sources have changed. In a process of its own, because the test
 * runner's NODE_ENV would turn it into a development build.
 */
export async function builtPage(mode: PageMode = 'production'): Promise<string> {
  const outDir = join(tmpdir(), `${PREFIX}${sourceDigest()}${mode === 'production' ? '' : `-${mode}`}`);
  if (existsSync(outDir)) return outDir;
  forgetOldBuilds();
  const fresh = mkdtempSync(join(tmpdir(), PREFIX));
  const { NODE_ENV: _runner, ...env } = process.env;
  await promisify(execFile)(process.execPath, [VITE, 'build', '-c', CONFIG, '--mode', mode, '--outDir', fresh], {
    cwd: root,
    env,
  });
  try {
    // Only a whole build gets the name that later runs look for.
    renameSync(fresh, outDir);
  } catch (error) {
    // Another run has just built the same sources.
    if (!existsSync(outDir)) throw error;
    rmSync(fresh, { recursive: true });
  }
  return outDir;
}
