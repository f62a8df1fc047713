import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, statSync, watch, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '#adapters/files/error-code.ts';
import type { Cancel } from '#core/kernel/clock.ts';
import { folderFault } from './home-folder.ts';

/**
 * The plainest way to stop the engine: a file called KILL in the run folder. As long as it is there nothing trades, whoever put it there
 * (`touch run/KILL` is enough) and whatever the journal says or cannot say. It needs no key, no model and no window, so a sealed engine
 * and one whose disk is full can be halted with it. Only a resume removes it.
 */
export const killFlagPath = (runDir: string): string => join(runDir, 'KILL');

/** How often a running engine looks, beside being told by the file system, which some file systems never do. */
const POLL_MS = 250;
const LONGEST_REASON = 200;
const UNSAID = 'the file KILL lies in the run folder';

/** Why the engine is to stand still; undefined when the file is not there. A file that cannot be read stands, without its words. */
export function readKillFlag(runDir: string): string | undefined {
  try {
    return wordsOf(readFileSync(killFlagPath(runDir), 'utf8'));
  } catch (error) {
    return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR' ? undefined : UNSAID;
  }
}

/** One short line of printable text, whatever somebody has put into the file. */
function wordsOf(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_REASON)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line === '' ? UNSAID : line.slice(0, LONGEST_REASON);
}

/**
 * Puts the file there and sees it to the disk. On a full disk it stays empty, which halts as well. One that lies there already is not touched:
 * touching it is another order to stop, and whoever watches it would never come to an end. Throws Fault `storage` when not even that works.
 */
export function raiseKillFlag(runDir: string, reason: string): void {
  const path = killFlagPath(runDir);
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    // It halts, whoever put it there and whatever its rights.
    if (existsSync(path)) return;
    throw folderFault(runDir, error);
  }
  try {
    writeSync(file, `${wordsOf(reason)}\n`);
    fsyncSync(file);
  } catch {
    // The words are lost; that the file is there is what halts.
  } finally {
    closeSync(file);
  }
}

/** Takes the file away. Throws Fault `storage` when it cannot, because then the engine would be halted again at once. */
export function clearKillFlag(runDir: string): void {
  try {
    rmSync(killFlagPath(runDir), { force: true });
  } catch (error) {
    throw folderFault(runDir, error);
  }
}

/**
 * Calls `onKill` within a second whenever the file appears, and at once when it is there already. A file that was taken away and put
 * back, or touched again, is another order to stop, however little time lies between.
 */
export function watchKillFlag(runDir: string, onKill: (reason: string) => void): Cancel {
  let seen: string | undefined;
  const look = (): void => {
    const marks = marksOf(killFlagPath(runDir));
    if (marks === seen) return;
    seen = marks;
    const reason = marks === undefined ? undefined : readKillFlag(runDir);
    if (reason !== undefined) onKill(reason);
  };
  const poll = setInterval(look, POLL_MS);
  poll.unref();
  const watcher = watchFolder(runDir, look);
  look();
  return () => {
    clearInterval(poll);
    watcher?.close();
  };
}

/** What tells this file from the one that lay there before; undefined when there is none. */
function marksOf(path: string): string | undefined {
  try {
    const { ino, ctimeNs } = statSync(path, { bigint: true });
    return `${ino} ${ctimeNs}`;
  } catch {
    return undefined;
  }
}

/** News of the folder where the system gives any; the poll sees the rest. */
function watchFolder(runDir: string, look: () => void): { close(): void } | undefined {
  try {
    const watcher = watch(runDir, { persistent: false }, look);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
