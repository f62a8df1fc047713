import { describe, expect, it } from 'vitest';
import { type Decimal, decimal, formatDecimal, ZERO } from '#core/domain/decimal.ts';
import type { TradeId } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { averageOf, factsOf, filledOf, type OrderFact, statusOf, withFact } from '#core/execution/order-facts.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';

const lots = (count: number): Decimal => decimal(BigInt(count), 3);

/** A story of one order: part fills, the venue's own totals, perhaps an end. */
function story(rng: Rng): { readonly total: number; readonly facts: readonly OrderFact[] } {
  const total = 1 + rng.integer(50);
  const facts: OrderFact[] = [];
  if (rng.next() < 0.8) facts.push({ kind: 'accepted' });
  let filled = 0;
  const trades = rng.integer(6);
  for (let trade = 0; trade < trades && filled < total; trade++) {
    const size = 1 + rng.integer(total - filled);
    filled += size;
    facts.push({
      kind: 'fill',
      tradeId: `T-${trade}` as TradeId,
      price: price(lots(1 + rng.integer(100_000))),
      quantity: quantity(lots(size)),
    });
    if (rng.next() < 0.3) facts.push({ kind: 'reported', filled: lots(filled) });
  }
  if (rng.next() < 0.4) facts.push({ kind: 'cancel_requested' });
  if (rng.next() < 0.4)
    facts.push({ kind: (['canceled', 'expired', 'rejected'] as const)[rng.integer(3)] ?? 'canceled' });
  return { total, facts };
}

const shuffled = (facts: readonly OrderFact[], rng: Rng): OrderFact[] => {
  const out = [...facts];
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [out[i], out[j]] = [out[j] as OrderFact, out[i] as OrderFact];
  }
  // Some of it arrives twice.
  for (const fact of facts) if (rng.next() < 0.3) out.splice(rng.integer(out.length + 1), 0, fact);
  return out;
};

const seenAs = (total: number, facts: readonly OrderFact[]): string => {
  const state = facts.reduce(withFact, factsOf(lots(total)));
  return [
    statusOf(state),
    formatDecimal(filledOf(state)),
    formatDecimal(averageOf(state, 12) ?? ZERO),
    state.fills.size,
  ].join(' ');
};

const PERMUTATIONS = 100_000;

describe('facts of an order', () => {
  it(`give the same order in any of ${PERMUTATIONS} orders of arrival, repeats included`, () => {
    const rng = createRng(20_251_120);
    const statuses = new Map<string, number>();
    for (let done = 0; done < PERMUTATIONS; ) {
      const { total, facts } = story(rng);
      const expected = seenAs(total, facts);
      const status = expected.split(' ')[0] ?? '';
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      for (let i = 0; i < 20; i++, done++) {
        const seen = seenAs(total, shuffled(facts, rng));
        if (seen !== expected) expect(seen).toBe(expected);
      }
    }
    expect([...statuses.keys()].sort()).toEqual([
      'accepted',
      'canceled',
      'expired',
      'filled',
      'partially_filled',
      'pending_cancel',
      'rejected',
      'submitted',
    ]);
  });

  it('never lets an end be undone, and books a fill that comes after it', () => {
    const rng = createRng(7);
    const ends = new Set(['filled', 'canceled', 'expired', 'rejected']);
    for (let i = 0; i < 2000; i++) {
      const { total, facts } = story(rng);
      let state = factsOf(lots(total));
      let ended = false;
      let filled = ZERO;
      for (const fact of shuffled(facts, rng)) {
        state = withFact(state, fact);
        const now = ends.has(statusOf(state));
        expect(ended && !now).toBe(false);
        ended = now;
        expect(Number(formatDecimal(filledOf(state)))).toBeGreaterThanOrEqual(Number(formatDecimal(filled)));
        filled = filledOf(state);
      }
    }
  });

  const fill = (size: number): OrderFact => ({
    kind: 'fill',
    tradeId: `T-${size}` as TradeId,
    price: price('100'),
    quantity: quantity(lots(size)),
  });
  const table: readonly (readonly [string, readonly OrderFact[], string])[] = [
    ['nothing', [], 'submitted'],
    ['an acknowledgement', [{ kind: 'accepted' }], 'accepted'],
    ['a part fill before it', [fill(3)], 'partially_filled'],
    ['a fill of all', [fill(3), fill(7)], 'filled'],
    ['a cancel request', [{ kind: 'accepted' }, { kind: 'cancel_requested' }], 'pending_cancel'],
    ['a cancel request after a part', [fill(3), { kind: 'cancel_requested' }], 'pending_cancel'],
    ['a cancel', [{ kind: 'cancel_requested' }, { kind: 'canceled' }], 'canceled'],
    ['a fill after a cancel', [{ kind: 'canceled' }, fill(3)], 'canceled'],
    ['a fill of all after a cancel', [{ kind: 'canceled' }, fill(10)], 'filled'],
    ['an end by time', [fill(3), { kind: 'expired' }], 'expired'],
    ['a refusal', [{ kind: 'rejected' }], 'rejected'],
    ['a refusal of what has traded', [fill(3), { kind: 'rejected' }], 'canceled'],
    ['a total whose trades are still on their way', [{ kind: 'reported', filled: lots(10) }], 'filled'],
  ];
  it.each(table)('after %s the order is as the table says', (_, facts, status) => {
    expect(statusOf(facts.reduce(withFact, factsOf(lots(10))))).toBe(status);
  });

  it('refuses one trade with two prices', () => {
    const one = { kind: 'fill', tradeId: 'T-1' as TradeId, price: price('100'), quantity: quantity('1') } as const;
    const facts = withFact(factsOf(lots(5000)), one);
    expect(withFact(facts, one)).toBe(facts);
    expect(() => withFact(facts, { ...one, price: price('101') })).toThrow('T-1 was reported twice');
  });
});
