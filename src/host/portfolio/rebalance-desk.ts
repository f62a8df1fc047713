import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { atWork } from '#core/cycle/account.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  isZero,
  max,
  min,
  multiply,
  ONE,
  parseDecimal,
  quantize,
  subtract,
  ZERO,
} from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { price as priceOf, quantity } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type PlannedTrade, planRebalance, type RebalancePlan } from '#core/portfolio/rebalance.ts';
import { parseTargets, type Targets, type TargetText } from '#core/portfolio/targets.ts';
import type { RebalanceView } from '#shared/contract/rebalance.ts';
import { manualEnvelope } from '../manual/manual-envelope.ts';
import { ASSUMED_FEE_BPS } from '../manual/order-records.ts';
import type { SimulatedDesk } from '../manual/simulated-desk.ts';
import type { EngineParts } from '../parts.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

type Parts = Pick<EngineParts, 'account' | 'storage' | 'limitBook' | 'tradingState'>;

/** Target weights of what is held by hand on the standing account, and the orders that bring it back to them. */
export type RebalanceDesk = {
  targets(): TargetText | undefined;
  /** Records the targets. Throws Fault `refused` or `not_found` that says what is wrong with them. */
  setTargets(text: TargetText, reason: string): void;
  /** Plans, records the plan, and sends it through the gate: sales, then what can be bought afterwards. A preview does none of it. */
  rebalance(preview: boolean): Promise<RebalanceView>;
};

const FEE = divide(parseDecimal(ASSUMED_FEE_BPS), parseDecimal('10000'), 6, 'up');
/** Of the largest order that an envelope lets through; the price may move until it is judged. */
const ALMOST = parseDecimal('0.95');

export function openRebalanceDesk(
  { account, storage, limitBook, tradingState }: Parts,
  manual: SimulatedDesk,
): RebalanceDesk {
  const { journal } = storage;
  const targets = (): TargetText | undefined => {
    const last = journal.readCycle(SYSTEM_CYCLE).findLast(({ type }) => type === 'portfolio.targets_set');
    if (last === undefined) return undefined;
    const { reason: _why, ...text } = payloadOf(last, 'portfolio.targets_set');
    return text;
  };

  /** Above it the gate would refuse the order for its size or for what it loses down to its stop. */
  const largest = ({ stop }: Targets): Decimal => {
    const { riskPerTrade, maxNotionalFraction } = manualEnvelope;
    const perRisk = divide(parseDecimal(riskPerTrade), add(stop, add(FEE, FEE)), 6, 'floor');
    const fraction = min(min(perRisk, parseDecimal(maxNotionalFraction)), limitBook.limits().maxOrderFraction);
    return multiply(multiply(atWork(account).equity, fraction), ALMOST);
  };

  /** What was sent and has not filled is not held yet: planned again it would be bought or sold twice. Stop and target rest as ever. */
  const isOrdered = ({ id }: Instrument): boolean =>
    manual.desk.execution
      .openOrders()
      .some(({ instrumentId, purpose }) => instrumentId === id && purpose !== 'stop' && purpose !== 'target');

  const plan = (wanted: Targets): RebalancePlan => {
    const known = manual.instruments.flatMap((instrument) => {
      const weight = wanted.weights.get(instrument.symbol);
      const held = manual.desk.held(instrument.id);
      // What has no target and is not held is nobody's business here.
      if (weight === undefined && isZero(held)) return [];
      const quote = manual.priceOf(instrument.id);
      if (quote === undefined)
        throw new Fault('bad_data', `no price of ${instrument.symbol} is known`, 'wait for the market, then try again');
      const waits = isOrdered(instrument) ? { waits: 'an order of it is open' } : {};
      return [{ instrument, quantity: held, price: quote, weight: weight ?? ZERO, ...waits }];
    });
    const kept = account.reservations.openOfOthers(undefined).cash;
    return planRebalance({
      holdings: known,
      cash: max(ZERO, subtract(atWork(account).cash, kept)),
      cashWeight: wanted.cash,
      band: wanted.band,
      minNotional: wanted.minNotional,
      fee: FEE,
      cushion: limitBook.limits().priceCollar,
      largest: largest(wanted),
    });
  };

  const send = async (trade: PlannedTrade, { stop }: Targets): Promise<string | undefined> => {
    // A sale only reduces, so that the gate lets it through; but whoever stops trading wants what is held to stay as it is.
    if (trade.side === 'sell' && tradingState.state() === 'halted')
      return 'trading is halted: what is held stays, and can be closed by hand';
    const instrument = manual.instruments.find(({ id }) => id === trade.instrumentId) as Instrument;
    const at = manual.priceOf(instrument.id) ?? ZERO;
    const below = quantize(multiply(at, subtract(ONE, stop)), instrument.tickSize, 'floor');
    const order = { instrumentId: trade.instrumentId, side: trade.side, quantity: quantity(trade.quantity) };
    try {
      const placed = manual.desk.place(trade.side === 'buy' ? { ...order, stop: priceOf(below) } : order, manual.now());
      await manual.untilKnown(placed.order, false);
      return undefined;
    } catch (error) {
      if (error instanceof Fault && error.code === 'refused') return error.message;
      throw error;
    }
  };

  let underWay = false;

  return {
    targets,
    setTargets(text, reason) {
      const { weights } = parseTargets(text);
      for (const symbol of weights.keys()) instrumentFor(symbol, manual.instruments);
      journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, manual.now(), 'portfolio.targets_set', { ...text, reason })]);
    },
    async rebalance(preview) {
      const text = targets();
      if (text === undefined)
        throw new Fault('refused', 'there are no target weights', 'set them: mt portfolio targets set BTC/USDT=0.2');
      const wanted = parseTargets(text);
      manual.advance();
      const first = plan(wanted);
      if (preview)
        return viewOf(
          first,
          true,
          first.trades.map((trade) => tradeView(trade, 'planned', '')),
        );
      if (underWay)
        throw new Fault('refused', 'a rebalancing is under way', 'wait until it has ended, then look again');
      const done: RebalanceView['trades'] = [];
      const carryOut = async (planned: RebalancePlan, side: PlannedTrade['side']): Promise<void> => {
        const trades = planned.trades.filter((trade) => trade.side === side);
        const texts = trades.map(({ symbol, quantity: size, why }) => ({
          symbol,
          side,
          quantity: formatDecimal(size),
          why,
        }));
        const phase = side === 'sell' ? 'sales' : 'purchases';
        journal.append(SYSTEM_CYCLE, [
          draft(SYSTEM_RUN, manual.now(), 'portfolio.rebalance_planned', {
            phase,
            total: formatDecimal(planned.total),
            trades: texts,
            left: [...planned.left],
          }),
        ]);
        for (const trade of trades) {
          const refused = await send(trade, wanted);
          done.push(tradeView(trade, refused === undefined ? 'sent' : 'refused', refused ?? ''));
        }
      };
      underWay = true;
      try {
        if (first.trades.some(({ side }) => side === 'sell')) await carryOut(first, 'sell');
        // Purchases are planned by what is there after the sales. On a market that runs by itself some of them may wait for the next time.
        manual.advance();
        const second = plan(wanted);
        await carryOut(second, 'buy');
        return viewOf(second, false, done);
      } finally {
        underWay = false;
      }
    },
  };
}

const tradeView = (
  { symbol, side, quantity: size, why }: PlannedTrade,
  outcome: RebalanceView['trades'][number]['outcome'],
  detail: string,
): RebalanceView['trades'][number] => ({
  instrument: symbol,
  side,
  quantity: formatDecimal(size),
  why,
  outcome,
  detail,
});

const viewOf = ({ total, left }: RebalancePlan, preview: boolean, trades: RebalanceView['trades']): RebalanceView => ({
  preview,
  total: formatDecimal(total),
  trades,
  left: left.map(({ symbol, why }) => ({ instrument: symbol, why })),
});
