import { errorCode } from '#adapters/files/error-code.ts';
import { Fault } from '#core/kernel/fault.ts';

/**
 * Turns what SQLite and the file system say into a Fault with a remedy. What is neither (a bug of ours, a Fault already) comes back
 * as it is. Messages name the file and never hold SQL, values or keys.
 */
export function storageFault(error: unknown, path: string): unknown {
  if (error instanceof Fault) return error;
  const code = errorCode(error);
  if (code === undefined) return error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new Fault(
      'storage',
      `the disk is full: ${path} could not be written`,
      'free some space and try again; nothing was half-written',
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new Fault(
      'engine_running',
      `${path} is in use by another process`,
      'stop the other engine on this data folder, or choose another with --home',
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Fault(
      'storage',
      `${path} cannot be written: the file or its folder is read-only for this user`,
      'give your user write access to the folder, or choose another with --home',
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOTDIR' || code === 'ENOENT' || code === 'EISDIR') {
    return new Fault(
      'storage',
      `${path} cannot be opened`,
      'check that its folder exists and belongs to your user, or choose another with --home',
    );
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return damaged(path);
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return new Fault(
      'storage',
      `the disk reported an error on ${path}`,
      'check the disk; if the file is damaged, restore it from a backup',
    );
  }
  return error;
}

export const damaged = (path: string): Fault =>
  new Fault(
    'storage',
    `${path} is damaged: it does not read back as it was written`,
    'move the file aside and restore it from a backup, together with the files that share its name',
  );

/** Runs the work and throws its storage errors as Faults. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageFault(error, path);
  }
}
