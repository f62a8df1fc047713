import { writeSync } from 'node:fs';
import type { RunId } from '#core/domain/ids.ts';
import { draft, openTestStorage } from './storage.ts';

// Appends until it is killed. A line on standard output is the acknowledgement of that record: it must never be lost.
const storage = openTestStorage(process.argv[2] ?? '');
const { journal } = storage;
const cycle = journal.beginCycle();
for (let i = 0; ; i++) {
  const size = (i % 3) + 1;
  const batch = Array.from({ length: size }, (_, n) =>
    draft('R-loop', i * 3 + n, { i, n, text: 'x'.repeat((i * 37) % 900) }),
  );
  const records = journal.append(cycle, batch);
  writeSync(1, `${records.at(-1)?.seq} ${journal.runHead(cycle, 'R-loop' as RunId)}\n`);
}
