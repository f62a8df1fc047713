import { Fault } from '../kernel/fault.ts';
import type { Approval, ApprovalEvent } from './approval-types.ts';

/** Time to decide, in milliseconds of wall time. */
export const APPROVAL_TTL_MS = 600_000;

/** Adds one event to what is known. An event of an approval that is decided already, or was never asked for, changes nothing. */
export function applyApproval(
  known: ReadonlyMap<string, Approval>,
  event: ApprovalEvent,
): ReadonlyMap<string, Approval> {
  const next = applied(known.get(event.payload.id), event);
  return next === undefined ? known : new Map(known).set(event.payload.id, next);
}

function applied(before: Approval | undefined, { type, payload }: ApprovalEvent): Approval | undefined {
  if (type === 'approval.requested') {
    const { limits, impact } = payload;
    if (before !== undefined) return undefined;
    return { request: payload, state: 'pending', limits, impact, edits: 0, decidedAt: null, by: null, reason: null };
  }
  if (before?.state !== 'pending') return undefined;
  switch (type) {
    case 'approval.edited':
      return { ...before, limits: payload.limits, impact: payload.impact, edits: before.edits + 1 };
    case 'approval.approved':
      return { ...before, state: 'approved', limits: payload.limits, decidedAt: payload.at, by: payload.by };
    case 'approval.rejected':
      return { ...before, state: 'rejected', decidedAt: payload.at, by: payload.by, reason: payload.reason };
    case 'approval.expired':
      return { ...before, state: 'expired', decidedAt: payload.at, by: 'engine', reason: payload.reason };
  }
}

/** The approval that may still be decided at this moment. Throws a Fault that says who decided, or that the time is over. */
export function undecided(approval: Approval | undefined, id: string, now: number): Approval {
  if (approval === undefined)
    throw new Fault('not_found', `there is no approval ${id}`, 'list them: mt approvals, or the Approvals screen');
  const { state, by, reason, request } = approval;
  if (state === 'approved' || state === 'rejected')
    throw new Fault(
      'refused',
      `${id} was ${state} already, through the ${by}`,
      'one decision stands; see mt approvals',
    );
  if (state === 'expired')
    throw new Fault('refused', `${id} has expired: ${reason}`, 'press again; nothing was risked');
  if (now >= request.expiresAt)
    throw new Fault('refused', `${id} has expired: nobody decided in time`, 'press again; nothing was risked');
  return approval;
}
