import { join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import { prepareHome } from '#host/home-folder.ts';
import { draft, openTestStorage } from './storage.ts';

// Appends until the disk is full, then reports what the journal says and whether it still is whole. Prints one line of JSON.
const home = join(process.argv[2] ?? '', 'home');
prepareHome(home);
const storage = openTestStorage(home);
const cycle = storage.journal.beginCycle();
let acknowledged = 0;
let fault: unknown;
try {
  for (let i = 0; ; i++) {
    acknowledged = storage.journal.append(cycle, [draft('R-full', i, { text: 'x'.repeat(5000) })]).at(-1)?.seq ?? 0;
  }
} catch (error) {
  fault = error instanceof Fault ? { code: error.code, message: error.message, remedy: error.remedy } : String(error);
}
const verdict = storage.journal.verify();
storage.close();
const again = openTestStorage(home);
console.log(JSON.stringify({ acknowledged, fault, verdict, reopened: again.journal.verify() }));
again.close();
