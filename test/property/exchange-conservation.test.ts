import { describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { createExchange, type Exchange } from '#test/exchange/core/exchange.ts';
import { fixed } from '#test/exchange/core/fixed.ts';
import { createMarketMaker } from '#test/exchange/core/market-maker.ts';
import { isLive } from '#test/exchange/core/new-order.ts';
import type { Instrument, OrderKind } from '#test/exchange/core/types.ts';
import * as fc from '../support/seeded-check.ts';

const X: Instrument = {
  id: 'XUSD',
  base: 'X',
  quote: 'USD',
  tick: fixed('0.1'),
  // The finest step and odd prices, so that products do not come out even.
  step: 1n,
  minQuantity: fixed('0.00005'),
  maxQuantity: fixed('1000'),
  minNotional: fixed('0.5'),
  startPrice: fixed('100.3'),
};
const PEOPLE = ['ann', 'bob', 'cid'];
const KINDS: readonly OrderKind[] = ['market', 'limit', 'limit', 'limit', 'stop', 'stop_limit', 'take', 'take_limit'];

const act = fc.record({
  what: fc.constantFrom('place', 'place', 'place', 'cancel', 'amend', 'fill', 'step', 'move'),
  who: fc.nat(2),
  buy: fc.boolean(),
  kind: fc.constantFrom(...KINDS),
  timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK'),
  price: fc.bigInt(900n, 1110n),
  trigger: fc.bigInt(900n, 1110n),
  quantity: fc.bigInt(5000n, 3_000_000_007n),
  byBudget: fc.boolean(),
  pick: fc.nat(40),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function play(exchange: Exchange, maker: ReturnType<typeof createMarketMaker>, step: Act): void {
  const account = PEOPLE[step.who] ?? 'ann';
  const open = exchange.openOrders(account);
  const order = open[step.pick % Math.max(1, open.length)];
  const needsPrice = step.kind === 'limit' || step.kind.endsWith('_limit');
  const needsTrigger = step.kind !== 'market' && step.kind !== 'limit';
  const price = step.price * X.tick;
  switch (step.what) {
    case 'place':
      exchange.place({
        account,
        instrument: 'XUSD',
        side: step.buy ? 'buy' : 'sell',
        kind: step.kind,
        timeInForce: step.timeInForce,
        price: needsPrice ? price : undefined,
        triggerPrice: needsTrigger ? step.trigger * X.tick : undefined,
        ...(step.kind === 'market' && step.buy && step.byBudget
          ? { budget: step.quantity }
          : { quantity: step.quantity }),
      });
      return;
    case 'cancel':
      if (order !== undefined) exchange.cancel(order);
      return;
    case 'amend':
      if (order !== undefined)
        exchange.amend(order, { price: order.price === undefined ? undefined : price, quantity: step.quantity });
      return;
    case 'fill':
      if (order !== undefined) exchange.fillResting(order, step.quantity);
      return;
    case 'step':
      maker.step();
      return;
    case 'move':
      maker.moveTo('XUSD', price);
  }
}

describe('whatever happens at the local exchange', () => {
  it.each(['received', 'quote'] as const)(
    'no money appears, disappears or is held for nothing (fees in %s)',
    (takenIn) => {
      let trades = 0;
      fc.assert(
        fc.property(fc.array(act, { minLength: 20, maxLength: 120 }), fc.nat(1000), (acts, seed) => {
          let time = 0;
          const exchange = createExchange({
            instruments: [X],
            fees: { maker: fixed('0.0025'), taker: fixed('0.004'), takenIn },
            selfTrade: takenIn === 'quote' ? 'taker_cancels' : 'maker_expires',
            now: () => ++time,
            maxOpenOrders: 200,
          });
          for (const account of PEOPLE) {
            exchange.accounts.deposit(account, 'X', fixed('50'));
            exchange.accounts.deposit(account, 'USD', fixed('5000'));
          }
          const maker = createMarketMaker(exchange, createRng(seed));
          const before = [exchange.accounts.total('X'), exchange.accounts.total('USD')];
          exchange.listen({
            trade: () => {
              trades += 1;
            },
          });
          for (const step of acts) {
            play(exchange, maker, step);
            expect([exchange.accounts.total('X'), exchange.accounts.total('USD')]).toEqual(before);
          }
          for (const account of PEOPLE) {
            const held = { X: 0n, USD: 0n };
            for (const order of exchange.orders.of(account)) {
              if (isLive(order)) held[order.side === 'sell' ? 'X' : 'USD'] += order.held;
              else expect(order.held).toBe(0n);
              const sum = order.executions.reduce((total, execution) => total + execution.quantity, 0n);
              expect(sum).toBe(order.filled);
              expect(order.budget === undefined && order.filled > order.quantity).toBe(false);
            }
            expect(exchange.accounts.balance(account, 'X').held).toBe(held.X);
            expect(exchange.accounts.balance(account, 'USD').held).toBe(held.USD);
          }
          const book = exchange.market('XUSD')?.book;
          const [bid, ask] = [book?.best('buy')?.price, book?.best('sell')?.price];
          if (bid !== undefined && ask !== undefined) expect(bid < ask).toBe(true);
          for (const side of ['buy', 'sell'] as const)
            for (const level of book?.levels(side) ?? [])
              expect(level.total).toBe(
                level.orders.reduce((total, order) => total + order.quantity - order.filled, 0n),
              );
        }),
        { numRuns: 150, seed: 20_251_120 },
      );
      expect(trades).toBeGreaterThan(1000);
    },
  );
});
