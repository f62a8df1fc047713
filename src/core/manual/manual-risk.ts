import type { Asker, Mode } from '../automation/types.ts';
import { atWork, type TradingAccount } from '../cycle/account.ts';
import { add, type Decimal, isZero, max, multiply, subtract, sum, ZERO } from '../domain/decimal.ts';
import type { AgentId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS } from '../domain/interval.ts';
import { notional, type Price, type Quantity } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';
import type { Execution } from '../execution/execution.ts';
import type { TrackedOrder } from '../execution/types.ts';
import { type Breach, breachOf } from '../risk/breakers.ts';
import { intentKey } from '../risk/intent-key.ts';
import { exactBps, gapReserveOf, worstEntryPrice } from '../risk/limits.ts';
import type { OpenEntries } from '../risk/reservation-book.ts';
import type { RiskLimits } from '../risk/risk-limits.ts';
import type { ProposedOrder, RecentIntent, RiskView, TradingState } from '../risk/types.ts';
import type { RiskEnvelope } from '../spawner/types.ts';
import type { Quote } from './types.ts';

export type ManualRiskOptions = {
  readonly agentId: AgentId;
  readonly account: TradingAccount;
  readonly instruments: readonly Instrument[];
  readonly execution: Execution;
  readonly envelope: RiskEnvelope;
  readonly feeBps: Decimal;
  readonly limits: () => RiskLimits;
  readonly tradingState: () => TradingState;
  /** Full when absent. */
  readonly mode?: () => Mode;
  /** Whose hand gives the order; the master's own when absent. */
  readonly asker?: () => Asker;
  readonly reconciled: () => boolean;
  readonly maxDataAgeMs: number;
  /** Where the orders go; a live venue gets none without a price. */
  readonly kind: RiskView['venue'];
  /** Why the prices of an instrument must not be trusted now; null when nothing is known. */
  readonly dataFault: (instrumentId: InstrumentId) => string | null;
  readonly quoteOf: (instrument: Instrument) => Quote;
};

/** What orders by hand risk, as the gate and the account have to know it. */
export type ManualRisk = {
  view(order: ProposedOrder, instrument: Instrument, quote: Quote, now: UnixMs): RiskView;
  /** Says to the account what the holdings may lose. */
  tellAccount(): void;
  sent(order: ProposedOrder, instrument: Instrument, ts: UnixMs): void;
  /** The account has begun anew: what is lost counts from here. */
  beginAnew(): void;
  /** Whether the account has to be stopped, as far as it holds something by hand. */
  breach(): Breach | undefined;
};

const SECOND_MS = 1_000;
const MINUTE_MS = INTERVAL_MS['1m'];

type Sent = RecentIntent & { readonly side: Side; readonly instrumentId: InstrumentId };

export function createManualRisk(options: ManualRiskOptions): ManualRisk {
  const { agentId, account, instruments, execution, envelope, feeBps, limits, maxDataAgeMs, quoteOf } = options;
  let startEquity = account.equity();
  let recent: readonly Sent[] = [];

  const held = (id: InstrumentId): Quantity => execution.heldQuantity(agentId, id);
  const holdings = () =>
    instruments.flatMap((instrument) => {
      const mark = account.prices().get(instrument.id);
      return isZero(held(instrument.id)) || mark === undefined ? [] : [{ instrument, mark, size: held(instrument.id) }];
    });
  const openEntries = (): readonly TrackedOrder[] =>
    execution.openOrders().filter(({ purpose }) => purpose === 'entry');

  /** What an open entry may still take, at the worst price that it can have. */
  const costOf = ({ instrumentId, type, price, quantity, filledQuantity }: TrackedOrder): Decimal => {
    const instrument = instruments.find(({ id }) => id === instrumentId);
    if (instrument === undefined) return ZERO;
    const worst = worstEntryPrice(type, price, quoteOf(instrument).price, instrument, limits());
    const value = multiply(worst, subtract(quantity, filledQuantity));
    return add(value, exactBps(value, feeBps));
  };
  const costs = (orders: readonly TrackedOrder[]): Decimal => sum(orders.map(costOf));

  /** Down to the stop that rests; what no stop covers counts as lost whole. */
  const stopRisk = (instrumentId: InstrumentId, mark: Price, size: Quantity): Decimal => {
    const stop = execution
      .openOrders()
      .find((order) => order.instrumentId === instrumentId && order.purpose === 'stop');
    return stop?.price === undefined ? notional(mark, size) : max(ZERO, multiply(subtract(mark, stop.price), size));
  };
  const riskOfHoldings = (): Decimal =>
    sum(holdings().map(({ instrument, mark, size }) => stopRisk(instrument.id, mark, size)));
  const valueOfHoldings = (): Decimal => sum(holdings().map(({ mark, size }) => notional(mark, size)));
  const heldByOthers = (): Decimal => {
    const exposed = subtract(account.equity(), account.cash());
    return max(ZERO, subtract(exposed, valueOfHoldings()));
  };
  const ofOthersIn = (id: InstrumentId): Decimal => {
    const mark = account.prices().get(id);
    const size = subtract(account.state().positions.get(id)?.quantity ?? ZERO, held(id));
    const open = account.reservations.openOfOthers(agentId, id).notional;
    return add(open, mark === undefined ? ZERO : multiply(mark, max(ZERO, size)));
  };
  const openOfOthers = (): OpenEntries => account.reservations.openOfOthers(agentId);
  const ofOthers = (): Decimal => add(heldByOthers(), openOfOthers().cash);
  /** What others hold and still buy counts with its stops; what nobody has said anything about counts as lost whole. */
  const riskOfOthers = (): Decimal => {
    const { notional: planned, loss } = account.plannedByOthers(agentId);
    return sum([loss, openOfOthers().loss, max(ZERO, subtract(heldByOthers(), planned))]);
  };
  const sentSince = (ts: UnixMs, ms: number): readonly Sent[] => recent.filter((order) => order.ts > ts - ms);

  return {
    view(order, instrument, quote, now) {
      const entries = openEntries();
      const gross = sum([ofOthers(), valueOfHoldings(), costs(entries)]);
      return {
        now,
        limits: limits(),
        // The master's own hand is an approval, a program's is not; a locked vault has no desk.
        access: { mode: options.mode?.() ?? 'full', lock: 'open', by: options.asker?.() ?? 'master' },
        tradingState: options.tradingState(),
        reconciled: options.reconciled(),
        instrument,
        allowedInstruments: instruments.map(({ id }) => id),
        envelope,
        envelopeExpiresAt: (now + MINUTE_MS) as UnixMs,
        referencePrice: quote.price,
        atr: quote.atr,
        venue: options.kind,
        dataAgeMs: now - quote.at,
        maxDataAgeMs,
        dataFault: options.dataFault(instrument.id),
        ...atWork(account),
        cash: subtract(atWork(account).cash, account.reservedByOthers(agentId)),
        agentStartEquity: account.profitLock.unlocked(startEquity),
        // Each order by hand stands for itself: several may be open in different instruments.
        openPositions: 0,
        heldQuantity: held(instrument.id),
        grossExposure: gross,
        symbolExposure: sum([
          ofOthersIn(instrument.id),
          ...holdings().map((holding) =>
            holding.instrument.id === instrument.id ? notional(holding.mark, holding.size) : ZERO,
          ),
          costs(entries.filter(({ instrumentId }) => instrumentId === instrument.id)),
        ]),
        openOrders: execution.openOrders().length,
        openOrderNotional: costs(entries),
        ownOrders: execution.openOrders().filter(({ instrumentId }) => instrumentId === instrument.id),
        ordersLastSecond: sentSince(now, SECOND_MS).length,
        ordersLastMinute: sentSince(now, MINUTE_MS).length,
        repeatsLastMinute: sentSince(now, MINUTE_MS).filter(
          ({ side, instrumentId }) => side === order.side && instrumentId === instrument.id,
        ).length,
        recentIntents: recent,
        openRisk: sum([riskOfOthers(), riskOfHoldings(), costs(entries)]),
        knownOrderIds: execution.orders().map(({ clientOrderId }) => clientOrderId),
        feeBps,
      };
    },
    tellAccount() {
      account.plan(agentId, { notional: valueOfHoldings(), loss: riskOfHoldings() });
    },
    sent(order, instrument, ts) {
      const key = intentKey(order, instrument.id);
      recent = [...sentSince(ts, MINUTE_MS), { key, ts, side: order.side, instrumentId: instrument.id }];
    },
    beginAnew() {
      startEquity = account.equity();
    },
    breach() {
      const all = holdings();
      if (all.length === 0) return undefined;
      const reserves = all.map(({ instrument, mark, size }) =>
        multiply(gapReserveOf(mark, quoteOf(instrument).atr, limits()), size),
      );
      return breachOf(
        {
          equity: account.equity(),
          peakEquity: account.peakEquity(),
          grossExposure: add(ofOthers(), valueOfHoldings()),
          openRisk: add(riskOfOthers(), riskOfHoldings()),
          gapReserve: add(sum(reserves), multiply(ofOthers(), limits().gapFraction)),
          // A mark that is not to be trusted stops nobody: one of them is enough.
          markFault:
            all.map(({ instrument }) => options.dataFault(instrument.id)).find((fault) => fault !== null) ?? null,
        },
        limits(),
      );
    },
  };
}
