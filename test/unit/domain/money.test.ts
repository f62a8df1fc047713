import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal, type RoundingMode } from '#core/domain/decimal.ts';
import { addMoney, asset, basisPoints, money, notional, price, quantity, subtractMoney } from '#core/domain/money.ts';

const USDT = asset('USDT');

describe('money', () => {
  it('adds and subtracts one asset exactly', () => {
    expect(formatDecimal(addMoney(money('0.1', USDT), money('0.2', USDT)).amount)).toBe('0.3');
    expect(formatDecimal(subtractMoney(money('1', USDT), money('0.00000001', USDT)).amount)).toBe('0.99999999');
  });

  it('refuses to mix two assets and names both', () => {
    expect(() => addMoney(money('1', USDT), money('1', asset('BTC')))).toThrow('cannot mix USDT with BTC');
    expect(() => subtractMoney(money('1', USDT), money('1', asset('BTC')))).toThrow(TypeError);
  });

  it('accepts positive prices and non-negative quantities only', () => {
    expect(() => price('0')).toThrow(RangeError);
    expect(() => price('-1')).toThrow(RangeError);
    expect(() => quantity('-0.001')).toThrow(RangeError);
    expect(formatDecimal(quantity('0'))).toBe('0');
    expect(() => price('abc')).toThrow(TypeError);
  });

  it.each(['', 'usdt', 'US DT', 'X'.repeat(21), 'BTC/USDT'])('refuses %j as an asset code', (bad) => {
    expect(() => asset(bad)).toThrow(TypeError);
  });

  it('computes a notional to the last digit', () => {
    expect(formatDecimal(notional(price('27123.45'), quantity('0.03712')))).toBe('1006.822464');
  });

  it.each<[RoundingMode, string]>([
    ['up', '1.00682247'],
    ['down', '1.00682246'],
  ])('takes ten basis points of 1006.822464 rounded %s at eight decimals: %s', (mode, expected) => {
    expect(formatDecimal(basisPoints(parseDecimal('1006.822464'), parseDecimal('10'), 8, mode))).toBe(expected);
  });
});
