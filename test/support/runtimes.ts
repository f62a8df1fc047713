import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A runtime that a suite needs: where it is, or why it is not here. */
export type Runtime = { readonly path: string } | { readonly missing: string };

const onPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** Electron's executable: the one named by ELECTRON_OVERRIDE_DIST_PATH, else the package's own download. */
export function findElectron(): Runtime {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ROOT, 'node_modules/electron/dist');
  const nameFile = join(ROOT, 'node_modules/electron/path.txt');
  const names = existsSync(nameFile) ? [readFileSync(nameFile, 'utf8'), 'electron'] : ['electron'];
  const path = names.map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) return { missing: "Electron's runtime is not installed" };
  if (process.platform === 'linux' && !process.env['DISPLAY'] && onPath('Xvfb') === undefined)
    return { missing: 'neither a display nor Xvfb' };
  return { path };
}

/**
 * Says once that a suite does not run and why, and answers true. Throws instead when MT_REQUIRE names the runtime: where it must be,
 * its absence is a failure.
 */
export function notRun(suite: string, name: 'electron', runtime: Runtime): runtime is { readonly missing: string } {
  if (!('missing' in runtime)) return false;
  if ((process.env['MT_REQUIRE'] ?? '').split(',').includes(name))
    throw new Error(`${suite} must run here, but ${runtime.missing}`);
  console.log(`not run: ${suite} (${runtime.missing})`);
  return true;
}
