import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

const SHARED_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 64_000_000;

/**
 * A new empty folder for copies that need not survive anything, in memory where the system offers that: whoever opens thousands of
 * databases should not wait for a disk each time. Removed by `remove`.
 */
export function memoryFolder(label: string): { readonly path: string; remove(): void } {
  try {
    accessSync(SHARED_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    if (bavail * bsize < ENOUGH_BYTES) return tempFolder(label);
    const path = mkdtempSync(join(SHARED_MEMORY, `${label}-`));
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  } catch {
    return tempFolder(label);
  }
}
