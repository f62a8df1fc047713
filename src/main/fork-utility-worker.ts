import { utilityProcess } from 'electron';
import type { WorkerLike } from '#host/worker-like.ts';

/** Runs a worker in a utility process of Electron: its crash or hang never touches the engine. */
export function forkUtilityWorker(workerFile: string, serviceName = 'Master Trader model'): WorkerLike {
  const child = utilityProcess.fork(workerFile, [], { serviceName, stdio: 'ignore', env: {} });
  let ended: string | undefined;
  const listeners: ((why: string) => void)[] = [];
  child.on('exit', (code) => {
    ended = `the process ended with code ${code}`;
    for (const listener of listeners) listener(ended);
  });
  return {
    pid: child.pid,
    postMessage: (message) => {
      if (ended === undefined) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      if (ended === undefined) listeners.push(listener);
      else listener(ended);
    },
    kill: () => void child.kill(),
  };
}
