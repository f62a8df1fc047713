import { add, type Decimal, isZero, max, multiply, quantizeFloat, subtract, sum, ZERO } from '../domain/decimal.ts';
import type { AgentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { notional, type Price } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';
import type { Execution } from '../execution/execution.ts';
import { type Breach, breachOf } from '../risk/breakers.ts';
import { intentKey } from '../risk/intent-key.ts';
import { exactBps, gapReserveOf, worstEntryPrice } from '../risk/limits.ts';
import type { RiskLimits } from '../risk/risk-limits.ts';
import type { Access, ProposedOrder, RecentIntent, RiskView, TradingState } from '../risk/types.ts';
import type { AgentSpec } from '../spawner/types.ts';
import type { TradingAccount } from './account.ts';

/** What an engine says about itself when an order is judged. What is absent is as it is in a simulation by itself. */
export type RiskPorts = {
  readonly tradingState: () => TradingState;
  readonly limits?: () => RiskLimits;
  readonly access?: () => Access;
  /** Why the market's data must not be trusted now; null when nothing is known. */
  readonly dataFault?: () => string | null;
};

export type DeskRiskOptions = {
  readonly ports: RiskPorts & { readonly allowedInstruments: readonly string[] };
  readonly limits: () => RiskLimits;
  readonly instrument: Instrument;
  /** The instrument by the steps and minimums of the moment. */
  readonly rulesAt: (ts: UnixMs) => Instrument;
  readonly interval: Interval;
  readonly feeBps: Decimal;
  readonly account: TradingAccount;
  readonly execution: Execution;
  readonly agentId: AgentId;
  readonly startEquity: Decimal;
  readonly holding: () => boolean;
};

/** The newest price that a desk knows, when it was, and how far the instrument moves in a candle. */
export type DeskMark = { readonly price: Price; readonly at: UnixMs; readonly atr: number };

/** What one desk knows about risk: the view that the gate judges by, what is spoken for, and whether the account has to be stopped. */
export type DeskRisk = {
  /** What all others on the account hold at its marks, and what their open entries may still take. */
  exposureOfOthers(): Decimal;
  /** What everything that is open lets the account lose when every stop is hit. */
  openRisk(): Decimal;
  freeCash(): Decimal;
  /** Says to the account what this desk's orders may take and its position may lose. */
  tellAccount(mark: DeskMark | undefined): void;
  view(order: ProposedOrder, mark: DeskMark, ts: UnixMs, spec: AgentSpec): RiskView;
  /** An order was let through and sent. */
  sent(order: ProposedOrder, ts: UnixMs): void;
  breach(mark: DeskMark): Breach | undefined;
};

const SECOND_MS = 1_000;
const MINUTE_MS = INTERVAL_MS['1m'];
/** An order may be based on a candle that closed at most two intervals ago. */
const MAX_AGE_INTERVALS = 2;
const OPEN: Access = { mode: 'full', lock: 'open' };

type Sent = RecentIntent & { readonly side: Side };

export function createDeskRisk(options: DeskRiskOptions): DeskRisk {
  const { ports, limits, instrument, interval, feeBps, account, execution, agentId, startEquity, holding } = options;
  let recent: readonly Sent[] = [];

  const openEntries = () => execution.openOrders().filter(({ purpose }) => purpose === 'entry');
  const held = () => execution.heldQuantity(agentId, instrument.id);
  const heldNotional = (at: Price): Decimal => notional(at, held());
  const entryNotional = (at: Price): Decimal =>
    sum(openEntries().map((order) => notional(order.price ?? at, order.quantity)));

  /** From the price down to the stop that rests, with the fee of getting out; all of it where no stop rests. */
  const stopRisk = (at: Price): Decimal => {
    const size = held();
    if (isZero(size)) return ZERO;
    const stop = execution.openOrders().find(({ purpose }) => purpose === 'stop')?.price;
    if (stop === undefined) return notional(at, size);
    return add(multiply(max(ZERO, subtract(at, stop)), size), exactBps(notional(stop, size), feeBps));
  };

  const exposureOfOthers = (): Decimal => {
    const mark = account.prices().get(instrument.id);
    const own = mark === undefined ? ZERO : heldNotional(mark);
    return add(max(ZERO, subtract(subtract(account.equity(), account.cash()), own)), account.reservedByOthers(agentId));
  };
  /** What others hold counts with their stops; what nobody has said anything about counts as lost whole. */
  const riskOfOthers = (): Decimal => {
    const { notional: planned, loss } = account.plannedByOthers(agentId);
    return add(loss, max(ZERO, subtract(exposureOfOthers(), planned)));
  };
  const freeCash = (): Decimal => subtract(account.cash(), account.reservedByOthers(agentId));
  const atrOf = ({ atr }: DeskMark): Decimal => quantizeFloat(atr, instrument.tickSize, 'ceil');
  const sentSince = (ts: UnixMs, ms: number): readonly Sent[] => recent.filter((order) => order.ts > ts - ms);

  return {
    exposureOfOthers,
    openRisk: riskOfOthers,
    freeCash,
    tellAccount(mark) {
      if (mark === undefined) return;
      const { price: at } = mark;
      const costs = openEntries().map(({ type, price, quantity, filledQuantity }) => {
        const worst = worstEntryPrice(type, price, at, instrument, limits());
        const value = multiply(worst, subtract(quantity, filledQuantity));
        return add(value, exactBps(value, feeBps));
      });
      account.reserve(agentId, sum(costs));
      account.plan(agentId, { notional: heldNotional(at), loss: stopRisk(at) });
    },
    view(order, mark, ts, spec) {
      const { price: at } = mark;
      const exposure = sum([exposureOfOthers(), heldNotional(at), entryNotional(at)]);
      return {
        now: ts,
        limits: limits(),
        access: ports.access?.() ?? OPEN,
        tradingState: ports.tradingState(),
        reconciled: true,
        instrument: options.rulesAt(ts),
        allowedInstruments: ports.allowedInstruments,
        envelope: spec.envelope,
        envelopeExpiresAt: spec.lifespan.expiresAt,
        referencePrice: at,
        atr: atrOf(mark),
        venue: 'simulated',
        dataAgeMs: ts - mark.at,
        maxDataAgeMs: MAX_AGE_INTERVALS * INTERVAL_MS[interval],
        dataFault: ports.dataFault?.() ?? null,
        equity: account.equity(),
        cash: freeCash(),
        peakEquity: account.peakEquity(),
        dayStartEquity: account.dayStartEquity(),
        agentStartEquity: startEquity,
        openPositions: holding() ? 1 : 0,
        heldQuantity: held(),
        grossExposure: exposure,
        // What others hold may be in this instrument too: nobody asks, so all of it counts.
        symbolExposure: exposure,
        openOrders: execution.openOrders().length,
        openOrderNotional: entryNotional(at),
        ownOrders: execution.openOrders(),
        ordersLastSecond: sentSince(ts, SECOND_MS).length,
        ordersLastMinute: sentSince(ts, MINUTE_MS).length,
        repeatsLastMinute: sentSince(ts, MINUTE_MS).filter(({ side }) => side === order.side).length,
        recentIntents: recent,
        openRisk: sum([riskOfOthers(), stopRisk(at), entryNotional(at)]),
        knownOrderIds: execution.orders().map(({ clientOrderId }) => clientOrderId),
        feeBps,
      };
    },
    sent(order, ts) {
      recent = [...sentSince(ts, MINUTE_MS), { key: intentKey(order, instrument.id), side: order.side, ts }];
    },
    breach(mark) {
      const { price: at } = mark;
      const others = riskOfOthers();
      const own = held();
      return breachOf(
        {
          equity: account.equity(),
          peakEquity: account.peakEquity(),
          grossExposure: add(exposureOfOthers(), heldNotional(at)),
          openRisk: add(others, stopRisk(at)),
          gapReserve: add(
            multiply(gapReserveOf(at, atrOf(mark), limits()), own),
            multiply(exposureOfOthers(), limits().gapFraction),
          ),
          markFault: ports.dataFault?.() ?? null,
        },
        limits(),
      );
    },
  };
}
