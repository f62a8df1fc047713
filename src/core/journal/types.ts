import type { Hash, RunId, UnixMs } from '../domain/ids.ts';
import type { Json } from '../kernel/canonical-json.ts';

/** The closed set of record types, in the order of the cycle. */
export const RECORD_TYPES = [
  'account.opened',
  'account.reset',
  'cycle.started',
  'market.snapshot',
  'news.read',
  'context.built',
  'analyst.asked',
  'analyst.assessed',
  'analyst.called',
  'spawner.decided',
  'agent.spawned',
  'agent.decided',
  'agent.paused',
  'agent.resumed',
  'risk.approved',
  'risk.denied',
  'order.submitted',
  'order.accepted',
  'order.unresolved',
  'order.cancel_requested',
  'order.stop_tightened',
  'order.filled',
  'order.canceled',
  'order.rejected',
  'position.external',
  'ledger.posted',
  'agent.retired',
  'memory.lesson',
  'cycle.completed',
  'cycle.failed',
  'cycle.interrupted',
  'trading_state.changed',
  'journal.restored',
  'venue_account.added',
  'venue_account.removed',
  'venue_account.opened',
  'kill.proof',
  'risk.marked',
  'risk.breached',
  'risk.limits_changed',
  'paper_account.opened',
  'cycle.offline',
  'shadow.quoted',
  'shadow.compared',
  'text.kept',
  'memory.revoked',
  'analyst.resolved',
  'profit.policy_set',
  'profit.locked',
  'profit.released',
  'portfolio.targets_set',
  'portfolio.rebalance_planned',
  'strategy.switched',
  'preferences.changed',
  'prompt.edited',
  'alert.muted',
  'alert.price_set',
  'alert.price_removed',
  'alert.price_fired',
  'alert.price_armed',
  'outbound.changed',
  'mode.changed',
  'schedule.set',
  'schedule.pressed',
  'schedule.skipped',
  'approval.requested',
  'approval.edited',
  'approval.approved',
  'approval.rejected',
  'approval.expired',
  'access.unlocked',
  'access.unlock_failed',
  'access.locked',
  'access.stepped_up',
  'access.step_up_failed',
  'access.connected',
  'access.disconnected',
  'access.factor_changed',
  'api_token.made',
  'api_token.revoked',
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** A fact to be written. `correlationId` joins one cycle; `causationSeq` is the record that led to this one. */
export type JournalDraft = {
  readonly runId: RunId;
  readonly ts: UnixMs;
  readonly type: RecordType;
  readonly payload: Json;
};

/**
 * A written fact. Two chains protect it: `hash` over the whole journal, and `runHash` over the records of its own cycle, which
 * is the same for the same inputs whatever the journal held before.
 */
export type JournalRecord = JournalDraft & {
  readonly seq: number;
  /** Ordinal of the cycle in this journal; repeats of the same inputs share a run id and differ here. */
  readonly cycle: number;
  readonly runSeq: number;
  readonly runHash: Hash;
  readonly hash: Hash;
};

export type JournalHead = { readonly seq: number; readonly hash: Hash };

/** A record as it lies in the store: the payload as text, because two texts of the same data are two different records. */
export type StoredRecord = {
  readonly seq: number;
  readonly cycle: number;
  readonly runId: string;
  readonly runSeq: number;
  readonly ts: number;
  readonly type: string;
  readonly payloadText: string;
  readonly runHash: string;
  readonly hash: string;
};

/**
 * A head remembered somewhere. `exact`: the journal must end there (the head row, written in the same transaction). Otherwise the
 * journal must at least reach it (a head kept outside, which a crash may leave a little behind).
 */
export type HeadWitness = { readonly name: string; readonly head: JournalHead; readonly exact: boolean };

/** What more is asked of each record, in order, once its hashes are right. `witness` is who disagrees. */
export type RecordCheck<R extends StoredRecord = StoredRecord> = (
  record: R,
) => { readonly why: string; readonly witness: string } | undefined;

/** `witness` says who disagrees with the records: the chain itself, the keyed hashes, or a head by its name. */
export type VerifyResult =
  | { readonly ok: true; readonly records: number; readonly head: Hash }
  | {
      readonly ok: false;
      readonly firstBadSeq: number;
      readonly why: string;
      readonly witness: string;
      readonly records: number;
    };
