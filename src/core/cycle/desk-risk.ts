import {
  add,
  type Decimal,
  isZero,
  max,
  min,
  multiply,
  quantizeFloat,
  subtract,
  sum,
  ZERO,
} from '../domain/decimal.ts';
import type { AgentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '../domain/interval.ts';
import { notional, type Price } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';
import type { Execution } from '../execution/execution.ts';
import { type Breach, breachOf } from '../risk/breakers.ts';
import { intentKey } from '../risk/intent-key.ts';
import { exactBps, gapReserveOf } from '../risk/limits.ts';
import type { OpenEntries } from '../risk/reservation-book.ts';
import type { RiskLimits } from '../risk/risk-limits.ts';
import type { SizingInput } from '../risk/sizing.ts';
import type { Access, ProposedOrder, RecentIntent, RiskView, TradingState } from '../risk/types.ts';
import type { AgentSpec } from '../spawner/types.ts';
import { atWork, type TradingAccount } from './account.ts';
import type { AskEntry } from './asked-entry.ts';

/** What an engine says about itself when an order is judged. What is absent is as it is in a simulation by itself. */
export type RiskPorts = {
  readonly tradingState: () => TradingState;
  readonly limits?: () => RiskLimits;
  readonly access?: () => Access;
  /** Why the market's data must not be trusted now; null when nothing is known. */
  readonly dataFault?: () => string | null;
  /**
   * What the size of an envelope bounds: everything on the account, as where one policy trades several markets of a back-test (the default),
   * or the agent's own alone, where each agent was made for a moment of its own and the account's limits hold beside it.
   */
  readonly envelopeBounds?: 'account' | 'agent';
  /** Asks the master for one entry; absent where no master is, and then an entry that would ask is denied. */
  readonly askEntry?: AskEntry;
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
  /** What is taken on the account, for the size of an entry of this desk; what it holds itself is only in `symbolExposure` and `use`. */
  taken(): Pick<SizingInput, 'cash' | 'grossExposure' | 'agentExposure' | 'symbolExposure' | 'openRisk' | 'use'>;
  /** What this desk holds itself: its notional at this price, and what it loses when its stop is hit. */
  ofOwn(at: Price): { readonly notional: Decimal; readonly loss: Decimal };
  /** Says to the account what this desk's position may lose. */
  tellAccount(mark: DeskMark | undefined): void;
  /** `adds`: the order adds to the position that is held, so it opens no further one. */
  view(order: ProposedOrder, mark: DeskMark, ts: UnixMs, spec: AgentSpec, adds?: boolean): RiskView;
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
  const alone = ports.envelopeBounds === 'agent';
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

  const heldByOthers = (): Decimal => {
    const mark = account.prices().get(instrument.id);
    const own = mark === undefined ? ZERO : heldNotional(mark);
    return max(ZERO, subtract(subtract(account.equity(), account.cash()), own));
  };
  const openOfOthers = (): OpenEntries => account.reservations.openOfOthers(agentId);
  /** What all others hold at the marks of the account, and what their open entries may still take. */
  const exposureOfOthers = (): Decimal => add(heldByOthers(), openOfOthers().cash);
  /** What others hold and still buy counts with its stops; what nobody has said anything about counts as lost whole. */
  const riskOfOthers = (): Decimal => {
    const { notional: planned, loss } = account.plannedByOthers(agentId);
    return sum([loss, openOfOthers().loss, max(ZERO, subtract(heldByOthers(), planned))]);
  };
  /** Everybody's in this instrument, own open entries apart. */
  const inInstrument = (at: Price): Decimal =>
    add(
      notional(at, account.state().positions.get(instrument.id)?.quantity ?? held()),
      account.reservations.openOfOthers(agentId, instrument.id).notional,
    );
  const freeCash = (): Decimal => subtract(atWork(account).cash, account.reservedByOthers(agentId));
  const atrOf = ({ atr }: DeskMark): Decimal => quantizeFloat(atr, instrument.tickSize, 'ceil');
  const sentSince = (ts: UnixMs, ms: number): readonly Sent[] => recent.filter((order) => order.ts > ts - ms);

  return {
    taken() {
      const others = exposureOfOthers();
      const mark = account.prices().get(instrument.id);
      const risk = riskOfOthers();
      return {
        cash: freeCash(),
        grossExposure: others,
        agentExposure: alone ? ZERO : others,
        symbolExposure: mark === undefined ? others : inInstrument(mark),
        // As the gate counts it: every stop hit and the stated gap beyond it, but never more than all of it.
        openRisk: min(max(risk, others), add(risk, multiply(others, limits().gapFraction))),
        use: account.reservations.use(instrument.id),
      };
    },
    ofOwn: (at) => ({ notional: heldNotional(at), loss: stopRisk(at) }),
    tellAccount(mark) {
      if (mark === undefined) return;
      const { price: at } = mark;
      account.plan(agentId, { notional: heldNotional(at), loss: stopRisk(at) });
    },
    view(order, mark, ts, spec, adds = false) {
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
        ...atWork(account),
        cash: freeCash(),
        agentStartEquity: account.profitLock.unlocked(startEquity),
        openPositions: holding() && !adds ? 1 : 0,
        heldQuantity: held(),
        grossExposure: exposure,
        agentExposure: alone ? add(heldNotional(at), entryNotional(at)) : exposure,
        symbolExposure: add(inInstrument(at), entryNotional(at)),
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
