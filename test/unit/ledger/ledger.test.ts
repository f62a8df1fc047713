import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { TradeId } from '#core/domain/ids.ts';
import { asset, money, price } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { Fault } from '#core/kernel/fault.ts';
import { applyEntry, applyFill, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import { entryFromPayload, entryPayload } from '#core/ledger/payload.ts';
import { averagePrice, unrealisedPnl } from '#core/ledger/position.ts';
import { equityOf, reconcile, reconciliationText } from '#core/ledger/reconcile.ts';
import type { LedgerState } from '#core/ledger/types.ts';
import { at, BTC, BTCUSDT, fillOf, instrument, USDT } from '../../support/trading-builders.ts';

const opened = (cash = '10000') => openLedger(USDT, parseDecimal(cash), at(0)).state;
const book = (state: LedgerState, ...fills: readonly Fill[]): LedgerState =>
  fills.reduce((now, fill) => applyFill(now, fill, instrument).state, state);
const text = (state: LedgerState, ...[account, asset]: [Parameters<typeof balanceOf>[1], typeof USDT]) =>
  formatDecimal(balanceOf(state, account, asset));
const positionOf = (state: LedgerState) => {
  const position = state.positions.get(BTCUSDT);
  if (position === undefined) throw new Error('no position');
  return position;
};
const prices = (at: string) => new Map([[BTCUSDT, price(at)]]);

describe('ledger', () => {
  it('opens with capital on one side and cash on the other', () => {
    const { state, entry } = openLedger(USDT, parseDecimal('10000'), at(0));
    expect(entry.postings.map(({ account, amount }) => `${account} ${formatDecimal(amount)}`)).toEqual([
      'cash 10000',
      'capital -10000',
    ]);
    expect([text(state, 'cash', USDT), text(state, 'capital', USDT), state.entries]).toEqual(['10000', '-10000', 1]);
    expect(() => openLedger(USDT, parseDecimal('-1'), at(0))).toThrow(Fault);
  });

  it('books a purchase: cash pays notional and fee, base comes from the market', () => {
    const { entry, state } = applyFill(opened(), fillOf('buy', '0.5', '100.05', '0.050025'), instrument);
    expect(
      entry?.postings.map(({ account, asset: of, amount }) => `${account} ${formatDecimal(amount)} ${of}`),
    ).toEqual([
      'cash -50.075025 USDT',
      'fees 0.050025 USDT',
      'market 50.025 USDT',
      'position 0.5 BTC',
      'market -0.5 BTC',
    ]);
    expect(text(state, 'cash', USDT)).toBe('9949.924975');
    expect(text(state, 'position', BTC)).toBe('0.5');
  });

  it('books a sale: cash receives notional less fee, and the result is realised', () => {
    const state = book(opened(), fillOf('buy', '0.5', '100', '0.05'), fillOf('sell', '0.5', '95', '0.0475'));
    expect(text(state, 'cash', USDT)).toBe('9997.4025');
    expect(text(state, 'fees', USDT)).toBe('0.0975');
    const position = positionOf(state);
    expect([
      position.direction,
      formatDecimal(position.realisedPnl.amount),
      formatDecimal(position.cost.amount),
    ]).toEqual(['flat', '-2.5', '0']);
  });

  it('removes cost in proportion and keeps the remainder of the rounding', () => {
    // 3 lots for 100.01 + 2 x 100 = 300.01: a third of the cost does not end, 100.00(3)
    const bought = book(opened(), fillOf('buy', '1', '100.01'), fillOf('buy', '2', '100'));
    expect(formatDecimal(positionOf(bought).cost.amount)).toBe('300.01');
    const once = positionOf(book(bought, fillOf('sell', '1', '100')));
    // 300.01 / 3 = 100.003.. -> 100.01 removed; 200 stays
    expect([formatDecimal(once.cost.amount), formatDecimal(once.realisedPnl.amount)]).toEqual(['200', '-0.01']);
    const all = positionOf(
      book(bought, fillOf('sell', '1', '100'), fillOf('sell', '1', '100'), fillOf('sell', '1', '100')),
    );
    // Whatever the split, the whole is exact: 300 - 300.01
    expect([formatDecimal(all.cost.amount), formatDecimal(all.realisedPnl.amount)]).toEqual(['0', '-0.01']);
  });

  it('keeps base minus what was sold as dust, never below zero', () => {
    const state = book(opened(), fillOf('buy', '0.501', '100'), fillOf('sell', '0.5', '100'));
    expect(formatDecimal(positionOf(state).quantity)).toBe('0.001');
    expect(formatDecimal(positionOf(state).cost.amount)).toBe('0.1');
    expect(positionOf(state).direction).toBe('long');
  });

  it('refuses a sale of more than is held and leaves the ledger as it was', () => {
    const state = book(opened(), fillOf('buy', '0.5', '100'));
    const before = reconciliationText(reconcile(state, prices('100')));
    expect(() => applyFill(state, fillOf('sell', '0.501', '100'), instrument)).toThrow(
      'sells more of BTC/USDT.SIM than is held',
    );
    expect(() => applyFill(opened(), fillOf('sell', '0.001', '100'), instrument)).toThrow(Fault);
    expect(reconciliationText(reconcile(state, prices('100')))).toEqual(before);
  });

  it('books a trade id once', () => {
    const fill = fillOf('buy', '0.5', '100', '0.05', 'T-once' as TradeId);
    const first = applyFill(opened(), fill, instrument);
    const second = applyFill(first.state, fill, instrument);
    expect(second.entry).toBeUndefined();
    expect(second.state).toBe(first.state);
  });

  it.each<[string, Fill]>([
    ['another instrument', { ...fillOf('buy', '1', '100'), instrumentId: 'ETH/USDT.SIM' as typeof BTCUSDT }],
    ['a fee in another asset', { ...fillOf('buy', '1', '100'), fee: money('0.001', asset('BNB')) }],
    ['no quantity', fillOf('buy', '0', '100')],
    ['a negative fee', fillOf('buy', '1', '100', '-1')],
  ])('refuses a fill with %s', (_, fill) => {
    expect(() => applyFill(opened(), fill, instrument)).toThrow(Fault);
  });

  it('never books an entry that does not balance for each asset', () => {
    const postings = [
      { account: 'cash', asset: USDT, amount: parseDecimal('-1') },
      { account: 'position', asset: BTC, amount: parseDecimal('1') },
    ] as const;
    expect(() => applyEntry(opened(), { event: 'bad', ts: at(1), postings })).toThrow('leaves -1 USDT unexplained');
  });

  it('writes an entry as JSON and reads it back', () => {
    const { entry } = applyFill(opened(), fillOf('buy', '0.5', '100.05', '0.050025'), instrument);
    if (entry === undefined) throw new Error('not booked');
    const wire: unknown = JSON.parse(JSON.stringify(entryPayload(entry)));
    expect(wire).toEqual(entryPayload(entry));
    expect(entryPayload(entryFromPayload(entryPayload(entry)))).toEqual(entryPayload(entry));
    expect(applyEntry(opened(), entryFromPayload(entryPayload(entry))).balances.get('cash:USDT')).toEqual(
      applyEntry(opened(), entry).balances.get('cash:USDT'),
    );
  });
});

describe('equity and reconciliation', () => {
  it('marks what is held at the price given', () => {
    const state = book(opened(), fillOf('buy', '0.5', '100', '0.05'));
    expect(formatDecimal(equityOf(state, prices('110')).amount)).toBe('10004.95');
    expect(formatDecimal(unrealisedPnl(positionOf(state), price('110')).amount)).toBe('5');
    const average = averagePrice(positionOf(state), 2);
    expect(average && formatDecimal(average)).toBe('100');
    expect(averagePrice(positionOf(book(state, fillOf('sell', '0.5', '100'))), 2)).toBeUndefined();
  });

  it('refuses to value a holding without a price, and needs none when nothing is held', () => {
    const state = book(opened(), fillOf('buy', '0.5', '100'));
    expect(() => equityOf(state, new Map())).toThrow('no price to value BTC/USDT.SIM');
    expect(formatDecimal(equityOf(book(state, fillOf('sell', '0.5', '99')), new Map()).amount)).toBe('9999.5');
  });

  it('explains equity to the last digit from the opening', () => {
    const state = book(
      opened(),
      fillOf('buy', '0.333', '100.07', '0.03332331'),
      fillOf('buy', '0.777', '99.93', '0.07764561'),
      fillOf('sell', '0.111', '101.01', '0.01121211'),
    );
    // Cash: 10000 - 33.32331 - .03332331 - 77.64561 - .07764561 + 11.21211 - .01121211 = 9900.12100897
    // Held 0.999 at 100.5 = 100.3995
    expect(reconciliationText(reconcile(state, prices('100.5')))).toEqual({
      startingEquity: '10000',
      cash: '9900.12100897',
      positionValue: '100.3995',
      equity: '10000.52050897',
      grossPnl: '0.64269',
      fees: '0.12218103',
      difference: '0',
    });
  });

  it('explains one stretch of a standing account by itself', () => {
    const before = book(opened(), fillOf('buy', '0.5', '100', '0.05'), fillOf('sell', '0.5', '95', '0.0475'));
    const after = book(before, fillOf('buy', '1', '100', '0.1'), fillOf('sell', '1', '110', '0.11'));
    expect(reconciliationText(reconcile(after, new Map(), { state: before, prices: new Map() }))).toEqual({
      startingEquity: '9997.4025',
      cash: '10007.1925',
      positionValue: '0',
      equity: '10007.1925',
      grossPnl: '10',
      fees: '0.21',
      difference: '0',
    });
  });

  it('shows a difference when balances and positions disagree', () => {
    const state = book(opened(), fillOf('buy', '0.5', '100', '0.05'));
    const broken: LedgerState = { ...state, balances: new Map(state.balances).set('cash:USDT', parseDecimal('9950')) };
    expect(formatDecimal(reconcile(broken, prices('100')).difference)).toBe('-0.05');
  });
});
