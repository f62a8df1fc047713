import { createExchange, type Exchange } from '#test/exchange/core/exchange.ts';
import { type Fixed, fixed } from '#test/exchange/core/fixed.ts';
import type { SelfTrade } from '#test/exchange/core/matching.ts';
import type { Instrument, Order, PlaceRequest } from '#test/exchange/core/types.ts';

export const X: Instrument = {
  id: 'XUSD',
  base: 'X',
  quote: 'USD',
  tick: fixed('1'),
  step: fixed('0.1'),
  minQuantity: fixed('0.1'),
  maxQuantity: fixed('1000'),
  minNotional: fixed('5'),
  startPrice: fixed('100'),
};

export type Floor = {
  readonly exchange: Exchange;
  /** Places an order that must be accepted. */
  place(request: Partial<PlaceRequest> & Pick<PlaceRequest, 'account' | 'side'>): Order;
  refused(request: Partial<PlaceRequest> & Pick<PlaceRequest, 'account' | 'side'>): string;
};

export type FloorOptions = {
  readonly takenIn?: 'received' | 'quote';
  readonly rate?: string;
  readonly selfTrade?: SelfTrade;
};

/** An exchange for hand tapes: ann, bob and cid with 1,000 X and 1,000,000 USD each, a clock that counts, and a fee only when asked for. */
export function openFloor({ takenIn = 'received', rate = '0', selfTrade = 'maker_expires' }: FloorOptions = {}): Floor {
  let time = 0;
  const fee: Fixed = fixed(rate);
  const exchange = createExchange({
    instruments: [X],
    fees: { maker: fee, taker: fee, takenIn },
    selfTrade,
    now: () => ++time,
    maxOpenOrders: 50,
  });
  for (const account of ['ann', 'bob', 'cid']) {
    exchange.accounts.deposit(account, 'X', fixed('1000'));
    exchange.accounts.deposit(account, 'USD', fixed('1000000'));
  }
  for (const asset of ['X', 'USD']) exchange.accounts.deposit('house-taker', asset, fixed('1000000'));
  const send = (request: Partial<PlaceRequest> & Pick<PlaceRequest, 'account' | 'side'>) =>
    exchange.place({ instrument: 'XUSD', kind: request.price === undefined ? 'market' : 'limit', ...request });
  return {
    exchange,
    place: (request) => {
      const result = send(request);
      if (result.kind === 'refused') throw new Error(`refused: ${result.reason}`);
      return result.order;
    },
    refused: (request) => {
      const result = send(request);
      return result.kind === 'refused' ? result.reason : 'accepted';
    },
  };
}
