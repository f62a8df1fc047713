import type { ClosedCandle } from '../domain/candle.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { AgentId, TradeId } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Quantity } from '../domain/money.ts';
import { Fault } from '../kernel/fault.ts';
import type { IdFactory } from '../kernel/ids.ts';
import type { VenueClient, VenueOrder } from '../ports/venue-client.ts';
import { checkFees, type FeeSchedule, type FeeTurnover, flatFees } from './fees.ts';
import type { OrderBook } from './venue-book.ts';
import type { VenueFaults } from './venue-faults.ts';
import type { MarginAccount } from './venue-margin.ts';
import { checkHistory, type InstrumentLimits } from './versioned-limits.ts';

export type SimulatedVenueOptions = {
  readonly instrument: Instrument;
  /** Fee of maker and taker alike, in basis points of the notional, in quote; `fees` replaces it. */
  readonly feeBps: Decimal;
  readonly fees?: FeeSchedule;
  /** What chooses the tier of a schedule that has tiers; the venue's own when absent. */
  readonly turnover?: FeeTurnover;
  /** Half of the bid-ask spread in basis points; a taker pays it. Below 10,000. */
  readonly halfSpreadBps: Decimal;
  readonly ids: Pick<IdFactory, 'tradeId'>;
  /** Share of a candle's volume that orders here may take, above 0 up to 1; without it an order is filled whole. */
  readonly participation?: number;
  /** Fraction of the price that an order as large as the whole candle moves it by; see `MatchRules.impact`. */
  readonly impact?: number;
  /** Rules by date, oldest first; without it the instrument's own hold at all times. */
  readonly limitsHistory?: readonly InstrumentLimits[];
  readonly faults?: VenueFaults;
  /** Needed when the instrument has margin terms, and only then. */
  readonly margin?: MarginAccount;
  /** Cash in quote at this moment, where the venue is to refuse a purchase that the account cannot pay; without it nobody asks. */
  readonly cash?: () => Decimal;
  /** Told before each fill is published what of its price was half spread (rounding included) and own impact, in quote per unit. */
  readonly onCost?: (tradeId: TradeId, spread: Decimal, impact: Decimal) => void;
};

/** What survives a restart; also what a reconciliation compares with. */
export type VenueState = {
  readonly holding: Quantity;
  /** What is owed instead of held, on margin, and by whom. */
  readonly borrowed?: { readonly agentId: AgentId; readonly quantity: Quantity };
  readonly openOrders: readonly VenueOrder[];
};

export type SimulatedVenue = VenueClient & {
  /**
   * Runs one closed candle against the book; `finer` candles of the same time decide what its high and low leave open. Throws
   * Fault('bad_data') on an impossible or out-of-order candle, untouched, and likewise on a book that is crossed, empty or disordered.
   * With the order `book` as it stood at the open, whoever takes at that open takes level by level from it, each level a fill of its own.
   */
  onCandle(candle: ClosedCandle, finer?: readonly ClosedCandle[], book?: OrderBook): void;
  /**
   * The same in two steps, for whoever plays several markets in the order of time: what fills at the open of a candle happens before what
   * other markets do while it lasts, and what fills inside it after. One candle at a time; `closeCandle` ends the one that is open.
   */
  openCandle(candle: ClosedCandle, book?: OrderBook): void;
  closeCandle(): void;
  state(): VenueState;
  /** Takes over holding and resting orders after a restart; emits nothing. Throws when orders rest already. */
  restore(state: VenueState): void;
};

/** Throws Fault('usage') or Fault('bad_data') on options that make no venue; answers the fees that hold. */
export function checkVenueOptions(options: SimulatedVenueOptions): FeeSchedule {
  const { participation, impact = 0, limitsHistory = [] } = options;
  if (participation !== undefined && !(participation > 0 && participation <= 1))
    throw new Fault(
      'usage',
      `a share of ${participation} of the volume is not above 0 and up to 1`,
      'Correct the limits.',
    );
  if (!(impact >= 0 && impact < 1))
    throw new Fault('usage', `an impact of ${impact} is not from 0 to below 1`, 'Correct the costs.');
  const fees = options.fees ?? flatFees(options.feeBps);
  checkFees(fees);
  checkHistory(limitsHistory);
  return fees;
}
