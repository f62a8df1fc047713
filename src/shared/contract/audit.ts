import { z } from 'zod';
import { call } from './define.ts';
import { hashText, shortText, unixMsNumber } from './primitives.ts';

export const auditRecord = z.strictObject({
  seq: z.int(),
  cycle: z.int(),
  runId: z.string(),
  ts: unixMsNumber,
  type: z.string(),
  /** One plain sentence about the record. */
  summary: shortText,
  /** Canonical JSON of the payload. */
  payload: z.string(),
  hash: hashText,
});
export type AuditRecord = z.infer<typeof auditRecord>;

export const auditVerdict = z.strictObject({
  ok: z.boolean(),
  records: z.int(),
  head: hashText.nullable(),
  firstBadSeq: z.int().nullable(),
  why: shortText.nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;

export const auditContract = {
  'audit.list': call(
    'view',
    z.strictObject({ beforeSeq: z.int().min(1).optional(), limit: z.int().min(1).max(500).default(100) }),
    z.array(auditRecord),
  ),
  'audit.verify': call('view', z.strictObject({}), auditVerdict, 120_000),
} as const;
