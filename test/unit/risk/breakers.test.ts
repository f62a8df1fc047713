import { describe, expect, it } from 'vitest';
import { openAccount } from '#core/cycle/account.ts';
import { decimal, formatDecimal, parseDecimal, ZERO } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { breachOf, type WatchedAccount } from '#core/risk/breakers.ts';
import { collared } from '#core/risk/collared.ts';
import { marked, openHighWater, transferred } from '#core/risk/high-water.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import * as fc from '../../support/seeded-check.ts';
import {
  BTCUSDT,
  closingOrder,
  entryOrder,
  fillOf,
  instrument,
  limitBuy,
  USDT,
} from '../../support/trading-builders.ts';

const d = parseDecimal;
const DAY = 86_400_000;
const calm: WatchedAccount = {
  equity: d('10000'),
  peakEquity: d('10000'),
  grossExposure: ZERO,
  openRisk: ZERO,
  gapReserve: ZERO,
  markFault: null,
};
const ask = (change: Partial<WatchedAccount>) => breachOf({ ...calm, ...change }, DEFAULT_LIMITS);

describe('the breakers', () => {
  it('halt at 4.5 % of drawdown from the highest equity, with the figures in the reason', () => {
    expect(ask({ equity: d('9550.01') })).toBeUndefined();
    expect(ask({ equity: d('9550') })).toEqual({
      kind: 'halt',
      reason: 'drawdown 4.5 % from 10000 to 9550 has reached 4.5 %',
    });
  });

  it('close what could fall through 5 % from here, stops and gap together, and never count more than there is', () => {
    const held = { equity: d('9700'), grossExposure: d('3000'), openRisk: d('50') };
    expect(ask({ ...held, gapReserve: d('149.99') })).toBeUndefined();
    expect(ask({ ...held, gapReserve: d('150') })).toMatchObject({ kind: 'flatten' });
    expect(ask({ ...held, grossExposure: d('199'), gapReserve: d('9999') })).toBeUndefined();
  });

  it('row 58: a mark that is stale or crossed trips nothing, whatever equity it would make', () => {
    expect(ask({ equity: d('1'), markFault: 'the book is crossed' })).toBeUndefined();
  });

  it('row 58: a price that moves while nothing is held trips nothing, and what is judged is made of own fills and the mark', () => {
    const account = openAccount({ scope: 'run', asset: USDT, startingCash: d('10000'), openedAt: unixMs(0) });
    const judge = () => ask({ equity: account.equity(), peakEquity: account.peakEquity() });
    for (const text of ['100', '50', '5', '200']) {
      account.mark(BTCUSDT, price(text), unixMs(1));
      expect(judge()).toBeUndefined();
    }
    account.book(fillOf('buy', '10', '200'), instrument);
    account.mark(BTCUSDT, price('160'), unixMs(2));
    expect(judge()).toBeUndefined();
    account.mark(BTCUSDT, price('155'), unixMs(3));
    expect(judge()).toMatchObject({ kind: 'halt', reason: 'drawdown 4.5 % from 10000 to 9550 has reached 4.5 %' });
  });
});

describe('what losses are measured from', () => {
  const start = openHighWater(d('10000'), unixMs(0));
  const text = (water: typeof start) => [water.peakEquity, water.dayStartEquity].map(formatDecimal).join(' ');

  it('the peak only rises, the day begins with what the day before left, and a clock that went back begins none', () => {
    let water = marked(start, d('10000'), d('10500'), unixMs(1));
    expect(text(water)).toBe('10500 10000');
    water = marked(water, d('10500'), d('10200'), unixMs(DAY));
    expect(text(water)).toBe('10500 10500');
    water = marked(water, d('10200'), d('10100'), unixMs(DAY - 1));
    expect(text(water)).toBe('10500 10500');
    expect(water.day).toBe(1);
  });

  it('money of the owner is neither profit nor loss', () => {
    expect(text(transferred(start, d('500')))).toBe('10500 10500');
    expect(text(transferred(start, d('-500')))).toBe('9500 9500');
    const account = openAccount({ scope: 'run', asset: USDT, startingCash: d('1000'), openedAt: unixMs(0) });
    const before = account.valued();
    account.deposit('D-1', d('500'), unixMs(1));
    account.deposit('D-1', d('500'), unixMs(1));
    expect([account.equity(), account.peakEquity(), account.dayStartEquity()].map(formatDecimal)).toEqual([
      '1500',
      '1500',
      '1500',
    ]);
    expect(formatDecimal(account.proofSince(before).difference)).toBe('0');
    expect(formatDecimal(account.proofSince(before).grossPnl)).toBe('0');
  });

  it('no sequence of marks lowers the peak', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: -2, max: 3 })), { maxLength: 60 }), (moves) => {
        let water = start;
        let equity = d('10000');
        let at = 5 * DAY;
        for (const [units, days] of moves) {
          at = Math.max(0, at + days * DAY);
          const next = decimal(BigInt(units), 0);
          const then = marked(water, equity, next, unixMs(at));
          expect(Number(formatDecimal(then.peakEquity))).toBe(Math.max(Number(formatDecimal(water.peakEquity)), units));
          expect(then.day).toBeGreaterThanOrEqual(water.day);
          water = then;
          equity = next;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a market order on its way to a live venue', () => {
  const at = (order: Parameters<typeof collared>[0], reference = '100.005') => {
    const { type, price: bound, timeInForce } = collared(order, price(reference), instrument, DEFAULT_LIMITS);
    return `${type} ${bound === undefined ? '-' : formatDecimal(bound)} ${timeInForce ?? '-'}`;
  };

  it('becomes a limit at the collar for a moment, rounded towards the market; what reduces gets the hard collar', () => {
    expect(at(entryOrder(1, '1', { stop: '95' }))).toBe('limit 101 ioc');
    expect(at(closingOrder(2, 'flatten', '1'))).toBe('limit 97.01 ioc');
  });

  it('any other order stays as it is', () => {
    expect(at(limitBuy(1, '1', '99', { stop: '95' }))).toBe('limit 99 -');
  });
});
