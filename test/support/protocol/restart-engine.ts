import { writeSync } from 'node:fs';
import { createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { draft } from '#core/cycle/records.ts';
import type { RunId } from '#core/domain/ids.ts';
import { createExecution } from '#core/execution/execution.ts';
import { createLiveVenue } from '#core/order-protocol/live-venue.ts';
import { approvals } from '#core/risk/seal.ts';
import { openTestStorage } from '../storage.ts';
import { KILL_CAPABILITIES } from './kill-settings.ts';
import { orderRecords } from './order-records.ts';
import { LIVE_INSTRUMENT } from './simulate.ts';
import { createThinGateway } from './thin-gateway.ts';

// Starts on a journal that another process left behind, and says when it is reconciled. The settings are those of the product.
const [folder = '', port = '0', account = ''] = process.argv.slice(2);
const storage = openTestStorage(folder);
const cycle = storage.journal.beginCycle();
const gateway = createThinGateway({ port: Number(port), account, capabilities: KILL_CAPABILITIES, timeoutMs: 4_000 });
const venue = createLiveVenue({
  gateway,
  clock: createSystemClock({ keepsProcessAlive: true }),
  instruments: [LIVE_INSTRUMENT],
  onBroken: (error) => {
    writeSync(2, `broken: ${String(error)}\n`);
    process.exit(3);
  },
});
const execution = createExecution({
  venue,
  approvals,
  ids: { clientOrderId: () => 'mtffffffffffffffff' as never },
  instruments: [LIVE_INSTRUMENT],
  restore: orderRecords(storage.journal),
  record: ({ type, ts, payload }) => storage.journal.append(cycle, [draft('R-restart' as RunId, ts, type, payload)]),
});
venue.start(execution);
const restored = execution.openOrders().length;
const look = setInterval(() => {
  if (venue.status().state !== 'ready') return;
  clearInterval(look);
  const open = execution.openOrders();
  const unclear = open.filter(({ status }) => status !== 'accepted').length;
  writeSync(1, JSON.stringify({ restored, open: open.length, unclear }));
  storage.close();
  process.exit(0);
}, 5);
