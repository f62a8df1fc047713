import { canonicalJson } from '#core/kernel/canonical-json.ts';
import { Fault } from '#core/kernel/fault.ts';
import { auditSummary } from '#core/projections/audit-summary.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { AuditStatus, AuditVerdict } from '#shared/contract/audit.ts';
import { fingerprintOf } from '../audit/proof-bundle.ts';
import type { JournalVerdict } from '../audit/verify-journal.ts';
import type { EngineParts } from '../parts.ts';

type AuditHandlers = Pick<AppHandlers, 'audit.list' | 'audit.status' | 'audit.verify' | 'audit.export'>;

const SUMMARY_LENGTH = 400;

/** The journal's own answer as the contract tells it. */
export const auditVerdictOf = ({ result, witnesses }: JournalVerdict): AuditVerdict => ({
  ...(result.ok
    ? { ok: true, records: result.records, head: result.head, firstBadSeq: null, why: null, witness: null }
    : {
        ok: false,
        records: result.records,
        head: null,
        firstBadSeq: result.firstBadSeq,
        why: result.why.slice(0, SUMMARY_LENGTH),
        witness: result.witness,
      }),
  witnesses: witnesses.map(({ name, state, detail }) => ({ name, state, detail: detail.slice(0, SUMMARY_LENGTH) })),
});

function auditStatus({ storage: { journal }, durable: { audit } }: EngineParts): AuditStatus {
  const { seq, hash } = journal.head();
  const newest = audit.newestHead();
  return {
    vaultId: audit.vaultId,
    records: seq,
    head: hash,
    publicKey: audit.publicKey,
    fingerprint: fingerprintOf(audit.publicKey),
    signed: newest === undefined ? null : { ...newest },
    unsigned: seq - (newest?.size ?? 0),
  };
}

/** `tools` is the folder of what goes with a proof, `usual` the folder into which one is written where none is named. */
export function createAuditHandlers(parts: EngineParts, tools: string, usual: string): AuditHandlers {
  const { journal } = parts.storage;
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
    'audit.status': () => auditStatus(parts),
    'audit.verify': async ({ saved }) => auditVerdictOf(await parts.durable.audit.verify(saved)),
    async 'audit.export'({ dir = usual, seq, saved }) {
      const { result } = await parts.durable.audit.verify(saved);
      if (!result.ok) {
        throw new Fault(
          'storage',
          `the journal is not whole: ${result.why}`,
          'see mt audit verify; nothing was exported',
        );
      }
      const { path, records, head } = await parts.durable.audit.writeProof(tools, { dir, seq, saved });
      return { path, records, head: { ...head }, fingerprint: fingerprintOf(head.publicKey) };
    },
  };
}
