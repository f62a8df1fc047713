import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import {
  borrowInterest,
  type FundingRate,
  fundingOf,
  isLiquidated,
  type MaintenanceTier,
  maintenanceMargin,
  PERPETUALS_ENABLED,
} from '#core/matching/perpetual.ts';

const d = parseDecimal;
const HOUR = 3_600_000;
const hour = (n: number): UnixMs => unixMs(n * HOUR);
const rate = (at: number, value: string, mark = '100'): FundingRate => ({
  at: hour(at),
  rate: d(value),
  markPrice: d(mark),
});
const held = (from: number, quantity: string) => ({ from: hour(from), quantity: d(quantity) });

describe('perpetual contracts', () => {
  it('are switched off', () => {
    expect(PERPETUALS_ENABLED).toBe(false);
  });

  it.each([
    ['a long pays a positive rate', '2', '0.0001', '-0.02'],
    ['a short receives it', '-2', '0.0001', '0.02'],
    ['a long receives a negative rate', '2', '-0.0001', '0.02'],
    ['a short pays it', '-2', '-0.0001', '-0.02'],
    ['nobody pays for nothing', '0', '0.0001', '0'],
  ])('%s', (_, quantity, value, expected) => {
    expect(formatDecimal(fundingOf([rate(8, value)], [held(0, quantity)]))).toBe(expected);
  });

  it('pay at the recorded instants only, on what is open then, at the mark price of then', () => {
    const rates = [rate(8, '0.0001'), rate(16, '0.0002', '110'), rate(24, '0.0001', '120')];
    // Opened at 8:00 sharp: open. Halved before 16:00. Closed at 24:00 sharp: no longer open.
    const holdings = [held(8, '2'), held(15, '1'), held(24, '0')];
    // - 2 x 100 x 0.0001 - 1 x 110 x 0.0002
    expect(formatDecimal(fundingOf(rates, holdings))).toBe('-0.042');
    expect(formatDecimal(fundingOf(rates, [held(9, '2'), held(15, '0')]))).toBe('0');
  });

  it('go on when a venue changes from 8 to 4 hours', () => {
    const rates = [rate(8, '0.0001'), rate(16, '0.0001'), rate(20, '0.00005'), rate(24, '0.00005')];
    // 0.01 + 0.01 + 0.005 + 0.005
    expect(formatDecimal(fundingOf(rates, [held(0, '1')]))).toBe('-0.03');
  });

  it('refuse a record out of order', () => {
    expect(() => fundingOf([rate(8, '0'), rate(8, '0')], [])).toThrow(Fault);
    expect(() => fundingOf([], [held(2, '1'), held(1, '1')])).toThrow('holdings are not in order');
  });
});

const TIERS: readonly MaintenanceTier[] = [
  { upTo: d('50000'), rate: d('0.004'), deduction: d('0') },
  { upTo: d('250000'), rate: d('0.005'), deduction: d('50') },
  { upTo: undefined, rate: d('0.01'), deduction: d('1300') },
];

describe('liquidation', () => {
  it.each([
    ['10000', '40'],
    ['50000', '200'],
    // The steps meet: 50,000 x 0.005 - 50 is 200 as well.
    ['50000.01', '200.00005'],
    ['250000', '1200'],
    ['250000.01', '1200.0001'],
  ])('a notional of %s needs a margin of %s', (notional, margin) => {
    expect(formatDecimal(maintenanceMargin(d(notional), TIERS))).toBe(margin);
  });

  it('comes when margin and result no longer cover the maintenance, for long and short alike', () => {
    const long = { quantity: d('1'), entryPrice: d('10000'), margin: d('1000') };
    // 1000 + (m - 10000) <= 0.004 m, so m <= 9036.1445...
    expect(isLiquidated(long, d('9036.15'), TIERS)).toBe(false);
    expect(isLiquidated(long, d('9036.14'), TIERS)).toBe(true);
    const short = { quantity: d('-1'), entryPrice: d('10000'), margin: d('1000') };
    // 1000 - (m - 10000) <= 0.004 m, so m >= 10956.1752...
    expect(isLiquidated(short, d('10956.17'), TIERS)).toBe(false);
    expect(isLiquidated(short, d('10956.18'), TIERS)).toBe(true);
  });

  it('comes exactly at the maintenance margin, and never to a flat account', () => {
    const table: readonly MaintenanceTier[] = [{ upTo: undefined, rate: d('0.1'), deduction: d('0') }];
    expect(isLiquidated({ quantity: d('1'), entryPrice: d('100'), margin: d('10') }, d('100'), table)).toBe(true);
    expect(isLiquidated({ quantity: d('0'), entryPrice: d('100'), margin: d('0') }, d('1'), table)).toBe(false);
  });

  it('refuses a table that ends too early', () => {
    expect(() => maintenanceMargin(d('60000'), TIERS.slice(0, 1))).toThrow(Fault);
  });
});

describe('interest on what was borrowed', () => {
  it('counts each hour begun and rounds up', () => {
    // 1000 x 10 % / 8760 hours = 0.01141552...
    expect(formatDecimal(borrowInterest(d('1000'), d('0.1'), hour(0), hour(1), 8))).toBe('0.01141553');
    expect(formatDecimal(borrowInterest(d('1000'), d('0.1'), hour(0), unixMs(HOUR + 1), 8))).toBe('0.02283106');
    expect(formatDecimal(borrowInterest(d('1000'), d('0.1'), hour(0), hour(8760), 8))).toBe('100');
    expect(formatDecimal(borrowInterest(d('1000'), d('0.1'), hour(5), hour(5), 8))).toBe('0');
  });
});
