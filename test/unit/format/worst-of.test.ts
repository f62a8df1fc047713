import { describe, expect, it } from 'vitest';
import { worstOf } from '#shared/format/plan.ts';

describe('what an agent may lose at worst', () => {
  const envelope = {
    riskPerTrade: '0.005',
    stopAtr: '2',
    targetAtr: '3',
    maxPositions: 1,
    dayLoss: '0.01',
    allowShort: false,
  };

  it('is the loss of a day and one trade more, because below it the agent may enter once more', () => {
    expect(worstOf({ ...envelope, maxNotionalFraction: '0.25' })).toEqual({ trade: '0.005', day: '0.015' });
  });

  it('is never more in a trade than what is put into it', () => {
    expect(worstOf({ ...envelope, maxNotionalFraction: '0.002' })).toEqual({ trade: '0.002', day: '0.012' });
  });
});
