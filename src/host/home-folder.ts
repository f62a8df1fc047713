import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { errorCode } from '#adapters/files/error-code.ts';
import { Fault } from '#core/kernel/fault.ts';

export type HomeQuestion = {
  /** Value of --home. */
  readonly flag: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly homedir: string;
  /** Folder that a relative path starts from. */
  readonly cwd: string;
};

/** Where everything of one data folder lies. */
export type HomePaths = {
  readonly home: string;
  readonly journalDb: string;
  readonly journalHead: string;
  readonly marketDb: string;
  readonly labDb: string;
  readonly vaultDir: string;
  readonly runDir: string;
};

const OTHER_FOLDER = 'choose another folder with --home or MT_HOME';

/** The data folder: --home, then MT_HOME, then the platform's place for application data. Throws Fault `usage` on an empty choice. */
export function resolveHome(question: HomeQuestion): string {
  const { flag, env, platform, homedir, cwd } = question;
  const paths = platform === 'win32' ? win32 : posix;
  const chosen = flag ?? env['MT_HOME'];
  if (chosen !== undefined) {
    if (chosen.trim() === '' || chosen.includes('\0')) {
      throw new Fault(
        'usage',
        `${flag === undefined ? 'MT_HOME' : '--home'} names no folder`,
        'give the path of a folder, or leave it out',
      );
    }
    return paths.resolve(cwd, chosen);
  }
  if (platform === 'win32') {
    const roaming = env['APPDATA'];
    return paths.join(absolute(paths, roaming) ?? paths.join(homedir, 'AppData', 'Roaming'), 'Master Trader');
  }
  if (platform === 'darwin') return paths.join(homedir, 'Library', 'Application Support', 'Master Trader');
  // The XDG rules say that a relative value must be ignored.
  return paths.join(absolute(paths, env['XDG_DATA_HOME']) ?? paths.join(homedir, '.local', 'share'), 'master-trader');
}

const absolute = (paths: typeof posix, value: string | undefined): string | undefined =>
  value !== undefined && paths.isAbsolute(value) ? value : undefined;

export const homePaths = (home: string): HomePaths => ({
  home,
  journalDb: join(home, 'journal.db'),
  journalHead: join(home, 'journal.head'),
  marketDb: join(home, 'market.db'),
  labDb: join(home, 'lab.db'),
  vaultDir: join(home, 'vault'),
  runDir: join(home, 'run'),
});

/**
 * Makes the data folder ready: creates it for its owner only, and makes sure that it is a folder and can be written. The rights of a
 * folder that already holds other things are left alone (somebody may have named their home or `/`); what we put inside is private
 * by itself. Throws Fault `storage`.
 */
export function prepareHome(home: string): HomePaths {
  const paths = homePaths(home);
  const created = makeFolder(home);
  const ours = created || readdirSafe(home).length === 0 || existsSync(paths.vaultDir);
  try {
    if (ours && process.platform !== 'win32') chmodSync(home, 0o700);
  } catch {
    // Not our folder to change; whether it can be written is what counts.
  }
  probeWritable(home);
  for (const folder of [paths.vaultDir, paths.runDir]) {
    makeFolder(folder);
    if (process.platform !== 'win32') chmodSync(folder, 0o700);
  }
  return paths;
}

/** True when the folder was made now. */
function makeFolder(path: string): boolean {
  let made: string | undefined;
  try {
    made = mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw folderFault(path, error);
  }
  if (!statSync(path).isDirectory()) throw new Fault('storage', `${path} is not a folder`, OTHER_FOLDER);
  return made !== undefined;
}

function readdirSafe(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw folderFault(path, error);
  }
}

function probeWritable(home: string): void {
  const probe = join(home, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    closeSync(openSync(probe, 'wx', 0o600));
  } catch (error) {
    throw folderFault(home, error);
  } finally {
    rmSync(probe, { force: true });
  }
}

function folderFault(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined) return error;
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new Fault('storage', `${path} is not a folder, or lies under something that is none`, OTHER_FOLDER);
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Fault(
      'storage',
      `the data folder ${path} is read-only for this user`,
      `give your user write access to it, or ${OTHER_FOLDER}`,
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Fault('storage', `the disk of the data folder ${path} is full`, `free some space, or ${OTHER_FOLDER}`);
  }
  return new Fault('storage', `the data folder ${path} cannot be used (${code})`, OTHER_FOLDER);
}
