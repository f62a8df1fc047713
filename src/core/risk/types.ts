import type { EntryPolicy } from '#shared/contract/preferences.ts';
import type { Asker, Mode } from '../automation/types.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { ClientOrderId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Price, Quantity } from '../domain/money.ts';
import type { OrderPurpose, OrderType, Side, TimeInForce } from '../domain/order.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import type { RiskLimits } from './risk-limits.ts';

/** Whether whoever asks may act at all: the engine's mode, and whether its data are open. */
export type Access = {
  readonly mode: Mode;
  readonly lock: 'open' | 'locked';
  /** An agent when absent. */
  readonly by?: Asker;
  /** The brief that this agent was made from was approved by the master. */
  readonly brief?: 'approved';
  /** Why the master paused this agent; undefined while he has not. */
  readonly paused?: string | undefined;
  /** The master chose this agent himself, and filled in its form. */
  readonly formed?: boolean;
  /** This very entry was. */
  readonly entry?: 'approved';
  /** Which entries ask for that in semi; `live` when absent. */
  readonly asks?: EntryPolicy;
};

/** An order of ours that rests, as far as another one could trade with it. */
export type OwnOrder = { readonly side: Side; readonly type: OrderType; readonly price?: Price };

/** An order that was let through lately; see `intentKey`. */
export type RecentIntent = { readonly key: string; readonly ts: UnixMs };

export type TradingState = 'active' | 'reducing' | 'halted';

/** A sized order that has not passed the gate. Only the gate turns it into an approved one. */
export type ProposedOrder = {
  readonly clientOrderId: ClientOrderId;
  readonly side: Side;
  readonly type: OrderType;
  readonly purpose: OrderPurpose;
  readonly quantity: Quantity;
  /** Limit or trigger price; absent for a market order. */
  readonly price?: Price;
  /** Of a stop-limit order: the worst price once its trigger was reached. */
  readonly limitPrice?: Price;
  /** Of a trailing stop: its distance from the best price seen, in quote. */
  readonly trail?: Price;
  /** `gtc` when absent. */
  readonly timeInForce?: TimeInForce;
  /** Rather not at all than as a taker. */
  readonly postOnly?: boolean;
  /** One cancels the other: a fill of one order takes its quantity from the others of the same name. */
  readonly group?: string;
  readonly reduceOnly: boolean;
  /** Protective stop that will rest with an entry, and the target. */
  readonly stop?: Price;
  readonly target?: Price;
};

/** Everything the checks may look at; no clock, no port, no chance. */
export type RiskView = {
  readonly now: UnixMs;
  readonly limits: RiskLimits;
  readonly access: Access;
  readonly tradingState: TradingState;
  readonly reconciled: boolean;
  readonly instrument: Instrument;
  readonly allowedInstruments: readonly string[];
  readonly envelope: RiskEnvelope;
  readonly envelopeExpiresAt: UnixMs;
  /** Newest known price, and how old its candle is. */
  readonly referencePrice: Price;
  readonly dataAgeMs: number;
  readonly maxDataAgeMs: number;
  /** Why the data must not be trusted now whatever their age (a gap, a crossed book, a clock that jumped); null when nothing is known. */
  readonly dataFault: string | null;
  /** Average true range of the instrument, in quote: how far it moves in a candle. */
  readonly atr: Decimal;
  /** Where the order would go. A live venue gets no order without a price. */
  readonly venue: 'simulated' | 'live';
  readonly equity: Decimal;
  readonly cash: Decimal;
  /** Highest equity ever, adjusted for deposits; never reset by the engine. */
  readonly peakEquity: Decimal;
  /** Equity at the start of the day (UTC) and of the agent. */
  readonly dayStartEquity: Decimal;
  readonly agentStartEquity: Decimal;
  readonly openPositions: number;
  /** Held quantity of this instrument by this agent. */
  readonly heldQuantity: Quantity;
  /** Notional of all positions and open entry orders. */
  readonly grossExposure: Decimal;
  /** The part of it that is this agent's own, which its envelope bounds. When absent, all of it is. */
  readonly agentExposure?: Decimal;
  /** The part of it that is in this instrument. */
  readonly symbolExposure: Decimal;
  readonly openOrders: number;
  /** Notional of the entries among them. */
  readonly openOrderNotional: Decimal;
  readonly ownOrders: readonly OwnOrder[];
  readonly ordersLastSecond: number;
  readonly ordersLastMinute: number;
  /** On the order's side of its instrument. */
  readonly repeatsLastMinute: number;
  readonly recentIntents: readonly RecentIntent[];
  /** Loss of all open positions if each stops out, in quote. When absent, open exposure counts as lost whole. */
  readonly openRisk?: Decimal;
  /** Client order ids that exist already; an order may not reuse one. */
  readonly knownOrderIds?: readonly ClientOrderId[];
  readonly feeBps: Decimal;
};

/** Denied is local; `rejected` is the venue's word. */
export type Verdict =
  | { readonly kind: 'approved'; readonly order: ApprovedOrder; readonly checks: readonly string[] }
  | { readonly kind: 'denied'; readonly check: string; readonly reason: string };

declare const approvedByGate: unique symbol;
/** A proposed order with the gate's seal; execution accepts nothing else. */
export type ApprovedOrder = ProposedOrder & { readonly [approvedByGate]: true };

/** One pre-trade check. Returns the reason for refusal, or undefined to let the order pass. A throw counts as a refusal. */
export type RiskCheck = { readonly name: string; refuse(order: ProposedOrder, view: RiskView): string | undefined };

/** The part of a bracket or emergency that execution must send without a second gate pass; see `Approvals`. */
export type DerivedOrder = {
  readonly purpose: 'stop' | 'target' | 'flatten';
  readonly clientOrderId: ClientOrderId;
  readonly quantity: Quantity;
};

/**
 * What execution may ask of the risk stage without importing it. `isApproved` sees through copies: an altered copy of an approved
 * order is not approved. `derive` makes the reduce-only orders that one approval of an entry covers: its stop and target at
 * the approved prices, and a flatten when protection fails. Undefined when the entry has no such price.
 */
export type Approvals = {
  isApproved(order: ProposedOrder): boolean;
  derive(entry: ApprovedOrder, order: DerivedOrder): ApprovedOrder | undefined;
  /**
   * The entry with the stop of an order that the gate let through, for its protection from here on. Throws unless that stop is nearer to the
   * market than the one before: an approval never comes to risk more than was approved.
   */
  tightened(entry: ApprovedOrder, stop: ApprovedOrder): ApprovedOrder;
  /** A further entry of a position as it protects it: with the stop of the entry before where that one lies nearer to the market. */
  keepingStop(entry: ApprovedOrder, before: ApprovedOrder): ApprovedOrder;
  /** An order that the journal shows as sent, and so as approved, after a restart. Never for an order that is yet to be sent. */
  restored(order: ProposedOrder): ApprovedOrder;
};
