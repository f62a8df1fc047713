import { statSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '#host/backup/make-backup.ts';
import { contentOf, keysOf, openBackedUpHome, restoreInto } from '../support/backed-up-home.ts';
import { killDuringBackups } from '../support/kill-backups.ts';
import type { Proof } from './types.ts';

const DATABASES = ['journal.db', 'lab.db'] as const;
const MEGABYTE = 1_000_000;

/** A restored backup holds what was backed up, soon enough, and a kill in the middle of one costs none that was finished. */
export const s10: Proof = {
  id: 'S10',
  title: 'a backup brings everything back',
  async run({ size, seed, scratch, say }) {
    const rounds = 3;
    const megabytes = size === 'ci' ? 12 : 100;
    const home = join(scratch, 'home');
    let equal = 0;
    let slowest = 0;
    for (let round = 1; round <= rounds; round++) {
      const open = await openBackedUpHome(home);
      open.grow((megabytes * MEGABYTE) / rounds);
      const { name } = await makeBackup(open.source, Date.now);
      await open.close();
      const to = join(scratch, `restored-${round}`);
      const began = performance.now();
      await restoreInto(home, name, to);
      const seconds = (performance.now() - began) / 1000;
      const bytes = statSync(join(to, 'journal.db')).size;
      slowest = Math.max(slowest, (seconds * 100 * MEGABYTE) / bytes);
      const keys = await keysOf(home);
      const same = DATABASES.every(
        (file) => contentOf(join(home, file), keys.db) === contentOf(join(to, file), keys.db),
      );
      if (same) equal += 1;
      say(`restored ${(bytes / MEGABYTE).toFixed(1)} MB in ${seconds.toFixed(2)} s`);
    }
    const killed = await killDuringBackups(join(scratch, 'killed'), size === 'ci' ? 6 : 50, seed);
    const bad = killed.damaged.length + killed.lost + (killed.journalWhole ? 0 : 1);
    return {
      kind: 'ran',
      rows: [
        {
          what: 'restored folders whose tables hold the same rows',
          goal: 'all',
          measured: `${equal} of ${rounds}`,
          n: rounds,
          kind: 'goal',
          met: equal === rounds,
        },
        {
          what: 'restoring, the check of every byte, page and record included',
          goal: 'below 10 s for 100 MB',
          measured: `${slowest.toFixed(1)} s for 100 MB`,
          n: rounds,
          kind: 'clock',
          met: slowest < 10,
        },
        {
          what: `kills during backups (${killed.inTheMiddle} in the middle of one): damaged, or lost after they were finished`,
          goal: '0',
          measured:
            bad === 0 ? '0' : `${killed.damaged.length} damaged, ${killed.lost} lost; ${killed.damaged[0] ?? ''}`,
          n: killed.backups,
          kind: 'goal',
          met: bad === 0 && killed.backups > 0,
        },
      ],
    };
  },
};
