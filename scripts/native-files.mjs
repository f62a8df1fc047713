// The list of native files that is shipped inside the archive: everything that may lie beside it, with its SHA-256. Read back by
// src/host/shipped-files.ts before anything native is loaded.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NATIVE = /\.(node|so|dylib|dll)$|\.so\.[\d.]+$/;
/** Never packaged: as electron-builder.yml says, and large enough to be worth not reading. */
const LEFT_OUT = /-(cuda|cuda-ext|vulkan)(\/|$)/;

/** Packages that are installed for the product itself, by their path in the lock. */
const productionPackages = (root) => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).flatMap(([path, { dev }]) => (path === '' || dev === true ? [] : [path]));
};

function* nativesBelow(root, folder) {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return; // A package of another platform, which is in the lock and not on the disk.
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    // Packages inside packages have a row of their own in the lock.
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* nativesBelow(root, path);
    else if (entry.isFile() && NATIVE.test(entry.name)) yield path;
  }
}

/** Writes the list to `file` and answers how many files are on it. */
export function writeNativeFiles(root, file) {
  const paths = productionPackages(root)
    .filter((path) => !LEFT_OUT.test(path))
    .flatMap((path) => [...nativesBelow(root, path)])
    .toSorted((a, b) => (a < b ? -1 : 1));
  const lines = paths.map((path) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
    return `${hash}  ${path}\n`;
  });
  writeFileSync(file, lines.join(''));
  return paths.length;
}
