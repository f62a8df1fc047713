import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
/** The plain user that a test run by root becomes: Electron's sandbox refuses root, and the product asks for no more. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;
const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** Builds packages for this machine into `out`, with `npm run package`. Answers what that said. */
export function buildPackage(out: string, formats: readonly string[]): string {
  const done = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/package.mjs'), ...formats, '--no-build', '--out', out],
    {
      encoding: 'utf8',
    },
  );
  if (done.status !== 0) throw new Error(`the package was not built: ${done.stdout}${done.stderr}`);
  // A plain user must be able to walk in.
  for (const folder of [dirname(out), out, join(out, 'linux-unpacked')]) chmodSync(folder, 0o755);
  return done.stdout;
}

/** Whether a plain user may make a namespace of its own here, which is what the sandbox is made of. */
const hasUserNamespaces = (): boolean =>
  spawnSync('unshare', ['-Ur', 'true'], { ...user, stdio: 'ignore' }).status === 0;

/** The unpacked program, run as a plain user with a home of its own. */
export function packagedApp(folder: string, home: string, executable = join(folder, 'master-trader')) {
  mkdirSync(home, { recursive: true });
  if (asRoot) chownSync(home, NOBODY, NOBODY);
  if (!hasUserNamespaces() && asRoot) {
    // What the installed package does on systems without them: the helper belongs to root and may become root.
    chownSync(join(folder, 'chrome-sandbox'), 0, 0);
    chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
    console.log('no user namespaces here: the sandbox runs through its helper, which belongs to root');
  }
  const env = (more: Record<string, string> = {}): Record<string, string> => ({
    PATH: '/usr/bin:/bin',
    HOME: home,
    MT_HOME: join(home, 'data'),
    XDG_RUNTIME_DIR: home,
    ...more,
  });
  return {
    executable,
    /** Runs the program, or another one of its package, to its end. */
    run: (args: readonly string[], more: Record<string, string> = {}, program = executable): Promise<Said> =>
      new Promise((done) => {
        const options = { ...user, env: env(more), cwd: home, timeout: 90_000 };
        execFile(program, args, options, (error, out, err) =>
          done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : null, out, err }),
        );
      }),
    /** Opens the window. */
    open: (display: string): ChildProcess =>
      spawn(executable, ['--disable-gpu'], { ...user, env: env({ DISPLAY: display }), cwd: home, stdio: 'ignore' }),
  };
}

/**
 * Debian's own tool, on a system of its own below `system`: what it depends on is looked for in none, and its scripts are told where they are.
 */
export function dpkg(system: string, ...words: readonly string[]): string {
  const admin = join(system, 'var/lib/dpkg');
  if (!existsSync(admin)) {
    for (const folder of ['info', 'updates', 'triggers']) mkdirSync(join(admin, folder), { recursive: true });
    writeFileSync(join(admin, 'status'), '');
    chmodSync(system, 0o755);
  }
  const own = [`--admindir=${admin}`, `--instdir=${system}`, '--force-depends', '--force-script-chrootless'];
  const done = spawnSync('dpkg', [...own, ...words], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`dpkg ${words.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

export type ChildState = { readonly type: string; readonly seccomp: number; readonly ownNamespace: boolean };

/** The processes below `pid`, as Linux sees their walls. */
export function childrenOf(pid: number): readonly ChildState[] {
  const all = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const field = (key: string): string => new RegExp(`^${key}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
      // A process that the zygote made has its words in one text, the others each in its own.
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(field('PPid')), seccomp: Number(field('Seccomp')), command }];
    } catch {
      return []; // It ended meanwhile.
    }
  });
  const below = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid).map(({ pid: child, seccomp, command }) => {
    const type = /--type=(\S+)/.exec(command)?.[1] ?? '';
    const inner = spawnSync('readlink', [`/proc/${child}/ns/user`], { encoding: 'utf8' }).stdout;
    const outer = spawnSync('readlink', [`/proc/${pid}/ns/user`], { encoding: 'utf8' }).stdout;
    return { type, seccomp, ownNamespace: inner !== '' && inner !== outer };
  });
}
