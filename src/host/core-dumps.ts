import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Soft and hard limit of this process, as the kernel tells them; undefined where it does not. */
function coreLimits(): { readonly soft: string; readonly hard: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const match = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return match === null ? undefined : { soft: match[1] ?? '', hard: match[2] ?? '' };
  } catch {
    return undefined;
  }
}

/** Whether a crash could write this process's memory, keys and all, to the disk. */
export function coreDumps(): 'off' | 'possible' | 'unknown' {
  const limits = coreLimits();
  if (limits === undefined) return 'unknown';
  return limits.soft === '0' ? 'off' : 'possible';
}

/**
 * Switches them off for this process and what it starts from now on, for good (soft and hard limit zero). Node has no call for it, so
 * Linux's own `prlimit` does it; nothing is started where the limit is zero already. Other systems: see ADR 13.
 */
export function forbidCoreDumps(): void {
  const limits = coreLimits();
  if (limits === undefined || (limits.soft === '0' && limits.hard === '0')) return;
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' });
}
