import { add, type Decimal, formatDecimal, isZero, negate, subtract, sum, ZERO } from '../domain/decimal.ts';
import type { InstrumentId } from '../domain/ids.ts';
import { type Money, money, type Price } from '../domain/money.ts';
import { Fault } from '../kernel/fault.ts';
import { balanceOf } from './ledger.ts';
import { positionValue, unrealisedPnl } from './position.ts';
import type { LedgerState } from './types.ts';

export type Prices = ReadonlyMap<InstrumentId, Price>;

/** A ledger and the prices at which what it holds is valued. */
export type Valued = { readonly state: LedgerState; readonly prices: Prices };

/** In the ledger's asset. `difference` is what remains unexplained, and is zero. */
export type Reconciliation = {
  readonly startingEquity: Decimal;
  readonly cash: Decimal;
  readonly positionValue: Decimal;
  readonly equity: Decimal;
  readonly grossPnl: Decimal;
  /** Interest on what was borrowed included. */
  readonly fees: Decimal;
  readonly difference: Decimal;
};

function priceOf(prices: Prices, id: InstrumentId): Price {
  const found = prices.get(id);
  if (found === undefined)
    throw new Fault('bad_data', `no price to value ${id}`, 'Give a price for every position held.');
  return found;
}

const held = (state: LedgerState) => [...state.positions.values()].filter(({ quantity }) => !isZero(quantity));

const valueOf = ({ state, prices }: Valued): Decimal =>
  sum(held(state).map((position) => positionValue(position, priceOf(prices, position.instrumentId)).amount));

/** Cash plus positions at the given prices. Throws Fault('bad_data') when a price of something held is missing. */
export const equityOf = (state: LedgerState, prices: Prices): Money =>
  money(add(balanceOf(state, 'cash', state.asset), valueOf({ state, prices })), state.asset);

/** Realised result of all positions ever plus unrealised result of those held, before fees. */
function grossOf({ state, prices }: Valued): Decimal {
  const realised = sum([...state.positions.values()].map(({ realisedPnl }) => realisedPnl.amount));
  const open = held(state).map((position) => unrealisedPnl(position, priceOf(prices, position.instrumentId)).amount);
  return add(realised, sum(open));
}

const paidBy = (state: LedgerState): Decimal =>
  add(balanceOf(state, 'fees', state.asset), balanceOf(state, 'interest', state.asset));

/**
 * Proves that the two books of the ledger agree: what the balances say (cash, fees) against what the positions say (cost, realised
 * result), from the opening or from an earlier moment `since`: startingEquity + grossPnl - fees = cash + positionValue.
 */
export function reconcile(state: LedgerState, prices: Prices, since?: Valued): Reconciliation {
  const { asset } = state;
  const now: Valued = { state, prices };
  const capital = negate(balanceOf(state, 'capital', asset));
  // What the owner brought in since then is neither a profit nor unexplained: it counts as if it had been there at the start.
  const startingEquity =
    since === undefined
      ? capital
      : sum([equityOf(since.state, since.prices).amount, capital, balanceOf(since.state, 'capital', asset)]);
  const grossPnl = subtract(grossOf(now), since === undefined ? ZERO : grossOf(since));
  const fees = subtract(paidBy(state), since === undefined ? ZERO : paidBy(since.state));
  const cash = balanceOf(state, 'cash', asset);
  const value = valueOf(now);
  const equity = add(cash, value);
  const explained = subtract(add(startingEquity, grossPnl), fees);
  return {
    startingEquity,
    cash,
    positionValue: value,
    equity,
    grossPnl,
    fees,
    difference: subtract(explained, equity),
  };
}

/** The same as canonical decimal text, for the journal and the contract. */
export const reconciliationText = (proof: Reconciliation): { readonly [Field in keyof Reconciliation]: string } => ({
  startingEquity: formatDecimal(proof.startingEquity),
  cash: formatDecimal(proof.cash),
  positionValue: formatDecimal(proof.positionValue),
  equity: formatDecimal(proof.equity),
  grossPnl: formatDecimal(proof.grossPnl),
  fees: formatDecimal(proof.fees),
  difference: formatDecimal(proof.difference),
});
