import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { checkMargin, interestOn, type MarginTerms } from '#core/domain/margin.ts';
import { money, price } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { applyFill, applyInterest, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import { averagePrice, positionValue, unrealisedPnl } from '#core/ledger/position.ts';
import { equityOf, reconcile } from '#core/ledger/reconcile.ts';
import type { LedgerState } from '#core/ledger/types.ts';
import { at, BTC, BTCUSDT, fillOf, instrument, USDT } from '../../support/trading-builders.ts';

const terms = (initial: string, maintenance: string, annualInterest: string): MarginTerms => ({
  initial: parseDecimal(initial),
  maintenance: parseDecimal(maintenance),
  annualInterest: parseDecimal(annualInterest),
});
const MARGIN: Instrument = { ...instrument, margin: terms('0.5', '0.25', '0.1') };
const book = (...fills: readonly Fill[]): LedgerState =>
  fills.reduce((now, fill) => applyFill(now, fill, MARGIN).state, openLedger(USDT, parseDecimal('1000'), at(0)).state);
/** Direction, quantity, cost, realised result. */
const lineOf = (state: LedgerState): string => {
  const position = state.positions.get(BTCUSDT);
  if (position === undefined) throw new Error('no position');
  const { direction, quantity: held, cost, realisedPnl } = position;
  return [direction, ...[held, cost.amount, realisedPnl.amount].map(formatDecimal)].join(' ');
};
const prices = (text: string) => new Map([[BTCUSDT, price(text)]]);

describe('a short position, worked out by hand', () => {
  it.each([
    ['a sale opens it: cost is what was received', [fillOf('sell', '2', '100')], 'short 2 -200 0'],
    ['a further sale adds to it', [fillOf('sell', '2', '100'), fillOf('sell', '1', '110')], 'short 3 -310 0'],
    // 90 paid for what brought 100
    ['a part is covered', [fillOf('sell', '2', '100'), fillOf('buy', '1', '90')], 'short 1 -100 10'],
    ['all is covered', [fillOf('sell', '2', '100'), fillOf('buy', '2', '105')], 'flat 0 0 -10'],
    // A third of 9.999, less 2
    ['a part without an end', [fillOf('sell', '3', '3.333'), fillOf('buy', '1', '2')], 'short 2 -6.666 1.333'],
    // A third of 10 is 3 at the decimals that the cost has: the smaller profit
    [
      'proceeds are rounded down',
      [fillOf('sell', '2', '3'), fillOf('sell', '1', '4'), fillOf('buy', '1', '2')],
      'short 2 -7 1',
    ],
    ['a purchase through zero', [fillOf('sell', '2', '100'), fillOf('buy', '5', '90')], 'long 3 270 20'],
    ['a sale through zero', [fillOf('buy', '2', '100'), fillOf('sell', '5', '110')], 'short 3 -330 20'],
    [
      'and back again',
      [fillOf('buy', '2', '100'), fillOf('sell', '5', '110'), fillOf('buy', '3', '111')],
      'flat 0 0 17',
    ],
  ])('%s', (_, fills, line) => {
    const state = book(...fills);
    expect(lineOf(state)).toBe(line);
    expect(formatDecimal(reconcile(state, prices('107.77')).difference)).toBe('0');
  });

  it('is worth less than nothing, and equity is cash plus that', () => {
    const state = book(fillOf('sell', '2', '100', '0.2'));
    const position = state.positions.get(BTCUSDT);
    if (position === undefined) throw new Error('no position');
    expect(formatDecimal(positionValue(position, price('90')).amount)).toBe('-180');
    expect(formatDecimal(unrealisedPnl(position, price('90')).amount)).toBe('20');
    expect(formatDecimal(averagePrice(position, 2) ?? parseDecimal('0'))).toBe('100');
    expect(formatDecimal(balanceOf(state, 'position', BTC))).toBe('-2');
    // 1000 + 200 - 0.2 - 180
    expect(formatDecimal(equityOf(state, prices('90')).amount)).toBe('1019.8');
  });

  it('cannot be opened without margin terms', () => {
    const { state } = openLedger(USDT, parseDecimal('1000'), at(0));
    expect(() => applyFill(state, fillOf('sell', '1', '100'), instrument)).toThrow(
      /more of BTC\/USDT.SIM than is held/,
    );
  });

  it('a fee in what may be borrowed is refused', () => {
    const fill: Fill = { ...fillOf('sell', '1', '100'), fee: money('0.001', BTC) };
    expect(() => book(fill)).toThrow(/its fee is in the asset that may be borrowed/);
  });
});

describe('interest on what is borrowed', () => {
  const DAY = 86_400_000;
  it.each([
    // 36500 x 0.1 / 365
    ['36500', '0.1', DAY, 8, '10'],
    // A third of that day: 3.333...
    ['36500', '0.1', DAY / 3, 2, '3.34'],
    ['100', '0.1', 60_000, 8, '0.00001903'],
    ['100', '0.1', 0, 8, '0'],
    ['100', '0', DAY, 8, '0'],
    ['0.01', '0.01', 1, 2, '0.01'],
  ])('of %s at %s over %d ms at %d decimals is %s', (value, rate, ms, scale, expected) => {
    expect(formatDecimal(interestOn(parseDecimal(value), terms('1', '1', rate), ms, scale))).toBe(expected);
  });

  it('is an entry of its own, booked once, and part of what explains the equity', () => {
    const open = book(fillOf('sell', '2', '100', '0.2'));
    const { state, entry } = applyInterest(open, 'interest 1', money('0.03', USDT), at(1));
    expect(entry.postings.map(({ account, amount }) => `${account} ${formatDecimal(amount)}`)).toEqual([
      'cash -0.03',
      'interest 0.03',
    ]);
    expect(applyInterest(state, 'interest 1', money('0.03', USDT), at(1)).state).toBe(state);
    const proof = reconcile(state, prices('100'));
    expect([proof.equity, proof.fees, proof.difference].map(formatDecimal)).toEqual(['999.77', '0.23', '0']);
    const later = reconcile(state, prices('90'), { state: open, prices: prices('100') });
    expect([later.startingEquity, later.grossPnl, later.fees, later.difference].map(formatDecimal)).toEqual([
      '999.8',
      '20',
      '0.03',
      '0',
    ]);
    expect(() => applyInterest(open, 'interest 2', money('-1', USDT), at(1))).toThrow(/must not be negative/);
  });

  it.each([
    ['0.5', '0', '0.1', 'share'],
    ['0.5', '0.6', '0.1', 'share'],
    ['1.1', '0.6', '0.1', 'share'],
    ['0.5', '0.25', '-0.1', 'at least 0'],
  ])('margin terms of %s, %s and %s are refused', (initial, maintenance, interest, message) => {
    expect(() => checkMargin(terms(initial, maintenance, interest))).toThrow(message);
  });
});
