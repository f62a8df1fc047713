// Builds the desktop bundles and the terminal. Runs as part of `npm ci` (prepare), so that `mt` prints nothing but its answer.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const steps = [
  ['electron-vite', ['build', '--logLevel', 'warn']],
  ['vite', ['build', '-c', 'terminal.vite.config.ts', '--logLevel', 'warn']],
];

for (const [tool, args] of steps) {
  const bin = resolve(root, 'node_modules/.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  const done = spawnSync(bin, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error(`build: ${tool} ${args.join(' ')} failed${done.error ? `: ${done.error.message}` : ''}`);
    process.exit(done.status ?? 1);
  }
}
