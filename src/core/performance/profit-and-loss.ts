import { type Decimal, isZero, negate, subtract, sum } from '../domain/decimal.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { unrealisedPnl } from '../ledger/position.ts';
import { type Prices, reconcile } from '../ledger/reconcile.ts';
import type { LedgerState } from '../ledger/types.ts';

/** The result of one account in its own asset. `total` is equity less what the owner brought in, and also the sum of its three parts. */
export type ProfitAndLoss = {
  readonly equity: Decimal;
  readonly netDeposits: Decimal;
  readonly total: Decimal;
  /** Of what was sold, before fees. */
  readonly realised: Decimal;
  /** Of what is held, at the newest marks. */
  readonly unrealised: Decimal;
  /** Paid, and taken off already in `total`. Interest included. */
  readonly fees: Decimal;
};

/**
 * The one place where a profit or a loss is computed: every face shows what this answers. total = equity - net deposits
 * = realised + unrealised - fees, to the last digit; throws RangeError when the books give two answers, because then neither may be shown.
 */
export function profitAndLoss(state: LedgerState, prices: Prices): ProfitAndLoss {
  const { equity, grossPnl, fees, difference } = reconcile(state, prices);
  if (!isZero(difference)) throw new RangeError('the two books of the account do not agree');
  const netDeposits = negate(balanceOf(state, 'capital', state.asset));
  const unrealised = sum(
    [...state.positions.values()].flatMap((position) => {
      const mark = prices.get(position.instrumentId);
      return isZero(position.quantity) || mark === undefined ? [] : [unrealisedPnl(position, mark).amount];
    }),
  );
  return {
    equity,
    netDeposits,
    total: subtract(equity, netDeposits),
    realised: subtract(grossPnl, unrealised),
    unrealised,
    fees,
  };
}
