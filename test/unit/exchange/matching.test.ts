import { describe, expect, it } from 'vitest';
import { fixed, formatFixed } from '#test/exchange/core/fixed.ts';
import type { OrderEvent, PublicTrade } from '#test/exchange/core/types.ts';
import { openFloor } from './trading-floor.ts';

const f = fixed;

describe('the local exchange matches by price, then by time', () => {
  it('fills the best price first, and of one price the oldest order first', () => {
    const { exchange, place } = openFloor();
    const late = place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('101') });
    const first = place({ account: 'bob', side: 'sell', quantity: f('1'), price: f('100') });
    const second = place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const trades: PublicTrade[] = [];
    exchange.listen({ trade: (trade) => trades.push(trade) });
    const taker = place({ account: 'cid', side: 'buy', quantity: f('2.5'), price: f('101') });
    expect([first.filled, second.filled, late.filled]).toEqual([f('1'), f('1'), f('0.5')]);
    expect(trades.map(({ price, quantity }) => [formatFixed(price, 0), formatFixed(quantity, 1)])).toEqual([
      ['100', '1.0'],
      ['100', '1.0'],
      ['101', '0.5'],
    ]);
    expect(taker).toMatchObject({ status: 'filled', cost: f('250.5') });
  });

  it('rests what nobody takes, at its own price, and trades later at the price of the resting order', () => {
    const { exchange, place } = openFloor();
    const maker = place({ account: 'ann', side: 'buy', quantity: f('2'), price: f('99') });
    expect(exchange.market('XUSD')?.book.best('buy')).toMatchObject({ price: f('99'), total: f('2') });
    const taker = place({ account: 'bob', side: 'sell', quantity: f('0.5'), price: f('90') });
    expect([maker.status, taker.status, taker.cost]).toEqual(['open', 'filled', f('49.5')]);
    expect(exchange.market('XUSD')?.book.best('buy')?.total).toBe(f('1.5'));
  });

  it('ends what a market order finds no counterpart for', () => {
    const { place } = openFloor();
    place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const taker = place({ account: 'bob', side: 'buy', quantity: f('3') });
    expect(taker).toMatchObject({ status: 'expired', filled: f('1'), held: 0n });
  });

  it('spends a budget in whole steps and no more', () => {
    const { exchange, place } = openFloor();
    place({ account: 'ann', side: 'sell', quantity: f('10'), price: f('70') });
    const taker = place({ account: 'bob', side: 'buy', budget: f('100') });
    expect(taker).toMatchObject({ status: 'filled', filled: f('1.4'), cost: f('98') });
    expect(exchange.accounts.balance('bob', 'USD')).toEqual({ free: f('999902'), held: 0n });
  });

  it('fills all or nothing when killed otherwise, and what there is when immediate', () => {
    const { place } = openFloor();
    const maker = place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const kill = place({ account: 'bob', side: 'buy', quantity: f('2'), price: f('100'), timeInForce: 'FOK' });
    expect([kill.status, kill.filled, maker.filled]).toEqual(['expired', 0n, 0n]);
    const immediate = place({ account: 'bob', side: 'buy', quantity: f('2'), price: f('100'), timeInForce: 'IOC' });
    expect([immediate.status, immediate.filled]).toEqual(['expired', f('1')]);
  });

  it('refuses a maker-only order that would take, and only then', () => {
    const { place, refused } = openFloor();
    place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const order = { account: 'bob', side: 'buy', quantity: f('1'), postOnly: true } as const;
    expect(refused({ ...order, price: f('100') })).toBe('would_take');
    expect(refused({ ...order, price: f('99') })).toBe('accepted');
  });

  it('never lets an account trade with itself', () => {
    const old = openFloor({ selfTrade: 'maker_expires' });
    const resting = old.place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const taker = old.place({ account: 'ann', side: 'buy', quantity: f('1'), price: f('100') });
    expect([resting.status, taker.status]).toEqual(['expired', 'open']);
    const other = openFloor({ selfTrade: 'taker_cancels' });
    const kept = other.place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const gone = other.place({ account: 'ann', side: 'buy', quantity: f('1'), price: f('100') });
    expect([kept.status, gone.status]).toEqual(['open', 'canceled']);
  });
});

describe('the local exchange lets stops wait', () => {
  it.each([
    ['stop', 'sell', '95', '94'],
    ['stop', 'buy', '105', '106'],
    ['take', 'sell', '105', '106'],
    ['take', 'buy', '95', '94'],
  ] as const)('%s %s at %s runs when the last trade is at %s', (kind, side, trigger, last) => {
    const { place } = openFloor();
    place({
      account: 'bob',
      side: side === 'sell' ? 'buy' : 'sell',
      quantity: f('1'),
      price: f(side === 'sell' ? '80' : '120'),
    });
    const stop = place({ account: 'ann', side, kind, quantity: f('1'), triggerPrice: f(trigger) });
    expect(stop.status).toBe('untriggered');
    place({ account: 'cid', side: 'buy', quantity: f('1'), price: f(last) });
    place({ account: 'bob', side: 'sell', quantity: f('1'), price: f(last) });
    expect(stop).toMatchObject({ status: 'filled', triggered: true });
  });

  it('rests a triggered stop with a limit that nobody takes', () => {
    const { exchange, place } = openFloor();
    const stop = place({
      account: 'ann',
      side: 'sell',
      kind: 'stop_limit',
      quantity: f('1'),
      triggerPrice: f('95'),
      price: f('96'),
    });
    place({ account: 'cid', side: 'buy', quantity: f('1'), price: f('95') });
    place({ account: 'bob', side: 'sell', quantity: f('1'), price: f('95') });
    expect(stop.status).toBe('open');
    expect(exchange.market('XUSD')?.book.best('sell')?.price).toBe(f('96'));
  });

  it('ends a triggered stop that cannot be paid any more', () => {
    const { exchange, place } = openFloor();
    exchange.accounts.debit('ann', 'USD', f('999890'));
    const stop = place({ account: 'ann', side: 'buy', kind: 'stop', quantity: f('1'), triggerPrice: f('105') });
    place({ account: 'bob', side: 'sell', quantity: f('1'), price: f('106') });
    place({ account: 'bob', side: 'sell', quantity: f('1'), price: f('200') });
    place({ account: 'cid', side: 'buy', quantity: f('1'), price: f('106') });
    expect(stop).toMatchObject({ status: 'expired', filled: 0n });
    expect(exchange.accounts.balance('ann', 'USD')).toEqual({ free: f('110'), held: 0n });
  });

  it('refuses a stop that is already reached', () => {
    const { refused } = openFloor();
    expect(refused({ account: 'ann', side: 'sell', kind: 'stop', quantity: f('1'), triggerPrice: f('100') })).toBe(
      'would_trigger',
    );
  });
});

describe('the local exchange holds, pays and gives back', () => {
  it('holds the limit price, pays the better one and returns the difference', () => {
    const { exchange, place } = openFloor();
    place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    const order = place({ account: 'bob', side: 'buy', quantity: f('2'), price: f('110') });
    expect(order.held).toBe(f('110'));
    expect(exchange.accounts.balance('bob', 'USD')).toEqual({ free: f('999790'), held: f('110') });
    exchange.cancel(order);
    expect(exchange.accounts.balance('bob', 'USD')).toEqual({ free: f('999900'), held: 0n });
    expect(exchange.cancel(order)).toBe(false);
  });

  it('takes fees from what comes in, or on top in quote', () => {
    const received = openFloor({ rate: '0.01' });
    received.place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    received.place({ account: 'bob', side: 'buy', quantity: f('1'), price: f('100') });
    expect(received.exchange.accounts.balance('bob', 'X').free).toBe(f('1000.99'));
    expect(received.exchange.accounts.balance('ann', 'USD').free).toBe(f('1000099'));
    const quote = openFloor({ rate: '0.01', takenIn: 'quote' });
    quote.place({ account: 'ann', side: 'sell', quantity: f('1'), price: f('100') });
    quote.place({ account: 'bob', side: 'buy', quantity: f('1'), price: f('100') });
    expect(quote.exchange.accounts.balance('bob', 'X').free).toBe(f('1001'));
    expect(quote.exchange.accounts.balance('bob', 'USD')).toEqual({ free: f('999899'), held: 0n });
  });

  it.each([
    ['tick', { price: f('100.5') }],
    ['step', { quantity: f('1.05') }],
    ['quantity', { quantity: f('1000.1') }],
    ['notional', { quantity: f('0.1'), price: f('49') }],
    ['funds', { quantity: f('999'), price: f('9999') }],
  ])('refuses a broken %s', (reason, wrong) => {
    const { refused } = openFloor();
    expect(refused({ account: 'ann', side: 'buy', quantity: f('1'), price: f('100'), ...wrong })).toBe(reason);
  });

  it('refuses the id of an open order, and takes it again once that is closed', () => {
    const { exchange, place, refused } = openFloor();
    const order = { account: 'ann', side: 'buy', quantity: f('1'), price: f('90'), clientId: 'same' } as const;
    const first = place(order);
    expect(refused(order)).toBe('duplicate_client_id');
    expect(refused({ ...order, account: 'bob' })).toBe('accepted');
    exchange.cancel(first);
    expect(refused(order)).toBe('accepted');
    expect(exchange.orders.byClientId('ann', 'same')).toHaveLength(2);
  });

  it('amends in place, keeping the queue for less and leaving it for another price', () => {
    const { exchange, place } = openFloor();
    const first = place({ account: 'ann', side: 'buy', quantity: f('2'), price: f('90') });
    const second = place({ account: 'bob', side: 'buy', quantity: f('2'), price: f('90') });
    expect(exchange.amend(first, { quantity: f('1') }).kind).toBe('amended');
    expect(exchange.market('XUSD')?.book.best('buy')?.orders).toEqual([first, second]);
    expect(exchange.amend(first, { quantity: f('3') }).kind).toBe('amended');
    expect(exchange.market('XUSD')?.book.best('buy')?.orders).toEqual([second, first]);
    expect(exchange.accounts.balance('ann', 'USD').held).toBe(f('270'));
    place({ account: 'cid', side: 'sell', quantity: f('1'), price: f('95') });
    exchange.amend(first, { price: f('95') });
    expect(first).toMatchObject({ filled: f('1'), status: 'open' });
    expect(exchange.amend(first, { quantity: f('1') })).toEqual({ kind: 'refused', reason: 'below_filled' });
  });

  it('tells every change once, in its order', () => {
    const { exchange, place } = openFloor();
    const seen: string[] = [];
    exchange.listen({
      order: ({ order, change }: OrderEvent) => seen.push(`${order.account} ${change} ${order.status}`),
    });
    const maker = place({ account: 'ann', side: 'sell', quantity: f('2'), price: f('100') });
    place({ account: 'bob', side: 'buy', quantity: f('1'), price: f('100') });
    exchange.cancel(maker);
    expect(seen).toEqual([
      'ann new open',
      'bob new open',
      'ann trade open',
      'bob trade filled',
      'ann canceled canceled',
    ]);
  });
});
