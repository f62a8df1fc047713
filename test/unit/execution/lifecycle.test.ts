import { describe, expect, it } from 'vitest';
import type { OrderStatus } from '#core/domain/order.ts';
import {
  isOpenStatus,
  ORDER_EVENTS,
  ORDER_LIFECYCLE,
  type OrderEventType,
  transition,
} from '#core/execution/lifecycle.ts';

/** Written out a second time, pair by pair, so that a slip in the table shows. `-` is an illegal pair. */
const EXPECTED: Record<OrderStatus, Record<OrderEventType, OrderStatus | '-'>> = {
  initialized: row('denied submitted - - - - - - - - -'),
  denied: row('- - - - - - - - - - -'),
  submitted: row('- - accepted partially_filled filled pending_cancel - canceled rejected expired unresolved'),
  accepted: row('- - - partially_filled filled pending_cancel - canceled rejected expired unresolved'),
  partially_filled: row('- - partially_filled partially_filled filled pending_cancel - canceled - expired unresolved'),
  filled: row('- - filled - - - - - - - -'),
  pending_cancel: row('- - pending_cancel pending_cancel filled - accepted canceled rejected expired unresolved'),
  canceled: row('- - canceled canceled filled - - - - - -'),
  rejected: row('- - - - - - - - - - -'),
  expired: row('- - expired expired filled - - - - - -'),
  unresolved: row('- - accepted partially_filled filled pending_cancel - canceled rejected expired -'),
};

function row(line: string): Record<OrderEventType, OrderStatus | '-'> {
  const cells = line.split(' ') as (OrderStatus | '-')[];
  return Object.fromEntries(ORDER_EVENTS.map((event, i) => [event, cells[i]])) as Record<
    OrderEventType,
    OrderStatus | '-'
  >;
}

const STATUSES = Object.keys(EXPECTED) as OrderStatus[];
const PAIRS = STATUSES.flatMap((status) => ORDER_EVENTS.map((event) => [status, event] as const));

describe('order lifecycle', () => {
  it('knows every status and every event', () => {
    expect(Object.keys(ORDER_LIFECYCLE).sort()).toEqual([...STATUSES].sort());
    expect(PAIRS).toHaveLength(121);
  });

  it.each(PAIRS)('%s + %s leads where the table says', (status, event) => {
    const expected = EXPECTED[status][event];
    expect(transition(status, event)).toBe(expected === '-' ? undefined : expected);
  });

  it('books a fill that arrives after a cancel without reopening the order', () => {
    expect(transition('canceled', 'partially_filled')).toBe('canceled');
    expect(transition('canceled', 'filled')).toBe('filled');
  });

  it('lets no closed order come back to life', () => {
    const closed = STATUSES.filter((status) => !isOpenStatus(status));
    expect(closed.sort()).toEqual(['canceled', 'denied', 'expired', 'filled', 'rejected']);
    for (const status of closed)
      for (const event of ORDER_EVENTS) {
        const next = transition(status, event);
        expect(next === undefined || !isOpenStatus(next)).toBe(true);
      }
  });

  it('counts an order of unknown outcome as open', () => {
    expect(isOpenStatus('unresolved')).toBe(true);
    expect(isOpenStatus('pending_cancel')).toBe(true);
  });
});
