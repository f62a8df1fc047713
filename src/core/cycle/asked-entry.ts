import type { BriefLimits } from '../automation/approval-types.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  max,
  min,
  multiply,
  ONE,
  parseDecimal,
  quantize,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import { notional, type Price, price as priceOf, quantity } from '../domain/money.ts';
import { type AbortToken, createAbortSource } from '../kernel/abort.ts';
import { orderNotional, plannedRisk } from '../risk/exposure.ts';
import type { ProposedOrder, RiskView } from '../risk/types.ts';
import type { AgentSpec } from '../spawner/types.ts';

/** One purchase as the master is asked about it. Outside the two prices the answer is worth nothing. */
export type EntryQuestion = {
  readonly order: ProposedOrder;
  readonly spec: AgentSpec;
  readonly price: Price;
  readonly lowest: Price;
  readonly highest: Price;
  readonly equity: Decimal;
  readonly notional: Decimal;
  readonly plannedLoss: Decimal;
  /** It adds to what the agent holds. */
  readonly adds: boolean;
};

export type EntryAnswer =
  | { readonly kind: 'approved'; readonly id: string; readonly limits: BriefLimits }
  | { readonly kind: 'declined'; readonly why: string };

/**
 * Asks the master for one purchase. `stale` says why its price is not the one that was asked about any more; undefined while it is. `stop`
 * says when nobody waits for the answer any longer.
 */
export type AskEntry = (
  question: EntryQuestion,
  stale: () => string | undefined,
  stop: AbortToken,
) => Promise<EntryAnswer>;

/** What an agent waits for, one purchase at a time. A no holds for the rest of its life. */
export type WaitingEntry = {
  ask(question: EntryQuestion, stale: () => string | undefined): void;
  /** Aborted as soon as there is an answer; undefined while nothing is asked. */
  asked(): AbortToken | undefined;
  /** The question and its answer, once; undefined before there is one. */
  take(): { readonly question: EntryQuestion; readonly answer: EntryAnswer } | undefined;
  /** Nobody wants it any more. */
  drop(why: string): void;
  /** Why this agent enters no more; undefined while it may. */
  declined(): string | undefined;
  decline(why: string): void;
};

type Waiting = {
  readonly question: EntryQuestion;
  readonly decided: ReturnType<typeof createAbortSource>;
  readonly unwanted: ReturnType<typeof createAbortSource>;
  answer?: EntryAnswer;
};

export function createWaitingEntry(askMaster: AskEntry | undefined): WaitingEntry {
  let waiting: Waiting | undefined;
  let declined: string | undefined;
  return {
    ask(question, stale) {
      const mine: Waiting = { question, decided: createAbortSource(), unwanted: createAbortSource() };
      waiting = mine;
      const answered = (answer: EntryAnswer): void => {
        mine.answer = answer;
        mine.decided.abort('the master has answered');
      };
      if (askMaster === undefined)
        return answered({ kind: 'declined', why: 'there is nobody who could approve this entry' });
      askMaster(question, stale, mine.unwanted.token).then(answered, (error: unknown) =>
        // What cannot be asked is not done.
        answered({
          kind: 'declined',
          why: `it could not be asked: ${error instanceof Error ? error.message : 'error'}`,
        }),
      );
    },
    asked: () => waiting?.decided.token,
    take() {
      if (waiting?.answer === undefined) return undefined;
      const { question, answer } = waiting;
      waiting = undefined;
      return { question, answer };
    },
    drop(why) {
      waiting?.unwanted.abort(why);
      waiting = undefined;
    },
    declined: () => declined,
    decline(why) {
      declined ??= why;
    },
  };
}

/** The price may go this share of the way to the stop, up or down, before what was agreed on is another trade. */
const PRICE_SHARE = parseDecimal('0.25');
/** The same of the price itself where no stop says how far it may go. */
const WITHOUT_STOP = parseDecimal('0.01');

/** What the master is asked about an order that the gate would let through. */
export function questionOf(order: ProposedOrder, view: RiskView, spec: AgentSpec): EntryQuestion {
  const at = view.referencePrice;
  const reach =
    order.stop === undefined || compare(order.stop, at) >= 0
      ? multiply(at, WITHOUT_STOP)
      : multiply(subtract(at, order.stop), PRICE_SHARE);
  const tick = view.instrument.tickSize;
  return {
    order,
    spec,
    price: at,
    lowest: priceOf(max(quantize(subtract(at, reach), tick, 'floor'), tick)),
    highest: priceOf(quantize(add(at, reach), tick, 'ceil')),
    equity: view.equity,
    notional: orderNotional(order, view),
    plannedLoss: plannedRisk(order, view),
    adds: view.openPositions === 0 && compare(view.heldQuantity, ZERO) > 0,
  };
}

/** As an order is judged once the master has said yes to it. */
export const approvedByMaster = (view: RiskView): RiskView => ({
  ...view,
  access: { ...view.access, entry: 'approved' },
});

/** Why a price is none of those that were asked about; undefined when it is. */
export function staleAt({ lowest, highest, price }: EntryQuestion, now: Price): string | undefined {
  if (compare(now, lowest) >= 0 && compare(now, highest) <= 0) return undefined;
  const [from, to, was, is] = [lowest, highest, price, now].map(formatDecimal);
  return `the price is ${is}; it was asked for at ${was}, between ${from} and ${to}`;
}

/** The order as it may be sent now: never more of it, nor more to lose, than was agreed on. */
export function agreedOrder(question: EntryQuestion, limits: BriefLimits, view: RiskView): ProposedOrder {
  const { order, equity } = question;
  const { instrument, referencePrice } = view;
  const agreed = (fraction: string, asked: Decimal): Decimal => min(multiply(equity, parseDecimal(fraction)), asked);
  const shares = [
    shareOf(agreed(limits.riskPerTrade, question.plannedLoss), plannedRisk(order, view)),
    shareOf(agreed(limits.maxNotionalFraction, question.notional), notional(referencePrice, order.quantity)),
  ];
  const allowed = shares.map((share) => multiply(order.quantity, share)).reduce(min, order.quantity);
  return { ...order, quantity: quantity(quantize(allowed, instrument.lotSize, 'floor')) };
}

const SHARE_DIGITS = 12;
const shareOf = (allowed: Decimal, wanted: Decimal): Decimal =>
  compare(wanted, allowed) <= 0 ? ONE : divide(allowed, wanted, SHARE_DIGITS, 'floor');
