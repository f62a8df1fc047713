import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { addMoney, asset, money, price, subtractMoney } from '#core/domain/money.ts';
import { applyDeposit, applyFill, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import { equityOf, reconcile } from '#core/ledger/reconcile.ts';
import { at, BTCUSDT, fillOf, instrument, USDT } from '../../support/trading-builders.ts';

const USD = asset('USD');
const USDC = asset('USDC');
const DOLLARS: readonly (readonly [string, string])[] = [
  ['USDT', 'USD'],
  ['USDC', 'USD'],
  ['USDT', 'USDC'],
  ['KES', 'USD'],
];
const opened = () => openLedger(USDT, parseDecimal('1000'), at(0)).state;

describe('the currency of a valuation', () => {
  it.each(DOLLARS)('%s and %s never add, however alike they seem', (one, other) => {
    expect(() => addMoney(money('1', asset(one)), money('1', asset(other)))).toThrow(`cannot mix ${one} with ${other}`);
    expect(() => subtractMoney(money('1', asset(one)), money('1', asset(other)))).toThrow(TypeError);
  });

  it('is named by every equity: an account in USDT is worth USDT and no dollars', () => {
    const equity = equityOf(opened(), new Map());
    expect([equity.asset, formatDecimal(equity.amount)]).toEqual([USDT, '1000']);
  });

  it('is not stretched: a fill priced in dollars, or in another stablecoin, is refused by an account in USDT', () => {
    for (const quote of [USD, USDC]) {
      const other: Instrument = {
        ...instrument,
        id: `BTC/${quote}.SIM` as InstrumentId,
        symbol: `BTC/${quote}`,
        quote,
      };
      const fill = { ...fillOf('buy', '0.001', '20000'), instrumentId: other.id, fee: money('0', quote) };
      expect(() => applyFill(opened(), fill, other)).toThrow('its price is not in USDT');
    }
  });

  it('counts no other coin at par: a deposit of another stablecoin is kept apart and adds nothing to the equity', () => {
    const state = applyDeposit(opened(), 'D-1', USDC, parseDecimal('500'), at(1));
    expect(formatDecimal(balanceOf(state, 'cash', USDC))).toBe('500');
    expect(formatDecimal(equityOf(state, new Map()).amount)).toBe('1000');
    expect(formatDecimal(reconcile(state, new Map()).difference)).toBe('0');
  });

  it('values a stablecoin that is held at its own price: when it breaks from its peg the equity falls with it', () => {
    const id = 'USDC/USDT.SIM' as InstrumentId;
    const pair: Instrument = { ...instrument, id, symbol: 'USDC/USDT', base: USDC };
    const bought = applyFill(opened(), { ...fillOf('buy', '500', '1'), instrumentId: id }, pair).state;
    const worth = (text: string): string => formatDecimal(equityOf(bought, new Map([[id, price(text)]])).amount);
    expect([worth('1'), worth('0.88')]).toEqual(['1000', '940']);
    // Without a rate there is no value, and never a silent 1.
    expect(() => equityOf(bought, new Map([[BTCUSDT, price('20000')]]))).toThrow('no price to value USDC/USDT.SIM');
  });
});
