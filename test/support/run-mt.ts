import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Finished, NODE } from './child.ts';
import { installedTerminal } from './installed-terminal.ts';

export type RunOptions = {
  readonly home?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What standard input holds; nothing when left out. */
  readonly input?: string;
  /** Another user to run as; only root may choose one. */
  readonly uid?: number;
};

/** The environment of a bare machine: no display, no keyring, no colours asked for or forbidden. */
const bareEnvironment = (more: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv => {
  const {
    DISPLAY: _x,
    WAYLAND_DISPLAY: _w,
    MT_HOME: _h,
    MT_MODEL: _m,
    NO_COLOR: _n,
    FORCE_COLOR: _f,
    ...rest
  } = process.env;
  return {
    ...rest,
    NODE_OPTIONS: '',
    NODE_ENV: 'production',
    VITEST: '',
    CI: undefined,
    LANG: 'C.UTF-8',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
    ...more,
  };
};

export type RunningMt = {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  readonly stdout: () => string;
  /** Resolves with all of standard output once it matches; rejects when the process ends before. */
  readonly said: (pattern: RegExp) => Promise<string>;
};

/** Starts a program of the installation: `resources/mt.cjs`, or `scripts/start.mjs`. */
export function startInstalled(command: readonly string[], { cwd, env, uid }: RunOptions = {}): RunningMt {
  const child = spawn(command[0] ?? NODE, command.slice(1), {
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid: uid }),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: bareEnvironment(env),
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  // A character may arrive in two pieces; the stream's own decoder puts it together.
  child.stdout?.setEncoding('utf8');
  child.stderr?.setEncoding('utf8');
  child.stdout?.on('data', (chunk: string) => {
    stdout += chunk;
    for (const watcher of watchers) watcher();
  });
  child.stderr?.on('data', (chunk: string) => {
    stderr += chunk;
  });
  const finished = new Promise<Finished>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return {
    child,
    finished,
    stdout: () => stdout,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(stdout)) return;
          watchers.delete(look);
          resolve(stdout);
        };
        watchers.add(look);
        void finished.then(({ code, signal }) =>
          reject(new Error(`it ended with ${signal ?? code} before it said ${pattern}:\n${stdout}${stderr}`)),
        );
        look();
      }),
  };
}

/** These ask for the form of the answer; without one, a program that reads it gets JSON. */
const FORMS = ['--json', '--plain', '--batch'];

/** Starts `mt`, told to write text for people where the arguments ask for no form. */
export async function startMt(given: readonly string[], options: RunOptions = {}): Promise<RunningMt> {
  const folder = await installedTerminal();
  const args = FORMS.some((form) => given.includes(form)) ? given : [...given, '--plain'];
  const home = options.home === undefined ? [] : ['--home', options.home];
  return startInstalled([NODE, join(folder, 'resources/mt.cjs'), ...args, ...home], options);
}

/** Runs `mt` to its end. */
export async function runMt(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const running = await startMt(args, options);
  running.child.stdin?.end(options.input ?? '');
  return running.finished;
}

/** The one line of JSON that `--json` promises. Throws when standard output holds anything else. */
export function oneJsonLine(stdout: string): unknown {
  if (!stdout.endsWith('\n') || stdout.indexOf('\n') !== stdout.length - 1) {
    throw new Error(`not exactly one line:\n${stdout}`);
  }
  return JSON.parse(stdout);
}
