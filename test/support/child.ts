import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** The Node of this project, whatever Node runs the tests. */
export const NODE = resolve(ROOT, 'node_modules/node/bin/node');

export type Finished = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type StartOptions = {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Wraps the command: `[...before, node, script, ...args]`. */
  readonly before?: readonly string[];
  readonly uid?: number;
  /** Its standard input is ours to write to. */
  readonly input?: boolean;
};

export type Started = { readonly child: ChildProcess; readonly finished: Promise<Finished>; stdout(): string };

const living = new Set<ChildProcess>();

/** Kills every script that a test started and did not see end; for `afterEach`, so that a failing test leaves nothing behind. */
export function killStarted(): void {
  for (const child of living) child.kill('SIGKILL');
  living.clear();
}

/** Waits until it has printed so many whole lines, or has ended before. */
export const untilLines = ({ child, finished, stdout }: Started, count: number): Promise<void> =>
  new Promise((ready) => {
    const look = (): void => {
      if (stdout().split('\n').length - 1 < count) return;
      child.stdout?.off('data', look);
      ready();
    };
    child.stdout?.on('data', look);
    void finished.then(() => ready());
  });

/** Runs one of the scripts in test/support as a process of its own. */
export function startScript(script: string, args: readonly string[], options: StartOptions = {}): Started {
  const command = [...(options.before ?? []), NODE, resolve(ROOT, 'test/support', script), ...args];
  const child = spawn(command[0] ?? NODE, command.slice(1), {
    cwd: ROOT,
    stdio: [options.input === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  living.add(child);
  child.once('close', () => living.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const finished = new Promise<Finished>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, finished, stdout: () => stdout };
}
