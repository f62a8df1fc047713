import { describe, expect, it } from 'vitest';
import { impactOf, loweredLimits, tighter } from '#core/automation/brief-limits.ts';
import { parseDecimal } from '#core/domain/decimal.ts';

const LIMITS = { riskPerTrade: '0.005', maxNotionalFraction: '0.25', maxPositions: 2, maxBars: 48 };
const lower = (wanted: Parameters<typeof loweredLimits>[1]) => loweredLimits(LIMITS, wanted, '10000');

describe('limits of a brief', () => {
  it('can be lowered one by one; the size is said in money and rounded down', () => {
    expect(lower({})).toEqual(LIMITS);
    expect(lower({ maxSize: '1000' })).toEqual({ ...LIMITS, maxNotionalFraction: '0.1' });
    expect(loweredLimits(LIMITS, { maxSize: '100' }, '30000').maxNotionalFraction).toBe('0.00333333');
    expect(lower({ riskPerTrade: '0.0025', maxPositions: 1, maxBars: 12 })).toEqual({
      riskPerTrade: '0.0025',
      maxNotionalFraction: '0.25',
      maxPositions: 1,
      maxBars: 12,
    });
    expect(lower({ maxSize: '2500', riskPerTrade: '0.005', maxPositions: 2, maxBars: 48 })).toEqual(LIMITS);
  });

  it.each([
    [{ maxSize: '2500.01' }, 'the size can only be lowered'],
    [{ riskPerTrade: '0.0051' }, 'the risk per trade can only be lowered'],
    [{ maxPositions: 3 }, 'the number of positions can only be lowered'],
    [{ maxBars: 49 }, 'the lifespan can only be lowered'],
    [{ maxSize: '0' }, 'leaves nothing to trade with'],
    [{ riskPerTrade: '-0.001' }, 'leaves nothing to trade with'],
    [{ maxBars: 1 }, 'must be at least 2'],
  ])('refuses %j', (wanted, why) => {
    expect(() => lower(wanted)).toThrow(why);
  });

  it('take the tighter of two, each for itself', () => {
    expect(tighter(LIMITS, { riskPerTrade: '0.01', maxNotionalFraction: '0.1', maxPositions: 1, maxBars: 99 })).toEqual(
      {
        riskPerTrade: '0.005',
        maxNotionalFraction: '0.1',
        maxPositions: 1,
        maxBars: 48,
      },
    );
  });

  it('say what is at stake: rounded up to the cent, and a day may lose its limit and one trade more', () => {
    const impact = impactOf(LIMITS, {
      asset: 'USDT',
      equity: parseDecimal('9999.99'),
      drawdown: parseDecimal('0.006'),
      drawdownBudget: parseDecimal('0.05'),
      dayLoss: '0.01',
    });
    expect(impact).toEqual({
      asset: 'USDT',
      equity: '9999.99',
      exposure: '2500',
      exposureFraction: '0.25',
      worstTrade: '50',
      worstTradeFraction: '0.005',
      worstDay: '150',
      worstDayFraction: '0.015',
      drawdown: '0.006',
      drawdownAfter: '0.021',
      drawdownBudget: '0.05',
    });
  });
});
