import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export type Zombie = { readonly pid: number; bury(): void };

/**
 * A process that has ended and whose parent never asks how, so that its number stays taken. Undefined where the system has no such
 * thing, or does not tell.
 */
export async function makeZombie(): Promise<Zombie | undefined> {
  if (process.platform !== 'linux') return undefined;
  // The shell becomes the parent that waits for nobody; its child ends only after that, or the shell would still have asked.
  const parent: ChildProcess = spawn('sh', ['-c', 'read line <&3 & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  const held = parent.stdio[3];
  if (parent.stdout === null || !(held instanceof Writable)) throw new Error('the shell has no channels');
  const [told] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(told.toString('utf8'));
  while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await sleep(5);
  held.end();
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await sleep(5);
  return { pid, bury: () => void parent.kill('SIGKILL') };
}
