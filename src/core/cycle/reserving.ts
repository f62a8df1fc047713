import { formatDecimal } from '../domain/decimal.ts';
import type { AgentId } from '../domain/ids.ts';
import type { ExecutionRecord } from '../execution/types.ts';
import { type Claim, claimOf, claimPayload } from '../risk/claim.ts';
import { onlyReduces } from '../risk/exposure.ts';
import type { ReservationBook } from '../risk/reservation-book.ts';
import type { RiskLimits } from '../risk/risk-limits.ts';
import type { ProposedOrder, RiskView, Verdict } from '../risk/types.ts';
import { atWork, type TradingAccount } from './account.ts';
import type { PayloadOf } from './records.ts';
import { outcomeOf } from './reservation-records.ts';

/** Of what a desk may send: the gate's answer, and what is reserved for the order if it opens something. */
export type ReservedVerdict =
  | ((Verdict & { readonly kind: 'approved' }) & { readonly claim?: Claim })
  | (Verdict & { readonly kind: 'denied' });

/** Under which a denial stands for which there was no room beside the other agents of the account. */
const PORTFOLIO_RISK = 'portfolio-risk';

/**
 * The last word on an order that the gate has let through: room for it is found and taken in one call, so that nothing can come between
 * the question and the reservation, whoever else asks.
 */
export const reserving = (agentId: AgentId, account: TradingAccount, limits: () => RiskLimits) =>
  withRoom(agentId, (claim) => account.reservations.take(claim, atWork(account), limits()));

/** The same word without taking anything: what an order would be answered now. */
export const wouldReserve = (agentId: AgentId, account: TradingAccount, limits: () => RiskLimits) =>
  withRoom(agentId, (claim) => account.reservations.room(claim, atWork(account), limits()));

const withRoom =
  (agentId: AgentId, refusal: (claim: Claim) => string | undefined) =>
  (verdict: Verdict, order: ProposedOrder, view: RiskView): ReservedVerdict => {
    if (verdict.kind === 'denied' || onlyReduces(order)) return verdict;
    const claim = claimOf(agentId, order, view);
    const reason = refusal(claim);
    return reason === undefined
      ? { ...verdict, checks: [...verdict.checks, PORTFOLIO_RISK], claim }
      : { kind: 'denied', check: PORTFOLIO_RISK, reason };
  };

/** What is recorded of an order that was let through, before it is sent. */
export const approvedPayload = (
  agentId: AgentId,
  order: ProposedOrder,
  { checks, claim }: ReservedVerdict & { readonly kind: 'approved' },
): PayloadOf<'risk.approved'> => ({
  agentId,
  purpose: order.purpose,
  side: order.side,
  quantity: formatDecimal(order.quantity),
  stop: order.stop === undefined ? null : formatDecimal(order.stop),
  target: order.target === undefined ? null : formatDecimal(order.target),
  checks,
  ...(claim === undefined ? {} : { reserved: claimPayload(claim) }),
});

/** Tells the book of an account what became of an order. */
export function noteOutcome(book: ReservationBook, record: ExecutionRecord): void {
  const outcome = outcomeOf(record);
  if (outcome !== undefined) book.note(outcome);
}
