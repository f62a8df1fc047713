import {
  add,
  compare,
  type Decimal,
  formatDecimal,
  isNegative,
  isPositive,
  isZero,
  negate,
  sum,
  ZERO,
} from '../domain/decimal.ts';
import { baseFeeOf } from '../domain/fill-amounts.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { type Asset, type Money, notional } from '../domain/money.ts';
import type { Fill } from '../domain/order.ts';
import { Fault } from '../kernel/fault.ts';
import { flatPosition, positionAfter } from './position.ts';
import { marginPositionAfter } from './short-position.ts';
import type { Entry, LedgerAccount, LedgerState, Posting } from './types.ts';

/** `entry` is undefined when the event was booked before; then `state` is the state given. */
export type Booked = { readonly state: LedgerState; readonly entry: Entry | undefined };

const key = (account: LedgerAccount, asset: Asset): string => `${account}:${asset}`;

/** Balance of one account; zero when nothing was ever posted to it. */
export const balanceOf = (state: LedgerState, account: LedgerAccount, asset: Asset): Decimal =>
  state.balances.get(key(account, asset)) ?? ZERO;

/** A ledger with its opening entry: the owner's capital on one side, cash on the other. */
export function openLedger(
  asset: Asset,
  startingCash: Decimal,
  ts: UnixMs,
): { readonly state: LedgerState; readonly entry: Entry } {
  if (isNegative(startingCash))
    throw new Fault('usage', 'starting cash must not be negative', 'Give an amount of 0 or more.');
  const empty: LedgerState = { asset, balances: new Map(), positions: new Map(), entries: 0, events: new Set() };
  const entry: Entry = {
    event: 'opening',
    ts,
    postings: [
      { account: 'cash', asset, amount: startingCash },
      { account: 'capital', asset, amount: negate(startingCash) },
    ],
  };
  return { state: applyEntry(empty, entry), entry };
}

/** Books money that the owner brings in, for example the coin in which a venue takes its fees. Idempotent by `event`. */
export const applyDeposit = (
  state: LedgerState,
  event: string,
  asset: Asset,
  amount: Decimal,
  ts: UnixMs,
): LedgerState => {
  if (isNegative(amount)) throw new Fault('usage', 'a deposit must not be negative', 'Give an amount of 0 or more.');
  return applyEntry(state, {
    event,
    ts,
    postings: [
      { account: 'cash', asset, amount },
      { account: 'capital', asset, amount: negate(amount) },
    ],
  });
};

/**
 * Books a coin that is bought only to pay a fee with, at its price in quote: the money counts as a fee at once, and the coin is there for the
 * fee that follows. Idempotent by `event`.
 */
export const applyFeeCoin = (state: LedgerState, event: string, coin: Money, paid: Money, ts: UnixMs): LedgerState => {
  if (isNegative(coin.amount) || isNegative(paid.amount))
    throw new Fault('usage', 'a fee must not be negative', 'Give an amount of 0 or more.');
  return applyEntry(state, {
    event,
    ts,
    postings: [
      { account: 'cash', asset: paid.asset, amount: negate(paid.amount) },
      { account: 'fees', asset: paid.asset, amount: paid.amount },
      { account: 'cash', asset: coin.asset, amount: coin.amount },
      { account: 'capital', asset: coin.asset, amount: negate(coin.amount) },
    ],
  });
};

/** Books interest on what is borrowed. Idempotent by `event`. */
export const applyInterest = (
  state: LedgerState,
  event: string,
  { asset, amount }: Money,
  ts: UnixMs,
): { readonly state: LedgerState; readonly entry: Entry } => {
  if (isNegative(amount)) throw new Fault('usage', 'interest must not be negative', 'Give an amount of 0 or more.');
  const entry: Entry = {
    event,
    ts,
    postings: [
      { account: 'cash', asset, amount: negate(amount) },
      { account: 'interest', asset, amount },
    ],
  };
  return { state: applyEntry(state, entry), entry };
};

/** Throws when the postings of an event do not sum to zero for each asset: a bug that must never be booked. */
function assertBalanced({ event, postings }: Entry): void {
  for (const asset of new Set(postings.map((posting) => posting.asset))) {
    const rest = sum(postings.filter((posting) => posting.asset === asset).map(({ amount }) => amount));
    if (!isZero(rest)) throw new Error(`entry ${event} leaves ${formatDecimal(rest)} ${asset} unexplained`);
  }
}

/**
 * Adds a balanced entry to the balances. The same event twice is booked once, and balances do not depend on the order of entries.
 * Positions are not touched; a fill goes through `applyFill`.
 */
export function applyEntry(state: LedgerState, entry: Entry): LedgerState {
  assertBalanced(entry);
  if (state.events.has(entry.event)) return state;
  const balances = new Map(state.balances);
  for (const { account, asset, amount } of entry.postings) {
    const at = key(account, asset);
    balances.set(at, add(balances.get(at) ?? ZERO, amount));
  }
  return { ...state, balances, entries: state.entries + 1, events: new Set(state.events).add(entry.event) };
}

/**
 * The postings of a fill. Each asset balances by itself: base moves between us and the market, quote between us, the market
 * and the fees.
 */
function fillEntry(fill: Fill, { base, quote }: Instrument): Entry {
  const { asset: feeAsset } = fill.fee;
  const value = notional(fill.price, fill.quantity);
  const bought = fill.side === 'buy';
  const paid: Decimal = bought ? negate(value) : value;
  const received: Decimal = bought ? fill.quantity : negate(fill.quantity);
  const fee = fill.fee.amount;
  const postings: readonly Posting[] = [
    { account: 'cash', asset: quote, amount: feeAsset === quote ? add(paid, negate(fee)) : paid },
    ...(feeAsset === quote ? [{ account: 'fees', asset: quote, amount: fee } as const] : []),
    { account: 'market', asset: quote, amount: negate(paid) },
    { account: 'position', asset: base, amount: feeAsset === base ? add(received, negate(fee)) : received },
    ...(feeAsset === base ? [{ account: 'fees', asset: base, amount: fee } as const] : []),
    { account: 'market', asset: base, amount: negate(received) },
    ...(feeAsset === quote || feeAsset === base
      ? []
      : ([
          { account: 'cash', asset: feeAsset, amount: negate(fee) },
          { account: 'fees', asset: feeAsset, amount: fee },
        ] as const)),
  ];
  return { event: fill.tradeId, ts: fill.tsEvent, postings };
}

/** A fee is paid out of what is there: the quote asset, what was just bought or is held, or a coin deposited for it. */
function feeRefusal(state: LedgerState, fill: Fill, { base, quote, margin }: Instrument): string | undefined {
  const { asset, amount } = fill.fee;
  if (asset === quote || isZero(amount)) return undefined;
  if (asset === base && margin !== undefined) return 'its fee is in the asset that may be borrowed';
  if (asset === base)
    return fill.side === 'buy' && compare(amount, fill.quantity) > 0 ? 'its fee is more than it bought' : undefined;
  return compare(amount, balanceOf(state, 'cash', asset)) > 0
    ? `its fee of ${formatDecimal(amount)} ${asset} is not there`
    : undefined;
}

function assertBookable(state: LedgerState, fill: Fill, instrument: Instrument): void {
  const wrong =
    fill.instrumentId !== instrument.id
      ? `it is of ${fill.instrumentId}, not of ${instrument.id}`
      : instrument.quote !== state.asset
        ? `its price is not in ${state.asset}`
        : !isPositive(fill.quantity) || !isPositive(fill.price) || isNegative(fill.fee.amount)
          ? 'price and quantity must be positive and the fee not negative'
          : feeRefusal(state, fill, instrument);
  if (wrong !== undefined)
    throw new Fault(
      'refused',
      `trade ${fill.tradeId} cannot be booked: ${wrong}`,
      'Reconcile with the venue before trading on.',
    );
}

/**
 * Books a fill: balances and position. Idempotent by trade id. Throws Fault('refused') on a fill in another asset or
 * instrument and on one that sells more than is held of an instrument without margin terms; the state given is not changed.
 */
export function applyFill(state: LedgerState, fill: Fill, instrument: Instrument): Booked {
  assertBookable(state, fill, instrument);
  if (state.events.has(fill.tradeId)) return { state, entry: undefined };
  const before = state.positions.get(fill.instrumentId) ?? flatPosition(fill.instrumentId, instrument.quote);
  const after =
    instrument.margin === undefined
      ? positionAfter(before, fill, baseFeeOf(fill, instrument))
      : marginPositionAfter(before, fill);
  const entry = fillEntry(fill, instrument);
  const positions = new Map(state.positions).set(fill.instrumentId, after);
  return { state: { ...applyEntry(state, entry), positions }, entry };
}
