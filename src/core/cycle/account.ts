import { type Decimal, isPositive, multiply, subtract, sum } from '../domain/decimal.ts';
import type { AgentId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Asset, money, type Price } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { applyDeposit, applyFeeCoin, applyFill, balanceOf, openLedger } from '../ledger/ledger.ts';
import { createProfitLock, type ProfitLock, realisedProfit } from '../ledger/profit-lock.ts';
import { equityOf, type Prices, type Reconciliation, reconcile, type Valued } from '../ledger/reconcile.ts';
import type { Entry, LedgerState } from '../ledger/types.ts';
import { type HighWater, marked, openHighWater, transferred } from '../risk/high-water.ts';
import { createReservationBook, type ReservationBook } from '../risk/reservation-book.ts';
import type { AccountScope } from './records.ts';

/** Cash and positions of one account, marked to market. The only holder of ledger state; every change is an entry. */
export type TradingAccount = {
  readonly scope: AccountScope;
  readonly asset: Asset;
  /** When it was opened, or begun anew. */
  readonly openedAt: UnixMs;
  state(): LedgerState;
  prices(): Prices;
  /** Coins in which a venue takes its fees, and what each costs in the asset of the account: bought the moment a fee needs them. */
  readonly feeCoins: ReadonlyMap<Asset, Price>;
  /** Books a fill and answers its entry; undefined when the fill was booked before. Throws Fault('refused') on a short sale. */
  book(fill: Fill, instrument: Instrument): Entry | undefined;
  /** Values the holding at a new price and moves the peak and the day's start. Answers whether one of them moved. */
  mark(instrumentId: InstrumentId, price: Price, ts: UnixMs): boolean;
  /** Books money that the owner brings in: neither a profit nor a loss, so the peak moves with it. Once for each `event`. */
  deposit(event: string, amount: Decimal, ts: UnixMs): void;
  /**
   * Begins with new cash, as on the first day: no result, no position, no peak, nothing locked. Whoever calls it has made sure that nothing is
   * held and nothing rests, and has recorded it.
   */
  beginAnew(cash: Decimal, ts: UnixMs): void;
  cash(): Decimal;
  equity(): Decimal;
  /** Highest equity ever seen. Only rises, and by what the owner brings in. */
  peakEquity(): Decimal;
  /** Equity when the present UTC day began. */
  dayStartEquity(): Decimal;
  /** What of the profit is locked: money of the account that nothing may spend or be sized from. */
  readonly profitLock: ProfitLock;
  /** What is reserved on the account, by whom and for which order. */
  readonly reservations: ReservationBook;
  /** Cash that the open entries of all agents but this one may still take. */
  reservedByOthers(agentId: AgentId): Decimal;
  /** What an agent's position is worth and what its stop lets it lose, in place of what was said before; nothing when the notional is zero. */
  plan(agentId: AgentId, held: PlannedLoss): void;
  /** The same of all agents but this one, together. */
  plannedByOthers(agentId: AgentId): PlannedLoss;
  /** A fixed point for `proofSince`. */
  valued(): Valued;
  /** What happened since, proven from both books of the ledger. */
  proofSince(since: Valued): Reconciliation;
};

/** Notional of a position, and what is lost when its stop is hit. */
export type PlannedLoss = { readonly notional: Decimal; readonly loss: Decimal };

export type AccountOptions = {
  readonly scope: AccountScope;
  readonly asset: Asset;
  readonly startingCash: Decimal;
  readonly openedAt: UnixMs;
  /** Of earlier runs of the program. */
  readonly highWater?: HighWater;
  readonly feeCoins?: ReadonlyMap<Asset, Price> | undefined;
  /** Of earlier runs of the program. */
  readonly reservations?: ReservationBook;
};

/** The account as what is new is judged and sized: what is locked counts as if it had been taken out, of the peak and the day's start too. */
export const atWork = (
  account: TradingAccount,
): { readonly [K in 'equity' | 'cash' | 'peakEquity' | 'dayStartEquity']: Decimal } => {
  const { profitLock } = account;
  return {
    equity: profitLock.unlocked(account.equity()),
    cash: profitLock.unlocked(account.cash()),
    peakEquity: profitLock.unlocked(account.peakEquity()),
    dayStartEquity: profitLock.unlocked(account.dayStartEquity()),
  };
};

export function openAccount({
  scope,
  asset,
  startingCash,
  openedAt: firstOpenedAt,
  highWater,
  feeCoins = new Map(),
  reservations = createReservationBook(),
}: AccountOptions): TradingAccount {
  let openedAt = firstOpenedAt;
  let { state } = openLedger(asset, startingCash, openedAt);
  const prices = new Map<InstrumentId, Price>();
  const equity = (): Decimal => equityOf(state, prices).amount;
  let water = highWater ?? openHighWater(startingCash, openedAt);
  const planned = new Map<AgentId, PlannedLoss>();
  const profitLock = createProfitLock();

  return {
    scope,
    asset,
    get openedAt() {
      return openedAt;
    },
    state: () => state,
    prices: () => prices,
    feeCoins,
    book(fill, instrument) {
      const coinPrice = feeCoins.get(fill.fee.asset);
      if (coinPrice !== undefined && !state.events.has(fill.tradeId)) {
        const paid = money(multiply(fill.fee.amount, coinPrice), asset);
        state = applyFeeCoin(state, `fee coin of ${fill.tradeId}`, fill.fee, paid, fill.tsEvent);
      }
      const booked = applyFill(state, fill, instrument);
      state = booked.state;
      profitLock.seen(realisedProfit(state));
      // Until the next mark the fill's own price is the newest one known; an older mark would show a loss that never was.
      prices.set(fill.instrumentId, fill.price);
      return booked.entry;
    },
    mark(instrumentId, price, ts) {
      const before = equity();
      prices.set(instrumentId, price);
      const next = marked(water, before, equity(), ts);
      const moved = next.day !== water.day || isPositive(subtract(next.peakEquity, water.peakEquity));
      water = next;
      return moved;
    },
    deposit(event, amount, ts) {
      if (state.events.has(event)) return;
      state = applyDeposit(state, event, asset, amount, ts);
      water = transferred(water, amount);
    },
    beginAnew(cash, ts) {
      openedAt = ts;
      ({ state } = openLedger(asset, cash, ts));
      prices.clear();
      planned.clear();
      reservations.clear();
      water = openHighWater(cash, ts);
      profitLock.beginAnew();
    },
    cash: () => balanceOf(state, 'cash', asset),
    equity,
    peakEquity: () => water.peakEquity,
    dayStartEquity: () => water.dayStartEquity,
    profitLock,
    reservations,
    reservedByOthers: (agentId) => reservations.openOfOthers(agentId).cash,
    plan(agentId, held) {
      if (isPositive(held.notional)) planned.set(agentId, held);
      else planned.delete(agentId);
    },
    plannedByOthers(agentId) {
      const others = [...planned].filter(([owner]) => owner !== agentId).map(([, held]) => held);
      return { notional: sum(others.map((one) => one.notional)), loss: sum(others.map((one) => one.loss)) };
    },
    valued: () => ({ state, prices: new Map(prices) }),
    proofSince: (since) => reconcile(state, prices, since),
  };
}
