import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  isPositive,
  isZero,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { balanceOf } from '#core/ledger/ledger.ts';
import { averagePrice, positionValue, unrealisedPnl } from '#core/ledger/position.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import type { ManualBook } from '#shared/contract/orders.ts';
import type { PortfolioView, PositionView } from '#shared/contract/portfolio.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { EquityCurve } from '../equity-curve.ts';
import type { EngineParts } from '../parts.ts';
import { profitAndLossView } from '../performance/performance-view.ts';
import { fillsCsv, ordersCsv, positionsCsv } from '../portfolio/portfolio-csv.ts';

type PortfolioHandlers = Pick<AppHandlers, 'portfolio.get' | 'portfolio.export'>;

/** Everything that was ever traded on an account, for a file. */
export type TradedOn = (account: string) => {
  readonly environment: PortfolioView['environment'];
  readonly orders: readonly OrderView[];
  readonly fills: readonly FillView[];
  readonly positions: readonly PositionView[];
};

const FILLS_SHOWN = 50;
const OPEN = new Set<OrderView['status']>([
  'submitted',
  'accepted',
  'partially_filled',
  'pending_cancel',
  'unresolved',
]);

function positionViews(parts: EngineParts): readonly PositionView[] {
  const { account, instruments } = parts;
  const symbolOf = (id: Instrument['id']): Instrument | undefined =>
    instruments.find((instrument) => instrument.id === id);
  return [...account.state().positions.values()].flatMap((position) => {
    const instrument = symbolOf(position.instrumentId);
    const last = account.prices().get(position.instrumentId);
    if (instrument === undefined) return [];
    const average = averagePrice(position, instrument.quoteScale);
    const flat = isZero(position.quantity) || last === undefined;
    return [
      {
        instrument: instrument.symbol,
        direction: position.direction,
        quantity: formatDecimal(position.quantity),
        averagePrice: average === undefined ? null : formatDecimal(average),
        lastPrice: last === undefined ? null : formatDecimal(last),
        priceDecimals: instrument.tickSize.scale,
        value: flat ? '0' : formatDecimal(positionValue(position, last).amount),
        unrealisedPnl: flat ? '0' : formatDecimal(unrealisedPnl(position, last).amount),
        realisedPnl: formatDecimal(position.realisedPnl.amount),
        fees: formatDecimal(position.fees.amount),
      },
    ];
  });
}

export function portfolioView(
  parts: EngineParts,
  runner: CycleRunner,
  curve: EquityCurve,
  fills: readonly FillView[],
  byHand: ManualBook,
): PortfolioView {
  const { account, market } = parts;
  const state = account.state();
  const positions = positionViews(parts);
  const total = (pick: (position: PositionView) => string): Decimal =>
    sum(positions.map((position) => parseDecimal(pick(position))));
  const equity = account.equity();
  const cash = account.cash();
  const peak = account.peakEquity();
  const orders = runner.running().flatMap((live) => live.view().orders);
  return {
    environment: 'simulated',
    quoteAsset: account.asset,
    startingEquity: formatDecimal(subtract(ZERO, balanceOf(state, 'capital', account.asset))),
    cash: formatDecimal(cash),
    positionValue: formatDecimal(subtract(equity, cash)),
    equity: formatDecimal(equity),
    peakEquity: formatDecimal(peak),
    drawdownFraction: isPositive(peak) ? formatDecimal(divide(subtract(peak, equity), peak, 8, 'half-up')) : '0',
    realisedPnl: formatDecimal(total((position) => position.realisedPnl)),
    unrealisedPnl: formatDecimal(
      add(
        ZERO,
        total((position) => position.unrealisedPnl),
      ),
    ),
    fees: formatDecimal(balanceOf(state, 'fees', account.asset)),
    pnl: profitAndLossView(account),
    basis: 'equity minus net deposits, marked at the last close; simulated',
    asOf: market.clock.now(),
    positions: [...positions],
    openOrders: [...orders, ...byHand.orders].filter((order) => OPEN.has(order.status)),
    fills: [...fills, ...byHand.fills]
      .toSorted((a, b) => a.ts - b.ts)
      .slice(-FILLS_SHOWN)
      .toReversed(),
    equityCurve: [...curve.points()],
  };
}

export const createPortfolioHandlers = (get: () => PortfolioView, tradedOn: TradedOn): PortfolioHandlers => ({
  'portfolio.get': get,
  'portfolio.export'({ what, account }) {
    const { environment, orders, fills, positions } = tradedOn(account);
    const files = {
      fills: () => ({ rows: fills.length, csv: fillsCsv(environment, fills) }),
      orders: () => ({ rows: orders.length, csv: ordersCsv(environment, orders) }),
      positions: () => ({ rows: positions.length, csv: positionsCsv(environment, positions) }),
    };
    return { what, environment, name: `${what}-${account}.csv`, ...files[what]() };
  },
});
