import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '#adapters/files/error-code.ts';
import { holdExclusive } from '#adapters/sqlite/exclusive-file.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import { isAlive, processStart } from './process-identity.ts';

const lockContent = z.object({
  pid: z.int().min(1),
  /** Kernel's start of that process, where known, so that a reused number is not taken for the old engine. */
  processStart: z.string().optional(),
  startedAt: z.int(),
  token: z.string(),
});
type LockContent = z.infer<typeof lockContent>;

export type EngineLock = { readonly pid: number; release(): void };

const ATTEMPTS = 5;

/**
 * Makes this process the only engine of a data folder. Two things together: `engine.guard`, locked through the operating system, which
 * vanishes with the process and can't be raced; and `engine.lock`, which names the holder and still stands when somebody has
 * removed the guard. The lock of a dead process is taken over. Throws Fault `engine_running` naming the process, or `storage`.
 *
 * `runDir` exists (prepareHome). Take the lock before the vault and the databases, release it after they are closed.
 */
export function acquireEngineLock(runDir: string, now: () => number): EngineLock {
  const path = join(runDir, 'engine.lock');
  const guard = holdExclusive(join(runDir, 'engine.guard'));
  if (guard === undefined) throw running(runDir, readLock(path)?.pid);
  try {
    const own = claim(path, runDir, now());
    let released = false;
    return {
      pid: own.pid,
      release() {
        if (released) return;
        released = true;
        // Never somebody else's: the folder may have been replaced under us.
        if (readLock(path)?.token === own.token) rmSync(path, { force: true });
        guard.release();
      },
    };
  } catch (error) {
    guard.release();
    throw storageFault(error, path);
  }
}

/** The process that holds the folder, if one does; for messages and for deciding whether to attach. */
export function engineHolder(runDir: string): { readonly pid: number; readonly startedAt: number } | undefined {
  const found = readLock(join(runDir, 'engine.lock'));
  return found !== undefined && isLive(found) ? { pid: found.pid, startedAt: found.startedAt } : undefined;
}

function claim(path: string, runDir: string, startedAt: number): LockContent {
  const start = processStart(process.pid);
  const own: LockContent = {
    pid: process.pid,
    ...(start === undefined ? {} : { processStart: start }),
    startedAt,
    token: randomBytes(16).toString('hex'),
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = readLock(path);
    if (found !== undefined && isLive(found)) throw running(runDir, found.pid);
    rmSync(path, { force: true });
    if (!create(path, JSON.stringify(own))) continue;
    // Somebody without the guard may have removed ours as stale in the same instant.
    if (readLock(path)?.token === own.token) return own;
  }
  throw running(runDir, readLock(path)?.pid);
}

/** False when the file is there already. */
function create(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
    return true;
  } finally {
    closeSync(file);
  }
}

/** Undefined for a missing file and for one that a crash left half-written. */
function readLock(path: string): LockContent | undefined {
  try {
    return lockContent.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isLive(lock: LockContent): boolean {
  if (!isAlive(lock.pid)) return false;
  const start = processStart(lock.pid);
  return lock.processStart === undefined || start === undefined || lock.processStart === start;
}

function running(runDir: string, pid: number | undefined): Fault {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new Fault(
    'engine_running',
    `an engine already runs on this data folder: ${who} holds ${runDir}`,
    'use that one (mt attaches to it), stop it first, or choose another data folder with --home',
  );
}
