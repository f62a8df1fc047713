// From an agent's intent to the request at a venue: the whole risk gate, the durable record, then the call. And a candle to its fill.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/adapters/digest/sha256.ts';
import { createExecution } from '../../src/core/execution/execution.ts';
import { createIdFactory } from '../../src/core/kernel/ids.ts';
import { createGate } from '../../src/core/risk/gate.ts';
import { approvals } from '../../src/core/risk/seal.ts';
import { standardChecks } from '../../src/core/risk/standard-checks.ts';
import { AGENT, at, calmView, candle, entryOrder, instrument, venueRig } from '../../test/support/trading-builders.ts';
import { openDatabases } from '../lib/storage.mjs';

export function prepare({ folder, orders }) {
  const { journal } = openDatabases(mkdtempSync(join(folder, 'latency-')));
  const cycle = journal.beginCycle();
  const gate = createGate(standardChecks);
  return {
    run: () => {
      const times = { total: [], outsideDisk: [], disk: [], fill: [], fillOutsideDisk: [] };
      const rig = venueRig();
      let disk = 0;
      let wire;
      let fills = 0;
      const execution = createExecution({
        venue: {
          ...rig.venue,
          submit(order) {
            // The entry alone: the orders that protect it follow its fill.
            wire ??= { at: performance.now(), disk };
            rig.venue.submit(order);
          },
        },
        record(entry) {
          const start = performance.now();
          journal.append(cycle, [{ runId: 'R-bench', ...entry }]);
          disk += performance.now() - start;
        },
        ids: createIdFactory(sha256, 'bench'),
        approvals,
        onFill: () => {
          fills += 1;
        },
      });
      for (let n = 1; n <= orders; n++) {
        disk = 0;
        wire = undefined;
        const start = performance.now();
        const verdict = gate(entryOrder(n, '1', { stop: '95', target: '110' }), calmView);
        if (verdict.kind === 'denied') throw new Error(verdict.reason);
        execution.submit(AGENT, instrument.id, verdict.order, at(2 * n));
        if (wire === undefined) throw new Error('nothing reached the venue');
        disk = 0;
        const opened = performance.now();
        rig.venue.onCandle(candle(2 * n, 100, 101, 99, 100));
        const filled = performance.now() - opened;
        const diskOfFill = disk;
        // The next candle reaches the target, so that every order meets an empty book.
        rig.venue.onCandle(candle(2 * n + 1, 100, 112, 99, 111));
        if (n <= orders / 10) continue;
        times.total.push(wire.at - start);
        times.disk.push(wire.disk);
        times.outsideDisk.push(wire.at - start - wire.disk);
        times.fill.push(filled);
        times.fillOutsideDisk.push(filled - diskOfFill);
      }
      if (fills !== 2 * orders) throw new Error(`${fills} fills of ${orders} orders and their targets`);
      return { times, fills };
    },
  };
}
