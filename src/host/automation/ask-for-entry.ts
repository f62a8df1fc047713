import type { ApprovalEvidence, BriefLimits } from '#core/automation/approval-types.ts';
import { impactOf } from '#core/automation/brief-limits.ts';
import type { AskEntry, EntryQuestion } from '#core/cycle/asked-entry.ts';
import { type Decimal, divide, formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { AgentId } from '#core/domain/ids.ts';
import { drawdownOf } from '../paper/paper-view.ts';
import type { AskForBrief } from './ask-for-brief.ts';

export type AskForEntry = Omit<AskForBrief, 'stop' | 'onApproved'> & {
  readonly agentId: () => AgentId | undefined;
  /** What spoke for the agent when its brief was approved; undefined before that. */
  readonly evidence: () => ApprovalEvidence | undefined;
};

const FRACTION_DIGITS = 8;

/** Puts one entry of an agent before the master, with what it puts at stake and the prices between which his answer holds. */
export const askForEntry =
  (options: AskForEntry): AskEntry =>
  (question, stale, stop) => {
    const { parts, setup, account, runId, cycle, agentId, evidence } = options;
    const because = evidence();
    const who = agentId();
    if (because === undefined || who === undefined)
      return Promise.resolve({ kind: 'declined', why: 'no brief of this agent was approved' });
    const { order, spec, price, lowest, highest, plannedLoss, adds } = question;
    const limits = limitsOfEntry(question);
    return parts.approvals.ask(
      {
        kind: 'entry',
        cycle: cycle(),
        runId,
        environment: setup.environment,
        instrumentId: setup.instrument.id,
        symbol: setup.instrument.symbol,
        interval: setup.interval,
        why: whyOf(question, setup.instrument.symbol),
        limits,
        impact: impactOf(limits, {
          asset: account.asset,
          equity: question.equity,
          drawdown: parseDecimal(drawdownOf(account)),
          drawdownBudget: parts.limitBook.limits().maxDrawdown,
          dayLoss: spec.envelope.dayLoss,
        }),
        evidence: because,
        spec,
        entry: {
          agentId: who,
          quantity: formatDecimal(order.quantity),
          price: formatDecimal(price),
          priceDecimals: setup.instrument.tickSize.scale,
          stop: order.stop === undefined ? null : formatDecimal(order.stop),
          plannedLoss: formatDecimal(plannedLoss),
          lowest: formatDecimal(lowest),
          highest: formatDecimal(highest),
          adds,
        },
      },
      stop,
      stale,
    );
  };

/** What of the equity it takes, rounded up so that what was asked for fits into what is approved. */
const limitsOfEntry = ({ equity, notional, plannedLoss, spec }: EntryQuestion): BriefLimits => {
  const share = (of: Decimal): string => formatDecimal(divide(of, equity, FRACTION_DIGITS, 'up'));
  return {
    riskPerTrade: share(plannedLoss),
    maxNotionalFraction: share(notional),
    maxPositions: spec.envelope.maxPositions,
    maxBars: spec.lifespan.maxBars,
  };
};

const whyOf = ({ order, price, lowest, highest, adds }: EntryQuestion, symbol: string): string => {
  const [size, at, from, to] = [order.quantity, price, lowest, highest].map(formatDecimal);
  const what = adds ? 'Adds' : 'Buys';
  return `${what} ${size} ${symbol} at about ${at}. Approved, it is sent between ${from} and ${to} alone.`;
};
