import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createEngine } from '#host/create-engine.ts';
import { connectToEngine } from '#host/engine-file.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { gatewayTarget } from '#host/kill-switch/gateway-target.ts';
import { openDoor } from '#host/open-door.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import type { KillReport } from '#shared/contract/kill.ts';
import { startScript } from '../child.ts';
import { createMemorySecretStore } from '../memory-secret-store.ts';
import { CHEAP, testBootClock } from '../vault.ts';
import { createRestingGateway } from './resting-gateway.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const SPIN_MS = 10;
const SPIN_EVERY_MS = 20;

export type Round = {
  /** From the order to stop to the arrival of each cancel at the venue, in ms. */
  readonly cancels: readonly number[];
  /** Until the venue was seen to be empty, by us, in ms. */
  readonly emptyMs: number;
  /** What the venue itself still had at the end; 0. */
  readonly left: number;
  readonly proven: number;
  readonly allStepsDone: boolean;
};

async function firstLine(script: string, args: readonly string[] = []) {
  const started = startScript(join('kill-switch', script), args, { input: true });
  while (!started.stdout().includes('\n'))
    await Promise.race([
      once(started.child.stdout as NonNullable<typeof started.child.stdout>, 'data'),
      started.finished,
    ]);
  return started;
}

/**
 * A real engine on a busy event loop, with a model at full power that never answers, and a page that is killed just before: told to stop over
 * its socket while orders rest at a venue in another process.
 */
export async function killRounds(options: {
  readonly home: string;
  readonly rounds: number;
  readonly orders: number;
  readonly bulk: boolean;
}): Promise<readonly Round[]> {
  const { home, rounds, orders, bulk } = options;
  const exchange = await firstLine('resting-exchange.ts');
  const venue = createRestingGateway(Number(exchange.stdout()));
  const logger = createRingLogger({ verbose: false });
  const model = join(home, '..', 'hung.gguf');
  // Enough of a header to pass for a model; its process never reads it.
  writeFileSync(model, Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0]), Buffer.alloc(4096)]));
  let resting = 0;
  const engine = await createEngine({
    home,
    resources: resolve(ROOT, 'resources'),
    version: '0.0.0-test',
    pace: 'realtime',
    modelPath: model,
    forkWorker: (log) => forkNodeWorker(resolve(import.meta.dirname, 'hung-model.ts'), log),
    labWorker: resolve(ROOT, 'src/host/lab/worker.ts'),
    secrets: createMemorySecretStore(),
    logger,
    vault: { cost: CHEAP, bootClock: testBootClock() },
    cancelTargets: [
      gatewayTarget({
        gateway: venue.gateway,
        own: () => venue.own(resting),
        held: () => [],
        stopAgents: () => false,
        flatten: () => Promise.resolve(),
      }),
    ],
  });
  const door = await openDoor({ engine, home, logger });
  const client = await connectToEngine(home, 'trade');
  const terminal = await firstLine('other-terminal.ts', [home]);
  let heard = 1;
  /** The order to stop comes from a process of its own, as from a person: its way through the busy loop counts. */
  const pull = async (): Promise<{ readonly began: number; readonly report: KillReport }> => {
    terminal.child.stdin?.write('kill\n');
    for (;;) {
      const lines = terminal.stdout().split('\n').slice(0, -1);
      if (lines.length > heard) return JSON.parse(lines[heard++] ?? '');
      await Promise.race([
        once(terminal.child.stdout as NonNullable<typeof terminal.child.stdout>, 'data'),
        terminal.finished,
      ]);
    }
  };
  // Half of every moment is taken, in pieces that nothing can interrupt.
  const load = setInterval(() => {
    const until = performance.now() + SPIN_MS;
    while (performance.now() < until);
  }, SPIN_EVERY_MS);
  const results: Round[] = [];
  try {
    // The first round is a drill for the drill: it opens the sockets and is not counted.
    for (let round = -1; round < rounds; round++) {
      await venue.fill(orders, bulk);
      resting = orders;
      const page = await firstLine('watching-page.ts', [home]);
      client.invoke('cycle.start', cycleRequest.parse({ trigger: 'terminal' })).catch(() => undefined);
      page.child.kill('SIGKILL');
      const { began, report } = await pull();
      const proof = report.venues.find((one) => one.venue === 'resting exchange');
      const arrivals = await venue.arrivals();
      // One request for all covers every order; where it is refused only the cancels by name count.
      const counted = bulk ? arrivals : arrivals.filter(({ what }) => what !== 'all');
      if (round >= 0)
        results.push({
          cancels: counted.map(({ at }) => at - began),
          emptyMs: (proof?.verifiedEmptyAt ?? Number.POSITIVE_INFINITY) - began,
          left: await venue.resting(),
          proven: proof?.orders.filter(({ confirmedAt }) => confirmedAt !== null).length ?? 0,
          allStepsDone: report.steps.every(({ done }) => done),
        });
      resting = 0;
      await client.invoke('engine.resume', { reason: 'the next drill' });
    }
  } finally {
    clearInterval(load);
    client.close();
    await door.close();
    await engine.close();
    venue.close();
    terminal.child.kill('SIGKILL');
    exchange.child.kill('SIGKILL');
  }
  return results;
}
