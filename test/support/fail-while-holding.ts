import { join } from 'node:path';
import { engineThatHolds, fillDisk } from './full-disk-engine.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';

// A cycle breaks while it holds a position, because nothing can be written any more; then there is room again in the same process. Prints
// one line of JSON.
const disk = process.argv[2] ?? '';
const test = await engineThatHolds(join(disk, 'home'), createMemorySecretStore());
const { handlers } = test.engine;
const { refused, free } = fillDisk(disk, handlers);
const failed = await handlers['cycle.wait']({ cycle: 1 });
const held = (await handlers['portfolio.get']({})).positionValue;
free();
const next = await test.press();
const settled = await handlers['cycle.get']({ cycle: 1 });
const records = (await test.records()).filter((record) => record.cycle === 1);
const end = records.find(({ type }) => type === 'cycle.completed');
console.log(
  JSON.stringify({
    refused,
    failed: { state: failed.state, error: failed.error },
    held,
    settled: { state: settled?.state, fills: settled?.fills.map(({ purpose }) => purpose) },
    end: end === undefined ? null : JSON.parse(end.payload),
    next: { state: next.state, startingEquity: next.result?.reconciliation.startingEquity },
    whole: (await handlers['audit.verify']({})).ok,
  }),
);
await test.close();
