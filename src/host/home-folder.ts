import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, posix, win32 } from 'node:path';
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
  /** Heads of the journal that were signed, oldest first. */
  readonly signedHeads: string;
  /** The tree over the signed records, kept from one start to the next. */
  readonly journalTree: string;
  /** Space set aside for emergency records. */
  readonly ballast: string;
  readonly marketDb: string;
  readonly labDb: string;
  readonly backups: string;
  readonly vaultDir: string;
  readonly runDir: string;
  /** Outcomes of the checks of venues that were run here. */
  readonly venueGrades: string;
  /** The models that were copied or downloaded, and what is known of all of them. */
  readonly modelsDir: string;
  readonly modelsFile: string;
  /** Weights of the reader of tones, trained on the master's own texts. */
  readonly sentimentFile: string;
};

const OTHER_FOLDER = 'choose another folder with --home or MT_HOME';
const SHORTER_FOLDER = 'choose a folder with a shorter path with --home or MT_HOME';

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
  signedHeads: join(home, 'journal.heads'),
  journalTree: join(home, 'journal.tree'),
  ballast: join(home, 'ballast.bin'),
  marketDb: join(home, 'market.db'),
  labDb: join(home, 'lab.db'),
  backups: join(home, 'backups'),
  vaultDir: join(home, 'vault'),
  runDir: join(home, 'run'),
  venueGrades: join(home, 'venues.json'),
  modelsDir: join(home, 'models'),
  modelsFile: join(home, 'models.json'),
  sentimentFile: join(home, 'sentiment.json'),
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

/**
 * True when the folder was made now. Made level by level: below a folder that can hold none (such as /proc) Node's own recursive
 * making never ends.
 */
function makeFolder(path: string): boolean {
  try {
    const missing = missingLevels(path);
    for (const level of missing) makeLevel(level);
    if (!statSync(path).isDirectory()) throw new Fault('storage', `${path} is not a folder`, OTHER_FOLDER);
    return missing.length > 0;
  } catch (error) {
    throw folderFault(path, error);
  }
}

/** The folders of a path that do not exist, outermost first. */
function missingLevels(path: string): readonly string[] {
  const missing: string[] = [];
  for (let level = path; statSync(level, { throwIfNoEntry: false }) === undefined; level = dirname(level)) {
    missing.unshift(level);
    if (dirname(level) === level) break;
  }
  return missing;
}

function makeLevel(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in the same instant.
    const there = errorCode(error) === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!there) throw error;
  }
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

const LONGEST_NAMED = 80;

/** Long enough to be recognised, short enough for a line. */
const named = (path: string): string => (path.length > LONGEST_NAMED ? `${path.slice(0, LONGEST_NAMED)}...` : path);

/** What the file system said about the data folder or a part of it, as a Fault with a remedy that fits. Anything else comes back as it is. */
export function folderFault(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof Fault || code === undefined) return error;
  const fault = (message: string, remedy: string): Fault => new Fault('storage', message, remedy);
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return fault(`${path} is not a folder, or lies under something that is none`, OTHER_FOLDER);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fault(
        `the data folder ${path} is read-only for this user`,
        `give your user write access to it, or ${OTHER_FOLDER}`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return fault(`the disk of the data folder ${path} is full`, `free some space, or ${OTHER_FOLDER}`);
    case 'ENOENT':
      return fault(`the data folder ${path} cannot be made: no folder can be made there`, OTHER_FOLDER);
    case 'ELOOP':
      return fault(`the data folder ${path} is a link that leads in a circle`, `mend that link, or ${OTHER_FOLDER}`);
    case 'ENAMETOOLONG':
      return fault(`the path of the data folder is too long for this system: ${named(path)}`, SHORTER_FOLDER);
    default:
      return fault(`the data folder ${path} cannot be used (${code})`, OTHER_FOLDER);
  }
}

/** Like `folderFault`, for a folder that could not even be looked into. */
export const closedFolderFault = (path: string, error: unknown): unknown =>
  ['EACCES', 'EPERM'].includes(errorCode(error) ?? '')
    ? new Fault(
        'storage',
        `the data folder ${path} is closed to this user; it may belong to another one`,
        `run the program as the owner of the folder, or ${OTHER_FOLDER}`,
      )
    : folderFault(path, error);
