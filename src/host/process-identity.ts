import { readFileSync } from 'node:fs';
import { errorCode } from '#adapters/files/error-code.ts';

/** Fields of proc(5)'s `stat` after the name, from the state (field 3) on; undefined where there is no such file. */
function statFields(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets of its own.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * What tells one process from a later one with the same number: on Linux the machine's boot and the moment the kernel started the
 * process. Undefined where the system gives no such thing cheaply; then only the number counts.
 */
export function processStart(pid: number): string | undefined {
  // Field 22: the start time, in clock ticks since the boot.
  const ticks = statFields(pid)?.[19];
  if (ticks === undefined) return undefined;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${ticks}`;
  } catch {
    return undefined;
  }
}

/** Ended, though its number stays taken until its parent has asked how. */
const ENDED = ['Z', 'X', 'x'];

/** True while a process of this number runs. One of another user counts; one that has ended and only waits to be counted does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !ENDED.includes(statFields(pid)?.[0] ?? '');
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
