import { createMemorySecretStore } from './memory-secret-store.ts';
import { generatedStretches } from './side-by-side.ts';
import { keepTrading, openTenAgents, tradingNow } from './ten-agents.ts';

// A process whose agents trade one account; as soon as several hold something it says so and stops: its parent kills it.
const [home = '', resources = '', file = '', symbols = ''] = process.argv.slice(2);
const ten = await openTenAgents({
  tapes: generatedStretches(file, 2, 5),
  interval: '5m',
  historyDays: 1,
  limits: { maxAgents: 10 },
  engine: { home, resources, secrets: createMemorySecretStore('missing') },
});
await keepTrading(ten, symbols.split(','), {
  until: ten.market.clock.now() + 12 * 3_600_000,
  pause: 1,
  enough: async () => {
    const holding = await tradingNow(ten.test);
    if (holding.length < 3) return false;
    console.log(`holding ${holding.map(({ cycle }) => cycle).join(' ')}.`);
    // Blocks the event loop, so that the positions are still held when the signal comes.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return true;
  },
});
