import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export type SourceFile = {
  /** Path from the root with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Every module that the file imports, with relative and `#` paths resolved to paths from the root. */
  readonly imports: readonly { readonly target: string; readonly typeOnly: boolean }[];
};

const SPECIFIER =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function resolveTarget(file: string, specifier: string): string {
  if (specifier.startsWith('#test/')) return `test/${specifier.slice('#test/'.length)}`;
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith('.'))
    return relative(ROOT, resolve(dirname(join(ROOT, file)), specifier))
      .split(sep)
      .join('/');
  return specifier;
}

export function listFiles(folder: string, matches: RegExp): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...listFiles(path, matches));
    else if (matches.test(entry.name)) found.push(path);
  }
  return found;
}

export function readSources(folder: string): readonly SourceFile[] {
  return listFiles(folder, /\.tsx?$/).map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const imports = [...text.matchAll(SPECIFIER)].map((match) => ({
      target: resolveTarget(path, match[3] ?? match[4] ?? ''),
      typeOnly: match[2] !== undefined,
    }));
    return { path, text, lines: text.split('\n').length - 1, imports };
  });
}
