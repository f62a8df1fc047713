import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { syncFolder } from '#adapters/files/durable.ts';
import { signedHead } from '#adapters/files/signed-heads-file.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { openHeadKeychain } from '../audit/keychain-head.ts';

const STAGED = /^restore-[0-9a-f]{16}$/;
const planSchema = z.strictObject({
  version: z.literal(1),
  /** In the data folder; holds what takes the place of the files of these names. */
  staged: z.string().regex(STAGED),
  /** In the data folder; takes what was there before. */
  aside: z.string().regex(/^replaced-[0-9TZ-]+$/),
  files: z.array(z.string().regex(/^(vault\/)?[\w-]+\.(db|head|heads|json|key)$/)),
  /** What the keychain must remember afterwards; null for a vault without one. */
  keychain: signedHead.nullable(),
});

/** A restore that is decided: from here on every start goes on with it until it is done. */
export type RestorePlan = z.infer<typeof planSchema>;

const planPath = (home: string): string => join(home, 'restore.json');
/** A log of the old file would be taken for one of the new file. */
const BESIDE = ['', '-wal', '-shm'] as const;

export const writePlan = (home: string, plan: RestorePlan): void =>
  writeFileAtomic(planPath(home), `${JSON.stringify(planSchema.parse(plan))}\n`);

/**
 * Brings a decided restore to its end, in the process that decided it or in any later one, and removes what an undecided one left. What
 * still lies in the staged folder has not been moved yet. Throws Fault `storage`, or `locked` when the keychain cannot be told; then the
 * next start tries again.
 */
export async function finishRestore(home: string, secrets: SecretStore): Promise<void> {
  const plan = readPlan(home);
  try {
    for (const name of existsSync(home) ? readdirSync(home) : [])
      if (STAGED.test(name) && name !== plan?.staged) rmSync(join(home, name), { recursive: true, force: true });
    if (plan === undefined) return;
    for (const file of plan.files) moveOne(home, plan, file);
  } catch (error) {
    throw storageFault(error, home);
  }
  if (plan.keychain !== null) await openHeadKeychain(secrets, plan.keychain.vaultId).write(plan.keychain);
  rmSync(planPath(home));
  rmSync(join(home, plan.staged), { recursive: true, force: true });
  syncFolder(home);
}

function moveOne(home: string, { staged, aside }: RestorePlan, file: string): void {
  const fresh = join(home, staged, file);
  if (!existsSync(fresh)) return;
  const place = join(home, file);
  const kept = join(home, aside, file);
  const before = BESIDE.filter((tail) => existsSync(place + tail));
  if (before.length > 0) {
    mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
    for (const tail of before) renameSync(place + tail, kept + tail);
    syncFolder(dirname(kept));
  }
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  renameSync(fresh, place);
  syncFolder(dirname(place));
}

function readPlan(home: string): RestorePlan | undefined {
  if (!existsSync(planPath(home))) return undefined;
  try {
    return planSchema.parse(JSON.parse(readFileSync(planPath(home), 'utf8')));
  } catch {
    throw new Fault(
      'storage',
      `${planPath(home)} is not a plan of this program, and tells of a restore that was interrupted`,
      'move it aside; then compare the data folder with its replaced-... folder before you go on',
    );
  }
}
