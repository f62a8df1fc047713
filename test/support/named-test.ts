import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Why a table of the documents may not say that this test holds something: the file has to exist, and to hold a test of this name. Undefined when it may. */
export function whyNoTest(file: string, name: string): string | undefined {
  if (!/^test\/.+\.test\.ts$/.test(file) || !existsSync(join(ROOT, file))) return `${file} is no test file`;
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A test, a line of a table of tests, or a case with a name of its own.
  const stands = new RegExp(`(?:\\bit\\(|\\)\\(|\\bname: |\\[)\\s*(['"\`])${quoted}\\1`);
  return stands.test(readFileSync(join(ROOT, file), 'utf8')) ? undefined : `${file} has no test "${name}"`;
}
