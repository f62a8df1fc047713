import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startScript } from './child.ts';
import type { DiskReport, DiskTask } from './trade-on-disk.ts';

/** Small disks of our own, each in a mount namespace that ends with its process. Undefined where this user may not make one. */
export function smallDisk(folder: string, megabytes: number, then = ''): readonly string[] | undefined {
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs '${folder}' && ${then}exec "$@"`;
  const before = ['unshare', '-m', 'sh', '-c', mount, 'sh'];
  return spawnSync(before[0] ?? '', [...before.slice(1), 'true']).status === 0 ? before : undefined;
}

export const canLimitFiles = (): boolean => spawnSync('prlimit', ['--version']).status === 0;

/** Trades in a process of its own, below the given command. */
export async function tradeOnDisk(task: DiskTask, before: readonly string[] = []): Promise<DiskReport> {
  const { stdout, stderr, code } = await startScript('trade-on-disk.ts', [JSON.stringify(task)], { before }).finished;
  if (code !== 0) throw new Error(`trading on ${task.home} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as DiskReport;
}

/** A folder with a journal in it, on a disk that takes no writes any more. */
export function readOnlyDisk(folder: string, node: string, make: string): readonly string[] | undefined {
  const home = join(folder, 'home');
  return smallDisk(folder, 32, `'${node}' '${make}' '${home}' && mount -o remount,ro '${folder}' && `);
}
