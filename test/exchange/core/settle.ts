import { type Accounts, FEE_ACCOUNT } from './accounts.ts';
import { type FeeRules, feeOf, withFee } from './fees.ts';
import { type Fixed, timesUp } from './fixed.ts';
import type { Execution, Instrument, Order } from './types.ts';

export type Settlement = {
  readonly order: Order;
  readonly instrument: Instrument;
  readonly tradeId: number;
  readonly price: Fixed;
  readonly quantity: Fixed;
  readonly cost: Fixed;
  readonly maker: boolean;
  readonly at: number;
};

export type Settle = (settlement: Settlement) => Execution;

/** What must stay set aside for the rest of an order that is still open. */
const stillNeeded = (order: Order, fees: FeeRules): Fixed => {
  if (order.side === 'sell') return order.quantity - order.filled;
  if (order.price === undefined) return order.held;
  return withFee(fees, timesUp(order.price, order.quantity - order.filled));
};

/** Books one side of a trade: pays out of the hold, credits what comes in, and gives back what a better price left over. */
export function createSettle(accounts: Accounts, fees: FeeRules, isHouse: (account: string) => boolean): Settle {
  return ({ order, instrument, tradeId, price, quantity, cost, maker, at }) => {
    const house = isHouse(order.account);
    const fee = house
      ? { amount: 0n, asset: instrument.quote }
      : feeOf(fees, instrument, order.side, quantity, cost, maker);
    const given = order.side === 'sell' ? instrument.base : instrument.quote;
    const taken = order.side === 'sell' ? instrument.quote : instrument.base;
    const feeOnTop = fee.asset === given;
    const pays = (order.side === 'sell' ? quantity : cost) + (feeOnTop ? fee.amount : 0n);
    accounts.spendHeld(order.account, given, pays);
    order.held -= pays;
    const brings = order.side === 'sell' ? cost : quantity;
    accounts.credit(order.account, taken, feeOnTop ? brings : brings - fee.amount);
    if (fee.amount > 0n) accounts.credit(FEE_ACCOUNT, fee.asset, fee.amount);
    order.filled += quantity;
    order.cost += cost;
    order.fee += fee.amount;
    order.updatedAt = at;
    const spare = order.held - stillNeeded(order, fees);
    if (spare > 0n) {
      accounts.release(order.account, given, spare);
      order.held -= spare;
    }
    const execution: Execution = {
      tradeId,
      orderId: order.id,
      account: order.account,
      instrument: instrument.id,
      side: order.side,
      price,
      quantity,
      cost,
      fee: fee.amount,
      feeAsset: fee.asset,
      maker,
      at,
    };
    // The house trades all day; nobody asks for its trades.
    if (!house) order.executions.push(execution);
    return execution;
  };
}
