import { describe, expect, it } from 'vitest';
import {
  convertedText,
  currencyText,
  type MoneyDisplay,
  moneyLocale,
  rateAgeDays,
} from '#shared/format/display-money.ts';

const SPACE = '\u00a0';
const rate = { kesPerUsd: '129.25', on: '2026-11-18' };
const shillings = (locale: string): MoneyDisplay => ({ currency: 'KES', rate, locale });

describe('money in another currency', () => {
  it.each([
    ['en', 'KE', `Ksh${SPACE}1,234,567.50`, 'US$1,234,567.50'],
    ['en', 'US', `KES${SPACE}1,234,567.50`, '$1,234,567.50'],
    ['sw', 'KE', `Ksh${SPACE}1,234,567.50`, `$${SPACE}1,234,567.50`],
    ['pseudo', 'US', `KES${SPACE}1,234,567.50`, '$1,234,567.50'],
  ] as const)('is written as %s in %s', (language, region, kes, usd) => {
    const locale = moneyLocale(language, region);
    expect(currencyText('1234567.5', 'KES', locale)).toBe(kes);
    expect(currencyText('1234567.5', 'USD', locale)).toBe(usd);
    expect(convertedText('9551.7795', 'USDT', shillings(locale))).toBe(
      `≈${SPACE}${currencyText('1234567.50', 'KES', locale)}`,
    );
  });

  it('has its sign in front: U+2212 in the window, ASCII elsewhere, none on zero', () => {
    expect(currencyText('-12.34', 'USD', 'en-US')).toBe('\u2212$12.34');
    expect(currencyText('-12.34', 'USD', 'en-US', { ascii: true })).toBe('-$12.34');
    expect(currencyText('12.34', 'USD', 'en-US', { sign: 'always' })).toBe('+$12.34');
    expect(currencyText('0.004', 'USD', 'en-US', { sign: 'always' })).toBe('$0.00');
    expect(currencyText('-0.004', 'USD', 'en-US')).toBe('$0.00');
  });

  it('is exact where a float is not', () => {
    expect(currencyText('90071992547409931.115', 'USD', 'en-US')).toBe('$90,071,992,547,409,931.12');
  });

  it('is left as it is without a rate, in dollars, and of what is no dollar', () => {
    expect(convertedText('1', 'USDT', { currency: 'USD', rate, locale: 'en-KE' })).toBeNull();
    expect(convertedText('1', 'USDT', { currency: 'KES', rate: null, locale: 'en-KE' })).toBeNull();
    expect(convertedText('1', 'BTC', shillings('en-KE'))).toBeNull();
    expect(convertedText('1', 'KES', shillings('en-KE'))).toBeNull();
  });

  it('says how old its rate is, in whole days', () => {
    expect(rateAgeDays('2026-11-18', Date.parse('2026-11-20T23:59:00Z'))).toBe(2);
    expect(rateAgeDays('2026-11-20', Date.parse('2026-11-20T00:00:00Z'))).toBe(0);
    expect(rateAgeDays('2026-11-21', Date.parse('2026-11-20T00:00:00Z'))).toBe(0);
  });
});
