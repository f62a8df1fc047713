// The process of one contestant: loads its module, prepares it, and then runs it once for each request.
import { readFileSync } from 'node:fs';
import { timed } from './measure.mjs';

const [module, config] = process.argv.slice(2);
/** Highest memory so far. On Linux the kernel's own mark: `maxRSS` begins with what the starting process had. */
const megabytes = () => {
  const kilobytes =
    process.platform === 'linux'
      ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
      : process.resourceUsage().maxRSS;
  return Math.round(kilobytes / 1024);
};

try {
  const contestant = await import(module);
  const prepared = await contestant.prepare(JSON.parse(config));
  const answer = async ({ kind, input }) => {
    if (kind === 'result') return { result: await prepared.result(input) };
    if (prepared.runAsync === undefined) {
      const { ms, cpuMs, result } = timed(() => prepared.run(input));
      return { ms, cpuMs, rssMb: megabytes(), own: result };
    }
    const cpu = process.cpuUsage();
    const start = performance.now();
    const own = await prepared.runAsync(input);
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    return { ms, cpuMs: (user + system) / 1000, rssMb: megabytes(), own };
  };
  process.on('message', (request) => {
    answer(request).then(
      (message) => process.send(message),
      (error) => process.send({ error: error.stack }),
    );
  });
  process.send({ ready: true, rssMb: megabytes(), facts: prepared.facts });
} catch (error) {
  process.send({ error: error.stack });
}
