import { fork } from 'node:child_process';
import { Fault } from '#core/kernel/fault.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { WorkerLike } from './worker-like.ts';

/**
 * What a worker may know of our environment: enough for the operating system to start it. Everything else stays out, above all
 * keys, NODE_OPTIONS and the settings by which the model library could be told to build or download.
 */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir'];
const STDERR_KEPT = 2000;

/** Runs `workerFile` in a Node process of its own. Throws Fault `unsupported` inside an installed program. */
export function forkNodeWorker(workerFile: string, logger: Logger): WorkerLike {
  // There the executable is the program itself, which may not be run as Node: a fork would open a second one.
  if (process.versions['electron'] !== undefined)
    throw new Fault(
      'unsupported',
      'an installed mt has no model process of its own',
      'open the window: mt uses its engine',
    );
  const env = Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  const child = fork(workerFile, [], {
    execArgv: [],
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-STDERR_KEPT);
  });

  let ended: string | undefined;
  const listeners: ((why: string) => void)[] = [];
  const end = (why: string): void => {
    if (ended !== undefined) return;
    ended = why;
    if (said !== '') logger.warn('what the worker printed before it ended', { text: said });
    for (const listener of listeners) listener(why);
  };
  child.on('error', (error) => {
    logger.error('the worker process reported an error', error);
    if (child.pid === undefined) end('the process could not be started');
  });
  child.on('exit', (code, signal) =>
    end(signal === null ? `the process ended with code ${code}` : `the process was ended by ${signal}`),
  );

  return {
    pid: child.pid,
    postMessage(message) {
      if (child.connected && message !== undefined) child.send(message as object, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      if (ended === undefined) listeners.push(listener);
      else listener(ended);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
