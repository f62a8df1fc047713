import { z } from 'zod';
import { call } from './define.ts';
import { shortText, unixMsNumber } from './primitives.ts';

const LONGEST_NAME = 60;
const backupName = z
  .string()
  .regex(/^[\w-]+$/, 'is no name of a backup')
  .max(LONGEST_NAME);

export const backupView = z.strictObject({
  name: z.string(),
  createdAt: unixMsNumber,
  bytes: z.int(),
  /** Records of the journal in it. */
  records: z.int(),
});
export type BackupView = z.infer<typeof backupView>;

export const backupVerdict = z.strictObject({
  backup: backupView,
  ok: z.boolean(),
  /** What is wrong; null when nothing is. */
  why: shortText.nullable(),
});

/** Copying and checking read every page: about ten seconds for 100 MB on a slow disk. */
const MOST_MS = 600_000;

export const backupContract = {
  'backup.list': call('view', z.strictObject({}), z.array(backupView)),
  'backup.make': call('trade', z.strictObject({}), backupView, MOST_MS),
  'backup.verify': call('view', z.strictObject({ name: backupName.optional() }), backupVerdict, MOST_MS),
} as const;
