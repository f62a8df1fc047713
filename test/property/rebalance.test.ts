import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  isNegative,
  multiply,
  ONE,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '#core/domain/decimal.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import { type Holding, planRebalance, type RebalanceInput, type RebalancePlan } from '#core/portfolio/rebalance.ts';
import * as fc from '../support/seeded-check.ts';

const instrumentOf = (index: number, lot: number) => ({
  id: `X${index}/USDT.SIM` as InstrumentId,
  symbol: `X${index}/USDT`,
  lotSize: decimal(1n, lot),
  minQuantity: decimal(1n, lot),
  minNotional: parseDecimal('5'),
});

const input: fc.Arbitrary<RebalanceInput> = fc
  .record({
    rows: fc.array(
      fc.record({
        lots: fc.integer({ min: 0, max: 3_000_000 }),
        cents: fc.integer({ min: 10, max: 9_000_000 }),
        lot: fc.integer({ min: 3, max: 6 }),
        share: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    cash: fc.integer({ min: 0, max: 5_000_000 }),
    cashShare: fc.integer({ min: 0, max: 100 }),
    band: fc.integer({ min: 10, max: 100 }),
    fee: fc.constantFrom(0, 10, 20),
    cushion: fc.constantFrom(0, 100),
  })
  .map(({ rows, cash, cashShare, band, fee, cushion }) => {
    const all = BigInt(rows.reduce((total, { share }) => total + share, cashShare) || 1);
    const weightOf = (share: number): Decimal => divide(decimal(BigInt(share)), decimal(all), 6, 'floor');
    return {
      holdings: rows.map(
        ({ lots, cents, lot, share }, index): Holding => ({
          instrument: instrumentOf(index, lot),
          quantity: decimal(BigInt(lots), lot),
          price: decimal(BigInt(cents), 2),
          weight: weightOf(share),
        }),
      ),
      cash: decimal(BigInt(cash), 2),
      cashWeight: subtract(ONE, sum(rows.map(({ share }) => weightOf(share)))),
      band: decimal(BigInt(band), 3),
      minNotional: parseDecimal('10'),
      fee: decimal(BigInt(fee), 4),
      cushion: decimal(BigInt(cushion), 4),
    };
  });

/** The portfolio after a plan, filled at prices that are off by `slip` against it. */
function after(before: RebalanceInput, { trades }: RebalancePlan, slip = ZERO): RebalanceInput {
  let { cash } = before;
  const held = new Map(before.holdings.map((one) => [one.instrument.id, one]));
  for (const { instrumentId, side, quantity } of trades) {
    const one = held.get(instrumentId) as Holding;
    const paid = multiply(quantity, multiply(one.price, side === 'buy' ? add(ONE, slip) : subtract(ONE, slip)));
    const cost = multiply(paid, before.fee);
    cash = side === 'buy' ? subtract(cash, add(paid, cost)) : add(cash, subtract(paid, cost));
    // At no step: sales come first, and each purchase is paid when it is made.
    expect(isNegative(cash)).toBe(false);
    const size = side === 'buy' ? add(one.quantity, quantity) : subtract(one.quantity, quantity);
    expect(isNegative(size)).toBe(false);
    held.set(instrumentId, { ...one, quantity: size });
  }
  return { ...before, cash, holdings: [...held.values()] };
}

const totalOf = ({ cash, holdings }: RebalanceInput): Decimal =>
  add(cash, sum(holdings.map(({ quantity, price }) => multiply(quantity, price))));

describe('rebalancing to target weights', () => {
  it('never spends more than there is, whatever the prices inside the cushion, and never sells more than is held', () => {
    let traded = 0;
    fc.assert(
      fc.property(input, (before) => {
        const plan = planRebalance(before);
        after(before, plan);
        after(before, plan, before.cushion);
        traded += plan.trades.length;
        const sides = plan.trades.map(({ side }) => side);
        expect(sides.lastIndexOf('sell') < sides.indexOf('buy') || !sides.includes('buy')).toBe(true);
        for (const { why } of plan.trades) expect(why).toContain('wanted');
      }),
      { numRuns: 500 },
    );
    expect(traded).toBeGreaterThan(500);
  });

  it('trades nothing inside the band, and brings what it can pay for into it', () => {
    let whole = 0;
    fc.assert(
      fc.property(input, (before) => {
        const plan = planRebalance(before);
        const total = totalOf(before);
        const allowed = multiply(before.band, total);
        for (const { instrument, quantity, price, weight } of before.holdings) {
          const drift = absolute(subtract(multiply(quantity, price), multiply(weight, total)));
          const touched = plan.trades.some(({ instrumentId }) => instrumentId === instrument.id);
          if (compare(drift, allowed) <= 0) expect(touched).toBe(false);
        }
        if (plan.left.length > 0 || plan.trades.length === 0) return;
        whole += 1;
        const end = after(before, plan);
        for (const trade of plan.trades) {
          const one = end.holdings.find(({ instrument }) => instrument.id === trade.instrumentId) as Holding;
          const lot = multiply(one.instrument.lotSize, one.price);
          const drift = absolute(subtract(multiply(one.quantity, one.price), multiply(one.weight, totalOf(end))));
          // A lot is the finest step that there is; without one too coarse for the band it ends inside.
          const reach = compare(multiply(lot, decimal(2n)), allowed) > 0 ? add(allowed, lot) : allowed;
          expect(compare(drift, reach)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
    expect(whole).toBeGreaterThan(50);
  });

  it('done twice does nothing the second time', () => {
    let traded = 0;
    fc.assert(
      fc.property(input, (before) => {
        const free = { ...before, fee: ZERO, cushion: ZERO };
        const plan = planRebalance(free);
        traded += plan.trades.length;
        expect(planRebalance(after(free, plan)).trades).toEqual([]);
        // With costs the whole shrinks a little, which may push another instrument over its edge; never one that was put right.
        const paid = planRebalance(before);
        const short = new Set(paid.left.map(({ symbol }) => symbol));
        const right = new Set(paid.trades.map(({ symbol }) => symbol).filter((symbol) => !short.has(symbol)));
        const again = planRebalance(after(before, paid)).trades.map(({ symbol }) => symbol);
        expect(again.filter((symbol) => right.has(symbol))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(traded).toBeGreaterThan(500);
  });
});
