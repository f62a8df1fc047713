import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '#core/kernel/rng.ts';
import { checkBackup } from '#host/backup/check-backup.ts';
import { keysOf, openBackedUpHome } from './backed-up-home.ts';
import { startScript } from './child.ts';
import { chain } from './storage.ts';

export type KilledBackups = {
  readonly kills: number;
  /** Kills that left a part of a backup, so that they surely came in the middle of one. */
  readonly inTheMiddle: number;
  readonly backups: number;
  readonly damaged: readonly string[];
  /** Finished backups that are not there any more. */
  readonly lost: number;
  readonly journalWhole: boolean;
};

/** Kills a process that makes backups at random instants, and looks at every backup that has its name. */
export async function killDuringBackups(home: string, kills: number, seed: number): Promise<KilledBackups> {
  const rng = createRng(seed);
  const backups = join(home, 'backups');
  // A kill may come before the first backup has made its folder.
  const present = (): readonly string[] => (existsSync(backups) ? readdirSync(backups) : []);
  const finished = new Set<string>();
  let inTheMiddle = 0;
  for (let kill = 0; kill < kills; kill++) {
    const run = startScript('back-up-until-killed.ts', [home]);
    await new Promise<void>((ready) => {
      run.child.stdout?.on('data', () => {
        if (run.stdout().includes('\n')) ready();
      });
      void run.finished.then(() => ready());
    });
    await new Promise((resolve) => setTimeout(resolve, rng.integer(400)));
    run.child.kill('SIGKILL');
    const { stdout, stderr, signal } = await run.finished;
    if (signal !== 'SIGKILL') throw new Error(`the backups ended by themselves: ${stderr}`);
    for (const line of stdout.split('\n').slice(1, -1)) finished.add(line.split(' ')[0] ?? '');
    if (present().some((name) => name.startsWith('.'))) inTheMiddle += 1;
  }
  const keys = await keysOf(home);
  const names = present().filter((name) => !name.startsWith('.'));
  const damaged: string[] = [];
  for (const name of names) {
    const verdict = await checkBackup(join(backups, name), keys, chain);
    if (!verdict.ok) damaged.push(`${name}: ${verdict.why}`);
  }
  const open = await openBackedUpHome(home);
  const journalWhole = open.verify();
  await open.close();
  const lost = [...finished].filter((name) => !names.includes(name)).length;
  return { kills, inTheMiddle, backups: names.length, damaged, lost, journalWhole };
}
