import { compare, type Decimal, isPositive, max, multiply, sum } from '../domain/decimal.ts';
import type { AgentId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { type Asset, money, type Price } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { applyFeeCoin, applyFill, balanceOf, openLedger } from '../ledger/ledger.ts';
import { equityOf, type Prices, type Reconciliation, reconcile, type Valued } from '../ledger/reconcile.ts';
import type { Entry, LedgerState } from '../ledger/types.ts';
import type { AccountScope } from './records.ts';

/** Cash and positions of one account, marked to market. The only holder of ledger state; every change is an entry. */
export type TradingAccount = {
  readonly scope: AccountScope;
  readonly asset: Asset;
  state(): LedgerState;
  prices(): Prices;
  /** Coins in which a venue takes its fees, and what each costs in the asset of the account: bought the moment a fee needs them. */
  readonly feeCoins: ReadonlyMap<Asset, Price>;
  /** Books a fill and answers its entry; undefined when the fill was booked before. Throws Fault('refused') on a short sale. */
  book(fill: Fill, instrument: Instrument): Entry | undefined;
  /** Values the holding at a new price and moves the peak and the day's start. */
  mark(instrumentId: InstrumentId, price: Price, ts: UnixMs): void;
  cash(): Decimal;
  equity(): Decimal;
  /** Highest equity ever seen. Only rises. */
  peakEquity(): Decimal;
  /** Equity when the present UTC day began. */
  dayStartEquity(): Decimal;
  /** What the open entries of an agent may still take, in place of what was said before; nothing when zero. Two agents cannot spend it. */
  reserve(agentId: AgentId, amount: Decimal): void;
  /** Reserved by all agents but this one. */
  reservedByOthers(agentId: AgentId): Decimal;
  /** A fixed point for `proofSince`. */
  valued(): Valued;
  /** What happened since, proven from both books of the ledger. */
  proofSince(since: Valued): Reconciliation;
};

export type AccountOptions = {
  readonly scope: AccountScope;
  readonly asset: Asset;
  readonly startingCash: Decimal;
  readonly openedAt: UnixMs;
  /** Peak of earlier runs of the program. */
  readonly peakEquity?: Decimal;
  readonly feeCoins?: ReadonlyMap<Asset, Price> | undefined;
};

const dayOf = (ts: UnixMs): number => Math.floor(ts / INTERVAL_MS['1d']);

export function openAccount({
  scope,
  asset,
  startingCash,
  openedAt,
  peakEquity,
  feeCoins = new Map(),
}: AccountOptions): TradingAccount {
  let { state } = openLedger(asset, startingCash, openedAt);
  const prices = new Map<InstrumentId, Price>();
  const equity = (): Decimal => equityOf(state, prices).amount;
  let peak = peakEquity === undefined ? startingCash : max(peakEquity, startingCash);
  let day = dayOf(openedAt);
  let dayStart = startingCash;
  const reserved = new Map<AgentId, Decimal>();

  return {
    scope,
    asset,
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
      // Until the next mark the fill's own price is the newest one known; an older mark would show a loss that never was.
      prices.set(fill.instrumentId, fill.price);
      return booked.entry;
    },
    mark(instrumentId, price, ts) {
      if (dayOf(ts) !== day) {
        day = dayOf(ts);
        dayStart = equity();
      }
      prices.set(instrumentId, price);
      const now = equity();
      if (compare(now, peak) > 0) peak = now;
    },
    cash: () => balanceOf(state, 'cash', asset),
    equity,
    peakEquity: () => peak,
    dayStartEquity: () => dayStart,
    reserve(agentId, amount) {
      if (isPositive(amount)) reserved.set(agentId, amount);
      else reserved.delete(agentId);
    },
    reservedByOthers: (agentId) =>
      sum([...reserved].filter(([owner]) => owner !== agentId).map(([, amount]) => amount)),
    valued: () => ({ state, prices: new Map(prices) }),
    proofSince: (since) => reconcile(state, prices, since),
  };
}
