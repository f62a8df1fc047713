import type {
  Approval,
  ApprovalEvent,
  ApprovalImpact,
  ApprovalPayloads,
  ApprovalRequested,
  BriefLimits,
} from '#core/automation/approval-types.ts';
import { APPROVAL_TTL_MS, applyApproval, undecided } from '#core/automation/approvals.ts';
import { impactOf, loweredLimits, refuseNotOfEntry, type WantedLimits } from '#core/automation/brief-limits.ts';
import type { Face } from '#core/automation/types.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { AbortToken } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { TradingState } from '#core/risk/types.ts';
import type { KillTime } from '../kill-switch/types.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

/** What is asked for; the desk gives it its id and its time. */
export type Asked = Omit<ApprovalRequested, 'id' | 'requestedAt' | 'expiresAt'>;

export type Decided =
  | { readonly kind: 'approved'; readonly id: string; readonly limits: BriefLimits; readonly by: Face }
  | { readonly kind: 'declined'; readonly id: string; readonly why: string };

/** Approvals as rows of the journal. Whoever asks waits here; whoever decides first has decided. */
export type ApprovalDesk = {
  /**
   * Resolves when it is decided, has expired, or whoever asks is stopped. `stale` says why it is not what was asked about any more; then
   * nobody can approve it. Throws when it cannot be recorded.
   */
  ask(asked: Asked, stop: AbortToken, stale?: () => string | undefined): Promise<Decided>;
  all(): readonly Approval[];
  /** Throws Fault `not_found`. */
  get(id: string): Approval;
  /** Throws a Fault when it is decided already, and while trading takes nothing new. */
  approve(id: string, wanted: WantedLimits, by: Face): Approval;
  reject(id: string, reason: string, by: Face): Approval;
  /** Lowers limits; a raise is refused. */
  edit(id: string, wanted: WantedLimits, by: Face): Approval;
  /** What waits is not wanted any more. */
  withdraw(reason: string): void;
  /** The program ends: nobody waits any longer. What waited is expired by the next start. */
  close(): void;
};

export type ApprovalDeskOptions = {
  readonly journal: JournalStore;
  readonly time: KillTime;
  readonly marketNow: () => UnixMs;
  readonly tradingState: () => TradingState;
  readonly onChange: () => void;
  readonly onError: (what: string, error: unknown) => void;
  /** Time to decide what is asked now, in ms of wall time. */
  readonly ttlMs?: () => number;
};

const CUT_OFF = 'its run was cut off';

export function openApprovalDesk(options: ApprovalDeskOptions): ApprovalDesk {
  const { journal, time, marketNow, tradingState, onChange, onError, ttlMs = () => APPROVAL_TTL_MS } = options;
  const waiting = new Map<string, (decided: Decided) => void>();
  const staleness = new Map<string, () => string | undefined>();
  const ending = new AbortController();
  let known: ReadonlyMap<string, Approval> = new Map();
  for (const record of journal.readCycle(SYSTEM_CYCLE)) {
    const event = approvalEvent(record);
    if (event !== undefined) known = applyApproval(known, event);
  }

  const write = (event: ApprovalEvent): void => {
    journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, marketNow(), event.type, event.payload as never)]);
    known = applyApproval(known, event);
    onChange();
  };
  const tell = (id: string): void => {
    const approval = known.get(id);
    const resolve = waiting.get(id);
    if (approval === undefined || resolve === undefined || approval.state === 'pending') return;
    waiting.delete(id);
    staleness.delete(id);
    resolve(decidedBy(approval));
  };
  const expire = (id: string, reason: string): void => {
    if (known.get(id)?.state !== 'pending') return;
    const event: ApprovalEvent = { type: 'approval.expired', payload: { id, reason, at: time.now() } };
    try {
      write(event);
    } catch (error) {
      // Nothing may be risked on it, whether that can be written down or not; the next start writes it.
      known = applyApproval(known, event);
      onError(`that ${id} has expired could not be recorded`, error);
    }
    tell(id);
  };
  /** Throws a Fault unless it may still be decided, and expires it when its time is over. */
  const open = (id: string): Approval => {
    const found = known.get(id);
    if (found?.state === 'pending' && time.now() >= found.request.expiresAt) expire(id, 'nobody decided in time');
    return undecided(known.get(id), id, time.now());
  };
  const newest = (id: string): Approval => {
    const found = known.get(id);
    if (found === undefined) throw new TypeError(`${id} is gone`);
    return found;
  };
  const lower = (id: string, wanted: WantedLimits, by: Face): void => {
    const { request, limits: from, impact } = open(id);
    if (request.kind === 'entry') refuseNotOfEntry(wanted);
    const limits = loweredLimits(from, wanted, impact.equity);
    if (Object.entries(limits).every(([name, value]) => value === from[name as keyof BriefLimits])) return;
    write({
      type: 'approval.edited',
      payload: { id, from, limits, impact: impactAgain(request, limits), by, at: time.now() },
    });
  };

  /** What is not any more what was asked about cannot be approved. */
  const refuseStale = (id: string): void => {
    const why = staleness.get(id)?.();
    if (why === undefined) return;
    expire(id, why);
    throw new Fault('refused', `${id} is stale: ${why}`, 'nothing was risked; the next one asks at the prices of then');
  };

  const timeOut = async (id: string, after: number, over: AbortSignal): Promise<void> => {
    await time.sleep(after, over);
    if (!over.aborted) expire(id, 'nobody decided in time');
  };

  for (const { request, state } of known.values()) if (state === 'pending') expire(request.id, CUT_OFF);

  return {
    async ask(asked, stop, stale) {
      const id = `AP-${known.size + 1}`;
      const requestedAt = time.now();
      const after = ttlMs();
      write({ type: 'approval.requested', payload: { ...asked, id, requestedAt, expiresAt: requestedAt + after } });
      if (stale !== undefined) staleness.set(id, stale);
      const decided = new Promise<Decided>((resolve) => waiting.set(id, resolve));
      const over = new AbortController();
      const end = (): void => over.abort();
      ending.signal.addEventListener('abort', end);
      void timeOut(id, after, over.signal);
      const unlisten = stop.onAbort((reason) => expire(id, `its run was stopped: ${reason}`));
      try {
        return await decided;
      } finally {
        unlisten();
        ending.signal.removeEventListener('abort', end);
        end();
      }
    },
    all: () => [...known.values()],
    get(id) {
      const found = known.get(id);
      if (found === undefined) throw new Fault('not_found', `there is no approval ${id}`, 'list them: mt approvals');
      return found;
    },
    approve(id, wanted, by) {
      open(id);
      const state = tradingState();
      if (state !== 'active')
        throw new Fault(
          'halted',
          `trading is ${state}: nothing new is approved`,
          'resume first: mt resume --reason "..."',
        );
      refuseStale(id);
      lower(id, wanted, by);
      const { limits } = open(id);
      write({ type: 'approval.approved', payload: { id, limits, by, at: time.now() } });
      tell(id);
      return newest(id);
    },
    reject(id, reason, by) {
      open(id);
      write({ type: 'approval.rejected', payload: { id, reason, by, at: time.now() } });
      tell(id);
      return newest(id);
    },
    edit(id, wanted, by) {
      lower(id, wanted, by);
      return newest(id);
    },
    withdraw(reason) {
      for (const { request, state } of known.values()) if (state === 'pending') expire(request.id, reason);
    },
    close: () => ending.abort(),
  };
}

/** What lowered limits put at stake, of the account as it was when it was asked. */
const impactAgain = ({ impact, spec }: ApprovalRequested, limits: BriefLimits): ApprovalImpact =>
  impactOf(limits, {
    asset: impact.asset,
    equity: parseDecimal(impact.equity),
    drawdown: parseDecimal(impact.drawdown),
    drawdownBudget: parseDecimal(impact.drawdownBudget),
    dayLoss: spec.envelope.dayLoss,
  });

function decidedBy({ request: { id }, state, limits, by, reason }: Approval): Decided {
  if (state === 'approved') return { kind: 'approved', id, limits, by: by ?? 'engine' };
  const what = state === 'rejected' ? `the master rejected ${id}` : `${id} expired`;
  return { kind: 'declined', id, why: `${what}: ${reason ?? 'no reason given'}` };
}

const TYPES: ReadonlySet<string> = new Set<keyof ApprovalPayloads>([
  'approval.requested',
  'approval.edited',
  'approval.approved',
  'approval.rejected',
  'approval.expired',
]);

function approvalEvent(record: JournalRecord): ApprovalEvent | undefined {
  if (!TYPES.has(record.type)) return undefined;
  const type = record.type as ApprovalEvent['type'];
  return { type, payload: payloadOf(record, type) } as ApprovalEvent;
}
