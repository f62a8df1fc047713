// What stays resident after one read of a stored million, in a process that did nothing else.
import { readFileSync } from 'node:fs';
import { openDatabases } from '../lib/storage.mjs';

const residentKb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN);

export function prepare({ folder }) {
  const storage = openDatabases(folder);
  // A first small read, so that code and page cache are there.
  storage.candles.readColumns('BTC/USDT.SIM', '1m', 0, 1_672_531_200_000 + 60_000_000);
  return {
    run: () => {
      globalThis.gc();
      const before = process.platform === 'linux' ? residentKb() : process.memoryUsage().rss / 1024;
      const columns = storage.candles.readColumns('BTC/USDT.SIM', '1m');
      const right = process.platform === 'linux' ? residentKb() : process.memoryUsage().rss / 1024;
      globalThis.gc();
      const after = process.platform === 'linux' ? residentKb() : process.memoryUsage().rss / 1024;
      return {
        growthMb: (after - before) / 1024,
        atReturnMb: (right - before) / 1024,
        dataMb: (columns.length * 48) / 2 ** 20,
      };
    },
  };
}
