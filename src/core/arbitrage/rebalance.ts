import {
  compare,
  type Decimal,
  divide,
  isZero,
  max,
  min,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Asset } from '../domain/money.ts';
import type { Inventory } from './inventory.ts';
import { inSteps } from './steps.ts';
import type { Transfers, TransferTerms } from './transfers.ts';
import type { Route } from './types.ts';

/** What a venue should hold of an asset before a trade. */
export type Target = { readonly venue: string; readonly asset: Asset; readonly amount: Decimal };

const STEP = parseDecimal('0.00000001');
const SCALE = 18;

/** Stock for so many trades of the largest size on every leg, in both directions: `price` is what the base asset costs at the beginning. */
export function targetsOf(route: Route, price: Decimal, most: Decimal, trades: Decimal): readonly Target[] {
  const money = multiply(most, trades);
  const { buy, sell, convert } = route;
  const base = inSteps(divide(money, price, SCALE, 'up'), STEP, 'up');
  const wanted: readonly Target[] = [buy, sell, ...(convert === undefined ? [] : [convert.market])].flatMap(
    (market) => [
      { venue: market.venue, asset: market.base, amount: market.base === buy.base ? base : money },
      { venue: market.venue, asset: market.quote, amount: money },
    ],
  );
  return wanted.filter(
    ({ venue, asset }, i) => wanted.findIndex((other) => other.venue === venue && other.asset === asset) === i,
  );
}

const QUARTER = parseDecimal('0.25');

/**
 * Sends assets from the venue that has the most above its target to one that is below a quarter of its own. Asked for between trades; what
 * is under way is not asked for again.
 */
export function rebalance(targets: readonly Target[], inventory: Inventory, transfers: Transfers, now: UnixMs): void {
  for (const { venue, asset, amount } of targets) {
    const held = inventory.balance(venue, asset);
    if (compare(held, multiply(amount, QUARTER)) >= 0 || !isZero(transfers.underWay(venue, asset))) continue;
    const donors = targets
      .filter((other) => other.asset === asset && other.venue !== venue)
      .map((other) => ({ from: other.venue, spare: subtract(inventory.balance(other.venue, asset), other.amount) }))
      .toSorted((a, b) => compare(b.spare, a.spare));
    const [donor] = donors;
    const sent = donor === undefined ? ZERO : max(ZERO, min(donor.spare, subtract(amount, held)));
    if (donor === undefined || isZero(sent)) continue;
    // A refusal is a condition of the venue and no mistake: the route stays detect-only until something changes.
    transfers.request({ asset, from: donor.from, to: venue, amount: inSteps(sent, STEP, 'down') }, now);
  }
}

const HOUR_MS = 3_600_000;
const CASH: ReadonlySet<string> = new Set(['USD', 'EUR', 'GBP']);
const COINS: ReadonlySet<string> = new Set(['BTC', 'ETH']);

/** Assumed, and named as assumed wherever a figure rests on it: banks take a day, chains an hour. Not taken from any venue. */
export function assumedTransfer(asset: Asset): TransferTerms {
  if (CASH.has(asset))
    return {
      takesMs: 24 * HOUR_MS,
      fee: parseDecimal('25'),
      least: parseDecimal('100'),
      mostPerDay: parseDecimal('1000000'),
    };
  if (COINS.has(asset))
    return {
      takesMs: HOUR_MS,
      fee: parseDecimal('0.0005'),
      least: parseDecimal('0.002'),
      mostPerDay: parseDecimal('100'),
    };
  return {
    takesMs: HOUR_MS,
    fee: parseDecimal('10'),
    least: parseDecimal('50'),
    mostPerDay: parseDecimal('1000000'),
  };
}
