import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine } from './engine.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';

// A process that presses the button on the standing account and, as soon as a position is held, says so and stops: its parent kills it.
const [home = ''] = process.argv.slice(2);
const { engine } = await startTestEngine({ home, secrets: createMemorySecretStore('missing') });
const { cycle } = await engine.handlers['cycle.start'](cycleRequest.parse({ trigger: 'terminal' }));
for (;;) {
  const view = await engine.handlers['cycle.get']({ cycle });
  if (view?.fills.some((fill) => fill.purpose === 'entry')) break;
  if (view?.state !== 'running')
    throw new Error(`the cycle ended without a position: ${view?.result?.reason ?? view?.error ?? ''}`);
  await new Promise((resolve) => setImmediate(resolve));
}
console.log('holding');
// Blocks the event loop, so that the position is still held when the signal comes.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
