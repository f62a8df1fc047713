import type { VerifyResult } from '#core/journal/types.ts';
import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { auditSummary } from '#core/projections/audit-summary.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { AuditVerdict } from '#shared/contract/audit.ts';
import type { EngineParts } from '../parts.ts';

type AuditHandlers = Pick<AppHandlers, 'audit.list' | 'audit.verify'>;

const SUMMARY_LENGTH = 400;

/** The journal's own answer as the contract tells it. */
export const auditVerdictOf = (result: VerifyResult): AuditVerdict =>
  result.ok
    ? { ok: true, records: result.records, head: result.head, firstBadSeq: null, why: null }
    : { ok: false, records: result.records, head: null, firstBadSeq: result.firstBadSeq, why: result.why };

export function createAuditHandlers({ storage: { journal } }: EngineParts): AuditHandlers {
  return {
    'audit.list': ({ beforeSeq, limit }) =>
      journal.readBack(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit).map((record) => ({
        seq: record.seq,
        cycle: record.cycle,
        runId: record.runId,
        ts: record.ts,
        type: record.type,
        summary: auditSummary(record).slice(0, SUMMARY_LENGTH),
        payload: canonicalJson(record.payload),
        hash: record.hash,
      })),
    'audit.verify': () => auditVerdictOf(journal.verify()),
  };
}
