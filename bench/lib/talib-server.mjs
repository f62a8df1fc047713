import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The C driver as a process that waits for its turn. */
export function startTalib(binary, path, count) {
  const child = spawn(binary, [path, String(count)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('the TA-Lib driver ended');
    const [wall, cpu] = value.split(' ').map(Number);
    return { ms: wall / 1e6, cpuMs: cpu / 1e6 };
  };
  return {
    run: (name) => ask(`run ${name}`),
    dump: (name, to) => ask(`dump ${name} ${to}`),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.stdin.end();
      }),
  };
}
