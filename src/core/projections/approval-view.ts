import type { ApprovalList, ApprovalView } from '#shared/contract/automation.ts';
import type { Approval } from '../automation/approval-types.ts';
import { isNegative, parseDecimal } from '../domain/decimal.ts';
import type { LessonUse } from '../spawner/types.ts';
import { factView, lessonUseView } from './cycle-parts.ts';

const LONGEST_TEXT = 400;
const short = (text: string): string => text.slice(0, LONGEST_TEXT);
const spokeAgainst = ({ outcomeR }: LessonUse): boolean => isNegative(parseDecimal(outcomeR));

/** An approval as the faces show it; lessons that lost speak against it. */
export function approvalView({ request, state, limits, impact, edits, decidedAt, by, reason }: Approval): ApprovalView {
  const { evidence, spec } = request;
  return {
    id: request.id,
    kind: request.kind,
    state,
    cycle: request.cycle,
    environment: request.environment,
    instrument: request.symbol,
    interval: request.interval,
    family: spec.family,
    why: short(request.why),
    asked: { ...request.limits },
    limits: { ...limits },
    edits,
    impact: { ...impact },
    evidence: {
      regime: evidence.regime,
      confidence: evidence.confidence,
      source: evidence.source,
      reasons: evidence.reasons.map(short),
      facts: evidence.facts.map(factView),
      lessonsFor: evidence.lessons.filter((use) => !spokeAgainst(use)).map(lessonUseView),
      lessonsAgainst: evidence.lessons.filter(spokeAgainst).map(lessonUseView),
    },
    entry: request.entry === null ? null : { ...request.entry, priceDecimals: request.entry.priceDecimals ?? null },
    requestedAt: request.requestedAt,
    expiresAt: request.expiresAt,
    decidedAt,
    by,
    reason: reason === null ? null : short(reason),
  };
}

/** What waits, the oldest first, and the newest that were decided. */
export function approvalList(all: readonly Approval[], limit: number, now: number): ApprovalList {
  const pending = all.filter(({ state }) => state === 'pending');
  const decided = all
    .filter(({ state }) => state !== 'pending')
    .toSorted((a, b) => (b.decidedAt ?? 0) - (a.decidedAt ?? 0));
  return { pending: pending.map(approvalView), decided: decided.slice(0, limit).map(approvalView), now };
}
