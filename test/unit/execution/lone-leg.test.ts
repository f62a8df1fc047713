import { describe, expect, it } from 'vitest';
import { formatDecimal, ZERO } from '#core/domain/decimal.ts';
import { price, quantity } from '#core/domain/money.ts';
import type { OrderStatus } from '#core/domain/order.ts';
import { loneLegSteps } from '#core/execution/bracket.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import { AGENT, approve, at, BTCUSDT, entryOrder, orderId } from '../../support/trading-builders.ts';

const entry = approve(entryOrder(1, '5', { stop: '90', target: '120' }));

const leg = (n: number, size: string, status: OrderStatus, trigger = '90'): TrackedOrder => ({
  clientOrderId: orderId(n),
  agentId: AGENT,
  instrumentId: BTCUSDT,
  side: 'sell',
  type: 'stop',
  purpose: 'stop',
  quantity: quantity(size),
  price: price(trigger),
  reduceOnly: true,
  status,
  filledQuantity: quantity(ZERO),
  createdAt: at(0),
});

const stepsOf = (held: string, live: readonly TrackedOrder[], flattening = false): readonly string[] =>
  loneLegSteps({ agentId: AGENT, instrumentId: BTCUSDT, entry, live, flattening }, quantity(held)).map((step) =>
    step.kind === 'submit'
      ? `submit ${step.purpose} ${formatDecimal(step.quantity)}`
      : `cancel ${step.clientOrderId.slice(-1)}`,
  );

describe('a stop that rests alone, because resting orders do not share their quantity', () => {
  it.each([
    ['nothing rests', '5', [], ['submit stop 5']],
    ['it covers what is held', '5', [leg(2, '5', 'accepted')], []],
    ['more is held: what was added gets its own', '7', [leg(2, '5', 'accepted')], ['submit stop 2']],
    ['less is held: it goes first', '3', [leg(2, '5', 'accepted')], ['cancel 2']],
    ['it is on its way out: its successor waits, for it may still fill', '5', [leg(2, '5', 'pending_cancel')], []],
    ['nobody knows whether it rests: nothing else does meanwhile', '5', [leg(2, '5', 'unresolved')], []],
    ['it rests at another price', '5', [leg(2, '5', 'accepted', '80')], ['cancel 2']],
    ['nothing is held any more', '0', [leg(2, '5', 'accepted')], ['cancel 2']],
  ] as const)('when %s', (_, held, live, steps) => {
    expect(stepsOf(held, live)).toEqual(steps);
  });

  it('when the position is being closed there is no new one', () => {
    expect(stepsOf('5', [], true)).toEqual([]);
  });
});
