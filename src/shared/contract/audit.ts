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
  /** Who disagrees with the records: the hash chain, the keyed hash, a head by its name, or the keychain. */
  witness: shortText.nullable(),
  /** What the witnesses outside of the database say. `missing` accuses nobody. */
  witnesses: z.array(
    z.strictObject({
      name: shortText,
      state: z.enum(['agrees', 'behind', 'missing', 'disagrees']),
      detail: shortText,
    }),
  ),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;

/** A statement over the whole journal, signed. Whoever keeps one can tell later whether the journal still begins with these records. */
export const signedHeadView = z.strictObject({
  vaultId: z.string().min(1).max(64),
  counter: z.int().min(1),
  size: z.int().min(1),
  root: hashText,
  hash: hashText,
  ts: unixMsNumber,
  publicKey: z.string().regex(/^[0-9a-f]{64}$/, 'not a public key'),
  signature: z.string().regex(/^[0-9a-f]{128}$/, 'not a signature'),
});

export type SignedHeadView = z.infer<typeof signedHeadView>;

export const auditStatus = z.strictObject({
  vaultId: z.string(),
  records: z.int(),
  head: hashText,
  publicKey: z.string(),
  /** Of the public key, for reading aloud. */
  fingerprint: z.string(),
  signed: signedHeadView.nullable(),
  /** Records after the newest signed head. */
  unsigned: z.int(),
});
export type AuditStatus = z.infer<typeof auditStatus>;

const LONGEST_PATH = 4096;

export const auditExport = z.strictObject({
  path: z.string(),
  records: z.int(),
  head: signedHeadView,
  fingerprint: z.string(),
});

export const auditContract = {
  'audit.list': call(
    'view',
    z.strictObject({ beforeSeq: z.int().min(1).optional(), limit: z.int().min(1).max(500).default(100) }),
    z.array(auditRecord),
  ),
  'audit.status': call('view', z.strictObject({}), auditStatus),
  'audit.verify': call('view', z.strictObject({ saved: signedHeadView.optional() }), auditVerdict, 120_000),
  /**
   * Writes a proof for strangers into a folder: the whole journal, or one record with what shows that it belongs to it. Without a folder it is
   * RECORD_LOGS in the folder of the data.
   */
  'audit.export': call(
    'trade',
    z.strictObject({
      dir: z.string().min(1).max(LONGEST_PATH).optional(),
      seq: z.int().min(1).optional(),
      saved: signedHeadView.optional(),
    }),
    auditExport,
    600_000,
  ),
} as const;
