import { spawnSync } from 'node:child_process';

/** A tiny disk of our own in a mount namespace that ends with the process: what a script is wrapped in. Undefined, and said, where that is not allowed. */
export function smallDisk(what: string, path: string, size: string): readonly string[] | undefined {
  const mount = `mount -t tmpfs -o size=${size} tmpfs '${path}' && exec "$@"`;
  const before = ['unshare', '-m', 'sh', '-c', mount, 'sh'];
  if (spawnSync(before[0] ?? '', [...before.slice(1), 'true']).status === 0) return before;
  console.log(`not run: ${what} (this user may not mount a small disk)`);
  return undefined;
}
