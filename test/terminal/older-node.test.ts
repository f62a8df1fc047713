import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { NODE } from '../support/child.ts';
import { startInstalled } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-older-node');
afterAll(() => folder.remove());

/** An installation whose Node is a program that says what it is told. */
function installation(): { readonly start: string; readonly older: string } {
  const node = join(folder.path, 'node_modules/node/bin');
  mkdirSync(join(folder.path, 'resources'), { recursive: true });
  mkdirSync(node, { recursive: true });
  const start = join(folder.path, 'resources/mt.cjs');
  cpSync(resolve(import.meta.dirname, '../../resources/mt.cjs'), start);
  const own = join(node, 'node');
  writeFileSync(
    own,
    `#!${NODE}\nfor (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => { console.log('told ' + name); process.exit(7); });\nsetInterval(() => {}, 1000);\nconsole.log('runs ' + process.argv.slice(3).join(' '));\n`,
  );
  chmodSync(own, 0o755);
  const older = join(folder.path, 'older.cjs');
  writeFileSync(
    older,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });\n",
  );
  return { start, older };
}

it.skipIf(process.platform === 'win32')(
  'under an older Node the program is told of the signal that its starter got, and its exit code is passed on',
  async () => {
    const { start, older } = installation();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const running = startInstalled([NODE, '-r', older, start, 'up', '--json']);
      await running.said(/runs up --json/);
      running.child.kill(signal);
      const { code, stdout } = await running.finished;
      expect(stdout).toContain(`told ${signal}`);
      expect(code).toBe(7);
    }
  },
);
