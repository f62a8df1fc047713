import { type Decimal, decimal, formatDecimal } from '../domain/decimal.ts';
import type { MarginTerms } from '../domain/margin.ts';
import { Fault } from '../kernel/fault.ts';
import type { Grid } from '../matching/grid.ts';
import { createFillTable, type KeptFill } from './fill-table.ts';
import { createTradeTable } from './trade-table.ts';
import type { BacktestCosts, FillColumns, TradeColumns } from './types.ts';

export type KeeperOptions = {
  readonly grid: Grid;
  readonly cash: Decimal;
  readonly feeBps: Decimal;
  /** Decimals to which a fee is rounded up; undefined for the exact fee. */
  readonly feeScale: number | undefined;
  /** Undefined for spot. */
  readonly margin?: MarginTerms | undefined;
};

export type KeptBooks = {
  readonly finalCash: string;
  readonly finalEquity: string;
  readonly openPosition: string;
  readonly turnover: string;
  readonly costs: BacktestCosts;
  readonly trades: TradeColumns;
  readonly fills: FillColumns;
};

/** The money of one run: exact, in bigint, touched only when something fills. */
export type BookKeeper = {
  /** Below zero: borrowed. */
  held(): number;
  readonly lends: boolean;
  /** Cash as a float, for the curve. */
  cashFloat(): number;
  /** One lot at one tick in quote, as a float, for the curve. */
  readonly unitFloat: number;
  /** What a purchase would leave of the cash; negative when it is too dear. */
  cashAfterBuying(ticks: number, lots: number): bigint;
  fill(fill: KeptFill): void;
  /** Whether the equity covers the initial margin of what a sale would leave borrowed. */
  mayBorrow(ticks: number, lots: number): boolean;
  /** Where the equity has fallen to the maintenance margin of what is borrowed, rounded up; 0 when nothing can reach it. */
  liquidationTicks(): number;
  /** Takes interest on borrowed lots off the cash, rounded up as fees are. */
  charge(ticks: number, lots: number, ms: number): void;
  /** The whole account with what is held valued at `lastTicks`. */
  done(lastTicks: number): KeptBooks;
};

const YEAR_MS = 365n * 86_400_000n;

/** The terms as whole numbers of one common step; `one` is the whole. */
function sharesOf({ initial, maintenance, annualInterest }: MarginTerms) {
  const scale = Math.max(initial.scale, maintenance.scale, annualInterest.scale);
  const units = (value: Decimal): bigint => value.units * 10n ** BigInt(scale - value.scale);
  return {
    one: 10n ** BigInt(scale),
    initial: units(initial),
    maintenance: units(maintenance),
    annualInterest: units(annualInterest),
  };
}

export function createBookKeeper({ grid, cash, feeBps, feeScale, margin }: KeeperOptions): BookKeeper {
  // Room for every digit of price x quantity x rate, so that the exact fee is a whole number of units.
  const scale = Math.max(grid.moneyScale + 4 + feeBps.scale, feeScale ?? 0, cash.scale);
  const unitsPerTickLot = grid.amount(1, 1) * 10n ** BigInt(scale - grid.moneyScale);
  const feePerTickLot = (unitsPerTickLot * feeBps.units) / 10n ** BigInt(4 + feeBps.scale);
  const feeStep = feeScale === undefined ? 1n : 10n ** BigInt(scale - feeScale);
  const oneFloat = 10 ** scale;
  const toFloat = (units: bigint): number => Number(units) / oneFloat;
  const text = (units: bigint): string => formatDecimal(decimal(units, scale));
  const tickLots = (ticks: number, lots: number): bigint => {
    const product = ticks * lots;
    return Number.isSafeInteger(product) ? BigInt(product) : BigInt(ticks) * BigInt(lots);
  };
  const feeOf = (size: bigint): bigint => {
    const exact = size * feePerTickLot;
    return feeStep === 1n ? exact : ((exact + feeStep - 1n) / feeStep) * feeStep;
  };

  const fills = createFillTable();
  const trades = createTradeTable(toFloat, Number(formatDecimal(grid.lot)), margin !== undefined);
  const terms = margin === undefined ? undefined : sharesOf(margin);
  let money = cash.units * 10n ** BigInt(scale - cash.scale);
  let held = 0;
  let fees = 0n;
  let spread = 0n;
  let impact = 0n;
  let turnover = 0n;
  let interest = 0n;

  return {
    held: () => held,
    lends: terms !== undefined,
    cashFloat: () => toFloat(money),
    unitFloat: Number(formatDecimal(grid.tick)) * Number(formatDecimal(grid.lot)),
    cashAfterBuying(ticks, lots) {
      const size = tickLots(ticks, lots);
      return money - size * unitsPerTickLot - feeOf(size);
    },
    fill(fill) {
      const size = tickLots(fill.ticks, fill.lots);
      const value = size * unitsPerTickLot;
      const fee = feeOf(size);
      if (fill.side < 0 && fill.lots > held && terms === undefined)
        throw new Error(`order ${fill.order} sells ${fill.lots} lots of ${held} held`);
      held += fill.side * fill.lots;
      if (!Number.isSafeInteger(held))
        throw new Fault(
          'bad_data',
          'the quantity held is more than 2^53 lots',
          'Choose a coarser lot or smaller orders.',
        );
      money = fill.side > 0 ? money - value : money + value;
      money -= fee;
      fees += fee;
      turnover += value;
      if (fill.spreadTicks !== 0) spread += tickLots(fill.spreadTicks, fill.lots);
      if (fill.impactTicks !== 0) impact += tickLots(fill.impactTicks, fill.lots);
      const planned = !Number.isNaN(fill.riskTicks);
      trades.add(fill, value, fee, held, planned ? tickLots(fill.riskTicks, fill.lots) * unitsPerTickLot : undefined);
      fills.add(fill);
    },
    mayBorrow(ticks, lots) {
      const after = held - lots;
      if (after >= 0) return true;
      if (terms === undefined) return false;
      const size = tickLots(ticks, lots);
      const equity = money + tickLots(ticks, held) * unitsPerTickLot - feeOf(size);
      return equity * terms.one >= tickLots(ticks, -after) * unitsPerTickLot * terms.initial;
    },
    liquidationTicks() {
      if (terms === undefined || held >= 0) return 0;
      const perTick = tickLots(1, -held) * unitsPerTickLot * (terms.one + terms.maintenance);
      const ticks = (money * terms.one + perTick - 1n) / perTick;
      if (ticks > BigInt(Number.MAX_SAFE_INTEGER)) return 0;
      return Math.max(1, Number(ticks));
    },
    charge(ticks, lots, ms) {
      if (terms === undefined) return;
      const owed = tickLots(ticks, lots) * unitsPerTickLot * terms.annualInterest * BigInt(ms);
      const perYear = terms.one * YEAR_MS * feeStep;
      const amount = ((owed + perYear - 1n) / perYear) * feeStep;
      money -= amount;
      interest += amount;
      trades.charge(amount);
    },
    done: (lastTicks) => ({
      finalCash: text(money),
      finalEquity: text(money + tickLots(lastTicks, held) * unitsPerTickLot),
      openPosition: formatDecimal(grid.quantityOf(held)),
      turnover: text(turnover),
      costs: {
        fees: text(fees),
        spread: text(spread * unitsPerTickLot),
        impact: text(impact * unitsPerTickLot),
        ...(terms === undefined ? {} : { interest: text(interest) }),
      },
      fills: fills.done((ticks, lots) => text(feeOf(tickLots(ticks, lots)))),
      trades: trades.done(),
    }),
  };
}
