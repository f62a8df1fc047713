import { describe, expect, it } from 'vitest';
import { instrumentOf, instrumentsOf } from '#adapters/venue-ccxt/parse/instruments.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';

const market = (price: unknown, amount: unknown, extra: object = {}) => ({
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  spot: true,
  active: true,
  precision: { price, amount },
  limits: { amount: { min: undefined }, cost: { min: undefined } },
  ...extra,
});

describe('precision of a venue', () => {
  // The same digit means three things; which one is the venue's mode, never a guess.
  it.each([
    { mode: 2, price: '2', amount: '8', near: '1', tick: '0.01', lot: '0.00000001' },
    { mode: 2, price: 0, amount: -3, near: '1', tick: '1', lot: '1000' },
    { mode: 4, price: '2', amount: '0.001', near: '1', tick: '2', lot: '0.001' },
    { mode: 4, price: '1e-8', amount: '5e-7', near: '1', tick: '0.00000001', lot: '0.0000005' },
    { mode: 4, price: 0.01, amount: 1e-8, near: '1', tick: '0.01', lot: '0.00000001' },
    { mode: 3, price: '5', amount: '8', near: '61234.5', tick: '1', lot: '0.001' },
    { mode: 3, price: '5', amount: '8', near: '0.0061', tick: '0.0000001', lot: '0.0000000001' },
  ])('mode $mode with price $price near $near is a tick of $tick', ({ mode, price, amount, near, tick, lot }) => {
    const found = instrumentOf(market(price, amount), {
      exchangeId: 'binance',
      precisionMode: mode,
      near: parseDecimal(near),
    });
    expect(found && formatDecimal(found.tickSize)).toBe(tick);
    expect(found && formatDecimal(found.lotSize)).toBe(lot);
  });

  it.each([
    [4, '0', '0.1'],
    [4, '-1', '0.1'],
    [4, undefined, '0.1'],
    [2, '2.5', '1'],
    [9, '2', '2'],
    [4, 'NaN', '0.1'],
  ])('mode %s with %s and %s makes no instrument', (precisionMode, price, amount) => {
    expect(instrumentOf(market(price, amount), { exchangeId: 'binance', precisionMode })).toBeUndefined();
  });
});

describe('markets as instruments', () => {
  const reading = { exchangeId: 'kraken', precisionMode: 4 };

  it('take limits, codes and the venue', () => {
    const found = instrumentOf(
      market('0.1', '0.00000001', { limits: { amount: { min: '0.0001' }, cost: { min: '0.5' } } }),
      reading,
    );
    expect(found).toMatchObject({
      id: 'BTC/USDT.KRAKEN',
      venue: 'KRAKEN',
      symbol: 'BTC/USDT',
      base: 'BTC',
      quote: 'USDT',
    });
    expect(found && [formatDecimal(found.minQuantity), formatDecimal(found.minNotional)]).toEqual(['0.0001', '0.5']);
  });

  it('leave out what is no spot market, is closed or cannot be read', () => {
    const good = market('0.1', '0.1');
    const all = {
      good,
      perpetual: { ...good, symbol: 'BTC/USDT:USDT', spot: false },
      closed: { ...good, active: false },
      odd: { ...good, base: 'btc' },
      other: { ...good, symbol: 'BTC/EUR' },
      text: 'a text',
    };
    expect(instrumentsOf(all, reading).map(({ symbol }) => symbol)).toEqual(['BTC/USDT']);
    expect(instrumentsOf('<html>', reading)).toEqual([]);
  });
});
