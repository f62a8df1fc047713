import { resolve } from 'node:path';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createEngine } from '#host/create-engine.ts';
import { forkNodeWorker } from '#host/fork-node-worker.ts';
import { openDoor } from '#host/open-door.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';
import { CHEAP } from './vault.ts';

// A whole session with the words given, as an owner would have one, then it is left running until it is killed. Prints what else must be
// found nowhere: the names of its orders, its records' hashes and the keys to its door.
const [home = '', passphrase = '', recoveryCode = '', apiKey = '', secret = '', note = ''] = process.argv.slice(2);
const ROOT = resolve(import.meta.dirname, '../..');
const logger = createRingLogger({ verbose: true });
const engine = await createEngine({
  home,
  resources: resolve(ROOT, 'resources'),
  version: '0.0.0-test',
  pace: 'stepped',
  modelPath: undefined,
  forkWorker: (workerLogger) => forkNodeWorker(resolve(ROOT, 'src/adapters/inference-llama/worker.ts'), workerLogger),
  labWorker: resolve(ROOT, 'src/host/lab/worker.ts'),
  secrets: createMemorySecretStore(),
  logger,
  vault: { cost: CHEAP },
});
const { handlers } = engine;
const cycle = async () => {
  const { cycle: number } = await handlers['cycle.start'](cycleRequest.parse({ trigger: 'terminal' }));
  return handlers['cycle.wait']({ cycle: number });
};
const before = await cycle();
await handlers['vault.set_passphrase']({ passphrase, recoveryCode });
await openDoor({ engine, home, logger });
await handlers['keys.put']({ name: 'canary-account', venue: 'kraken', apiKey, secret });
await handlers['vault.unattended']({ credential: { kind: 'passphrase', passphrase }, on: true });
// With a passphrase the engine asks before it spawns; this owner lets it act alone again.
await handlers['access.step_up']({ proof: { kind: 'passphrase', passphrase } });
await handlers['mode.set']({ mode: 'full', reason: note, by: 'terminal' });
const after = await cycle();
await handlers['engine.kill']({ reason: note, verb: 'flatten' });
await handlers['engine.resume']({ reason: note });
await handlers['backup.make']({});
await handlers['vault.lock']({ why: 'by hand' });
// A refusal of each kind, so that what the log says is scanned as well.
await Promise.resolve(handlers['vault.unlock']({ kind: 'passphrase', passphrase: `${passphrase} wrong` })).catch(
  (error: unknown) => logger.error('unlock', error),
);
await handlers['vault.unlock']({ kind: 'recovery', code: recoveryCode });
logger.warn(`sent with apiKey=${apiKey}`, { secret, note: 'x', url: `https://x/?signature=${secret}` });
const ids = [before, after].flatMap(({ orders, runId }) => [
  ...orders.map(({ clientOrderId }) => clientOrderId),
  runId,
]);
console.log(JSON.stringify({ ids }));
setInterval(() => undefined, 1000);
