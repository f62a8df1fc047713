import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal, ZERO } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import { createGate } from '#core/risk/gate.ts';
import { sizeFractionAt } from '#core/risk/limits.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import { type SizingInput, sizeEntry } from '#core/risk/sizing.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import { calmView, envelope, instrument, orderId } from '../../support/trading-builders.ts';

const d = parseDecimal;
const input: SizingInput = {
  clientOrderId: orderId(1),
  equity: d('10000'),
  cash: d('10000'),
  price: price('100'),
  stopDistance: 5,
  targetDistance: 10,
  envelope,
  instrument,
  feeBps: d('10'),
  halfSpreadBps: d('5'),
  limits: DEFAULT_LIMITS,
  peakEquity: d('10000'),
  atr: d('1'),
};

function sized(change: Partial<SizingInput> = {}): string {
  const order = sizeEntry({ ...input, ...change });
  if ('kind' in order) return order.reason;
  const { quantity, stop, target } = order;
  return [quantity, stop, target].map((value) => (value === undefined ? '-' : formatDecimal(value))).join(' ');
}

describe('sizing', () => {
  it('risks the budget over stop distance, spread and both fees, floored to the lot', () => {
    // Entry 100.05, exit 94.9525: loss 5.0975 + fees 0.1950025 = 5.2925025; 100 / 5.2925025 = 18.8946... -> 18.894
    expect(sized()).toBe('18.894 95 110');
  });

  it('leaves a share of the quantity, floored to the lot, and never more than all of it', () => {
    expect(sized({ size: d('0.5') })).toBe('9.447 95 110');
    for (const size of ['1', '2', '1000']) expect(sized({ size: d(size) })).toBe(sized());
    for (const size of ['0', '-1']) expect(sized({ size: d(size) })).toContain('less than one lot');
  });

  it('proposes a market entry that the gate approves as it is', () => {
    const order = sizeEntry(input);
    if ('kind' in order) throw new Error(order.reason);
    expect(order).toMatchObject({
      side: 'buy',
      type: 'market',
      purpose: 'entry',
      reduceOnly: false,
      clientOrderId: orderId(1),
    });
    expect(createGate(standardChecks)(order, calmView).kind).toBe('approved');
  });

  it('is capped by the notional limit', () => {
    // 0.1 x 10000 = 1000 / 100.05 = 9.9950 -> 9.995
    expect(sized({ envelope: { ...envelope, maxNotionalFraction: '0.1' } })).toBe('9.995 95 110');
  });

  it('leaves room for what is exposed already', () => {
    // 5000 - 4500 = 500 / 100.05 = 4.9975 -> 4.997
    expect(sized({ grossExposure: d('4500'), openRisk: d('0') })).toBe('4.997 95 110');
    expect(sized({ grossExposure: d('5000'), openRisk: d('0') })).toBe(
      'risk budget, limits and cash together allow less than one lot',
    );
  });

  it('is capped by cash at the worst assumed price with the fee', () => {
    // 101 x 1.001 = 101.101; (500 - 0.00000001) / 101.101 = 4.94555... -> 4.945
    expect(sized({ cash: d('500') })).toBe('4.945 95 110');
    // Exactly one lot short of the cash: 10.1101 pays for 0.1 only with the unit of rounding on top.
    expect(sized({ cash: d('10.1101') })).toBe('0.099 95 110');
    expect(sized({ cash: d('10.11010001') })).toBe('0.1 95 110');
  });

  it('rounds the stop down and the target up to the tick', () => {
    expect(sized({ stopDistance: 5.001, targetDistance: 10.001 }).split(' ').slice(1)).toEqual(['94.99', '110.01']);
    expect(sized({ stopDistance: 0.0001, targetDistance: 1.0001 }).split(' ').slice(1)).toEqual(['99.99', '101.01']);
    expect(sized({ targetDistance: 0.0001 })).toContain('a round trip costs 0.20001 in fees alone');
    expect(
      sized({ price: price('100.005') })
        .split(' ')
        .slice(1),
    ).toEqual(['95', '110.01']);
  });

  it('halves the size from 3 % of drawdown and allows none from 4 %', () => {
    const at = (equity: string) => formatDecimal(sizeFractionAt(d(equity), d('10000'), DEFAULT_LIMITS));
    expect([at('10000'), at('9700.01'), at('9700'), at('9600.01'), at('9600'), at('9000')]).toEqual([
      '1',
      '1',
      '0.5',
      '0.5',
      '0',
      '0',
    ]);
    // 50 / 5.2925025 = 9.4473... -> 9.447
    expect(sized({ peakEquity: d('10310') })).toBe('9.447 95 110');
    expect(sized({ peakEquity: d('10417') })).toBe('risk budget, limits and cash together allow less than one lot');
  });

  it('leaves room for every stop and the stated gap under the 5 % that must not be reached, unknown exposure counted whole', () => {
    // Of 500 that may be lost 499.5 are used; a unit can lose 5.2925025 to the stop and 5 + 0.5 ATR beyond it.
    const room = (openRisk: string) => sized({ openRisk: d(openRisk), grossExposure: d('1000') });
    expect(room('400')).toBe('9.256 95 110');
    expect(room('499')).toBe('0.092 95 110');
    expect(room('500')).toBe('risk budget, limits and cash together allow less than one lot');
    expect(sized({ grossExposure: d('500') })).toBe('risk budget, limits and cash together allow less than one lot');
    // A market that moves more gets less: 499.5 / (5.2925025 + 5 + 20) = 16.48...
    const limits = { ...DEFAULT_LIMITS, maxOpenRisk: d('0.05') };
    expect(sized({ atr: d('40'), limits })).toBe('16.489 95 110');
  });

  it('leaves what the agents of an account may lose together under its limit, what is reserved already included', () => {
    // 4 % of 10,000 is 400; of it 399.6 are used: / (5.2925025 + 5 + 20) = 13.19...
    expect(sized({ atr: d('40') })).toBe('13.191 95 110');
    const use = { risk: d('250'), notional: d('1000'), ofInstrument: ZERO, cash: ZERO, positions: 1 };
    expect(sized({ atr: d('40'), use })).toBe('4.946 95 110');
    expect(sized({ atr: d('40'), use: { ...use, risk: d('400') } })).toBe(
      'risk budget, limits and cash together allow less than one lot',
    );
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('denies a stop or target distance of %d', (bad) => {
    expect(sized({ stopDistance: bad })).toBe(`the stop distance ${bad} is not a positive number`);
    expect(sized({ targetDistance: bad })).toBe(`the target distance ${bad} is not a positive number`);
  });

  it('denies what cannot be: a stop below zero, no equity, no cash', () => {
    expect(sized({ stopDistance: 100 })).toBe('the stop would lie at or below zero');
    expect(sized({ equity: d('-1') })).toBe('there is no equity to risk');
    expect(sized({ cash: d('0') })).toBe('risk budget, limits and cash together allow less than one lot');
    expect(sized({ cash: d('-5') })).toBe('risk budget, limits and cash together allow less than one lot');
  });

  it('denies what the venue would refuse, measured at the stop', () => {
    // 0.3 / 5.2925025 = 0.0566 -> 0.056; at the stop 5.32 passes, one lot of budget less does not
    expect(sized({ equity: d('30'), peakEquity: d('30') })).toBe('0.056 95 110');
    expect(sized({ equity: d('27.6'), peakEquity: d('27.6') })).toBe(
      "the allowed notional 4.94 is below the venue's minimum 5",
    );
    const strict = { ...instrument, minQuantity: d('20') };
    expect(sized({ instrument: strict })).toBe("the allowed quantity 18.894 is below the venue's minimum 20");
  });
});
