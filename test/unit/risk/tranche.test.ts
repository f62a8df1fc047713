import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#core/domain/decimal.ts';
import { price, quantity } from '#core/domain/money.ts';
import { trancheOf } from '#core/risk/tranche.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { instrument, orderId } from '../../support/trading-builders.ts';

const entry = (size: string, stop = '90'): ProposedOrder => ({
  clientOrderId: orderId(1),
  side: 'buy',
  type: 'market',
  purpose: 'entry',
  quantity: quantity(size),
  reduceOnly: false,
  stop: price(stop),
  target: price('120'),
});
const part = (whole: string, room: string, tranches: number, restingStop?: string) =>
  trancheOf({
    whole: entry(whole),
    room: entry(room),
    tranches,
    restingStop: restingStop === undefined ? undefined : price(restingStop),
    instrument,
  });
const sizeOf = (order: ReturnType<typeof part>): string =>
  'kind' in order ? order.reason : formatDecimal(order.quantity);

describe('one part of a position', () => {
  it('is its equal share in whole lots, and no more than there is room for', () => {
    expect(sizeOf(part('1', '1', 4))).toBe('0.25');
    expect(sizeOf(part('1', '0.1', 4))).toBe('0.1');
    const thirds = Number(sizeOf(part('1', '1', 3)));
    expect(thirds).toBeLessThanOrEqual(1 / 3);
    expect(thirds).toBeGreaterThan(0.33);
  });

  it('is refused where the venue takes no order so small', () => {
    expect(part(formatDecimal(instrument.minQuantity), '1', 2)).toMatchObject({
      kind: 'denied',
      reason: expect.stringContaining('one of 2 equal parts'),
    });
  });

  it('never lowers the stop that rests, and has no target', () => {
    expect(part('1', '1', 4)).toMatchObject({ stop: price('90') });
    expect(part('1', '1', 4, '95')).toMatchObject({ stop: price('95') });
    expect(part('1', '1', 4, '85')).toMatchObject({ stop: price('90') });
    expect(part('1', '1', 4)).not.toHaveProperty('target');
  });
});
