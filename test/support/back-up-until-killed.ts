import { writeSync } from 'node:fs';
import { makeBackup } from '#host/backup/make-backup.ts';
import { openBackedUpHome } from './backed-up-home.ts';

// Backs a growing folder up again and again until it is killed. A line on standard output is a backup that was finished.
const home = await openBackedUpHome(process.argv[2] ?? '');
home.grow(200_000);
// Only now: kills are meant for backups, however slowly a folder grows.
writeSync(1, 'begun\n');
for (;;) {
  const { name, records } = await makeBackup(home.source, Date.now);
  writeSync(1, `${name} ${records}\n`);
  home.grow(200_000);
}
