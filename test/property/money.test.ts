import { describe, expect, it } from 'vitest';
import {
  add,
  decimal,
  formatDecimal,
  isNegative,
  isZero,
  negate,
  parseDecimal,
  sum,
  ZERO,
} from '#core/domain/decimal.ts';
import { holdingChange } from '#core/domain/fill-amounts.ts';
import type { TradeId } from '#core/domain/ids.ts';
import { type Asset, asset, money, price, quantity } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { Fault } from '#core/kernel/fault.ts';
import { applyDeposit, applyFill, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import type { LedgerAccount, LedgerState } from '#core/ledger/types.ts';
import * as fc from '../support/seeded-check.ts';
import { at, BTC, BTCUSDT, fillOf, instrument, USDT } from '../support/trading-builders.ts';

const BNB = asset('BNB');
const ACCOUNTS: readonly LedgerAccount[] = ['cash', 'position', 'fees', 'market', 'capital'];
const ASSETS: readonly Asset[] = [USDT, BTC, BNB];

type Step =
  | {
      readonly kind: 'fill';
      readonly sell: boolean;
      readonly lots: number;
      readonly cents: number;
      readonly fee: bigint;
      readonly paidIn: Asset;
      readonly splits: number;
    }
  | { readonly kind: 'deposit'; readonly asset: Asset; readonly units: bigint };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('fill' as const),
      sell: fc.boolean(),
      lots: fc.integer({ min: 1, max: 5000 }),
      cents: fc.integer({ min: 1, max: 10_000_000 }),
      fee: fc.bigInt({ min: 0n, max: 10n ** 6n }),
      paidIn: fc.constantFrom(...ASSETS),
      splits: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('deposit' as const),
      asset: fc.constantFrom(USDT, BNB),
      units: fc.bigInt({ min: 0n, max: 10n ** 10n }),
    }),
  },
);

/** One order as 1 to 4 fills that add up to it. */
function partsOf({ lots, splits }: { readonly lots: number; readonly splits: number }): readonly number[] {
  const count = Math.min(splits, lots);
  return Array.from({ length: count }, (_, i) => Math.floor((lots * (i + 1)) / count) - Math.floor((lots * i) / count));
}

const totalsByAsset = (state: LedgerState): readonly string[] =>
  ASSETS.map((one) => formatDecimal(sum(ACCOUNTS.map((account) => balanceOf(state, account, one)))));

describe('money', () => {
  it('no sequence of fills, fees in any asset, deposits and splits leaves anything unexplained', () => {
    const seen = { booked: 0, refused: 0, baseFees: 0, coinFees: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), (steps) => {
        let state = openLedger(USDT, parseDecimal('1000000'), at(0)).state;
        let held = ZERO;
        let trades = 0;
        for (const [i, one] of steps.entries()) {
          if (one.kind === 'deposit') {
            state = applyDeposit(state, `deposit ${i}`, one.asset, decimal(one.units, 8), at(i));
            continue;
          }
          for (const lots of partsOf(one)) {
            trades += 1;
            const fill: Fill = {
              ...fillOf(one.sell ? 'sell' : 'buy', '1', '1', '0', `T-${trades}` as TradeId),
              quantity: quantity(decimal(BigInt(lots), 3)),
              price: price(decimal(BigInt(one.cents), 2)),
              fee: money(decimal(one.fee, 8), one.paidIn),
            };
            try {
              state = applyFill(state, fill, instrument).state;
              held = add(held, holdingChange(fill, instrument));
              seen.booked += 1;
              if (one.paidIn === BTC) seen.baseFees += 1;
              if (one.paidIn === BNB) seen.coinFees += 1;
            } catch (error) {
              // Short sales and fees that nobody can pay are refused, and change nothing.
              if (!(error instanceof Fault)) throw error;
              seen.refused += 1;
            }
            expect(totalsByAsset(state)).toEqual(['0', '0', '0']);
            expect(formatDecimal(balanceOf(state, 'position', BTC))).toBe(formatDecimal(held));
            expect(isNegative(held)).toBe(false);
            expect(isNegative(balanceOf(state, 'cash', BNB))).toBe(false);
            expect(formatDecimal(state.positions.get(BTCUSDT)?.quantity ?? ZERO)).toBe(formatDecimal(held));
          }
        }
        const prices = new Map([[BTCUSDT, price('123.45')]]);
        expect(isZero(reconcile(state, prices).difference)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.booked, seen.refused, seen.baseFees, seen.coinFees)).toBeGreaterThan(200);
  });

  it('a fill in parts gives the position of the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 5000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 2, max: 4 }),
        (lots, cents, splits) => {
          const open = (): LedgerState => openLedger(USDT, parseDecimal('1000000000'), at(0)).state;
          const fill = (size: number, n: number): Fill => ({
            ...fillOf('buy', '1', '1', '0', `T-${n}` as TradeId),
            quantity: quantity(decimal(BigInt(size), 3)),
            price: price(decimal(BigInt(cents), 2)),
          });
          const whole = applyFill(open(), fill(lots, 0), instrument).state.positions.get(BTCUSDT);
          const split = partsOf({ lots, splits })
            .reduce((state, size, n) => applyFill(state, fill(size, n), instrument).state, open())
            .positions.get(BTCUSDT);
          expect(formatDecimal(split?.quantity ?? ZERO)).toBe(formatDecimal(whole?.quantity ?? ZERO));
          expect(formatDecimal(split?.cost.amount ?? ZERO)).toBe(formatDecimal(whole?.cost.amount ?? ZERO));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('everything in a ledger is an integer of a scale: no float is anywhere in it', () => {
    let state = openLedger(USDT, parseDecimal('1000'), at(0)).state;
    state = applyFill(state, fillOf('buy', '0.333', '100.01', '0.033303'), instrument).state;
    state = applyFill(state, fillOf('sell', '0.1', '100.03', '0.010003'), instrument).state;
    const amounts = [
      ...state.balances.values(),
      ...[...state.positions.values()].flatMap(({ quantity: size, cost, realisedPnl, fees }) => [
        size,
        cost.amount,
        realisedPnl.amount,
        fees.amount,
      ]),
    ];
    expect(amounts.length).toBeGreaterThan(8);
    for (const { units, scale } of amounts) {
      expect(typeof units).toBe('bigint');
      expect(Number.isInteger(scale)).toBe(true);
    }
    expect(formatDecimal(add(balanceOf(state, 'cash', USDT), negate(parseDecimal('1000'))))).toBe('-23.343636');
  });
});
