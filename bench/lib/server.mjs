import { fork } from 'node:child_process';
import { join } from 'node:path';

const SERVE = join(import.meta.dirname, 'serve.mjs');

/**
 * Starts one contestant in a process of its own, so that neither its garbage nor what the compiler learnt from it reaches the others; it
 * waits while they run. `ask` sends a request and answers what comes back.
 */
export async function startContestant(module, config, { execArgv = [] } = {}) {
  const child = fork(SERVE, [module, JSON.stringify(config)], {
    execArgv: ['--no-warnings', ...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const ended = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${module} ended (${signal ?? code})`)));
  });
  ended.catch(() => undefined);
  const answer = () =>
    Promise.race([
      new Promise((resolve, reject) =>
        child.once('message', (message) => (message.error ? reject(new Error(message.error)) : resolve(message))),
      ),
      ended,
    ]);
  const ask = (request) => {
    const waiting = answer();
    child.send(request);
    return waiting;
  };
  const ready = await answer();
  return {
    ready,
    ask,
    run: (input) => ask({ kind: 'run', input }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.disconnect();
      }),
  };
}
