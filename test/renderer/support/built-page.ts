import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../../..');
const CONFIG = join(import.meta.dirname, 'page.vite.config.ts');

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
  for (const file of [CONFIG, join(root, 'package-lock.json')]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** The folder of the production build of the page; built when its sources have changed. */
export async function builtPage(): Promise<string> {
  const outDir = join(tmpdir(), `mt-renderer-${sourceDigest()}`);
  if (!existsSync(join(outDir, 'index.html'))) await build({ configFile: CONFIG, build: { outDir } });
  return outDir;
}
