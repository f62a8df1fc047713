import { describe, expect, it } from 'vitest';
import {
  type Decimal,
  decimal,
  formatDecimal,
  isNegative,
  isZero,
  multiply,
  parseDecimal,
  subtract,
  sum,
} from '#core/domain/decimal.ts';
import type { TradeId } from '#core/domain/ids.ts';
import { money, price, quantity } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { applyEntry, applyFill, openLedger } from '#core/ledger/ledger.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import type { Entry, LedgerState } from '#core/ledger/types.ts';
import * as fc from '../support/seeded-check.ts';
import { at, BTCUSDT, fillOf, instrument, USDT } from '../support/trading-builders.ts';

type Step = { readonly lots: number; readonly cents: number; readonly fee: bigint; readonly sell: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  lots: fc.integer({ min: 1, max: 5000 }),
  cents: fc.integer({ min: 1, max: 10_000_000 }),
  fee: fc.bigInt({ min: 0n, max: 10n ** 9n }),
  sell: fc.boolean(),
});

/** Fills of a spot account: a sale never exceeds what the steps before it bought. */
const history = fc.array(step, { minLength: 1, maxLength: 40 }).map((steps) => {
  let held = 0;
  return steps.map((wanted, i): Fill => {
    const sell = wanted.sell && held > 0;
    const lots = sell ? Math.min(wanted.lots, held) : wanted.lots;
    held += sell ? -lots : lots;
    return {
      ...fillOf(sell ? 'sell' : 'buy', '1', '1', '0', `T-${i}` as TradeId),
      quantity: quantity(decimal(BigInt(lots), 3)),
      price: price(decimal(BigInt(wanted.cents), 2)),
      fee: money(decimal(wanted.fee, 8), USDT),
    };
  });
});

const opened = () => openLedger(USDT, parseDecimal('1000000'), at(0)).state;
const book = (fills: readonly Fill[]): { readonly state: LedgerState; readonly entries: readonly Entry[] } => {
  let state = opened();
  const entries: Entry[] = [];
  for (const fill of fills) {
    const booked = applyFill(state, fill, instrument);
    state = booked.state;
    if (booked.entry !== undefined) entries.push(booked.entry);
  }
  return { state, entries };
};
const balances = (state: LedgerState): Record<string, string> =>
  Object.fromEntries([...state.balances].map(([key, amount]) => [key, formatDecimal(amount)]));
const value = ({ price: paid, quantity: size }: Fill): Decimal => multiply(paid, size);

describe('ledger laws', () => {
  it('the postings of every event sum to zero for each asset, and so does the whole ledger', () => {
    fc.assert(
      fc.property(history, (fills) => {
        const { state, entries } = book(fills);
        for (const { postings } of entries)
          for (const asset of new Set(postings.map((posting) => posting.asset)))
            expect(isZero(sum(postings.filter((posting) => posting.asset === asset).map(({ amount }) => amount)))).toBe(
              true,
            );
        for (const asset of ['USDT', 'BTC'])
          expect(
            isZero(sum([...state.balances].filter(([key]) => key.endsWith(`:${asset}`)).map(([, amount]) => amount))),
          ).toBe(true);
      }),
    );
  });

  it('equity is explained to the last digit at any price', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 10_000_000 }), (fills, cents) => {
        const { state } = book(fills);
        const proof = reconcile(state, new Map([[BTCUSDT, price(decimal(BigInt(cents), 2))]]));
        expect(formatDecimal(proof.difference)).toBe('0');
      }),
    );
  });

  it('no cost is lost or made: what was paid is what was removed plus what remains', () => {
    fc.assert(
      fc.property(history, (fills) => {
        const position = book(fills).state.positions.get(BTCUSDT);
        if (position === undefined) throw new Error('no position');
        const paid = sum(fills.filter(({ side }) => side === 'buy').map(value));
        const proceeds = sum(fills.filter(({ side }) => side === 'sell').map(value));
        const removed = subtract(proceeds, position.realisedPnl.amount);
        expect(formatDecimal(subtract(paid, removed))).toBe(formatDecimal(position.cost.amount));
        expect(isNegative(position.cost.amount)).toBe(false);
        expect(isZero(position.quantity)).toBe(position.direction === 'flat');
        if (position.direction === 'flat') expect(isZero(position.cost.amount)).toBe(true);
      }),
    );
  });

  it('fills that are repeated anywhere later change nothing', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(39), { maxLength: 20 }), (fills, repeats) => {
        const again = repeats.map((i) => fills[i % fills.length]).filter((fill) => fill !== undefined);
        const once = book(fills).state;
        const twice = book([...fills, ...again, ...fills]).state;
        expect(balances(twice)).toEqual(balances(once));
        expect(twice.positions).toEqual(once.positions);
        expect(twice.entries).toBe(once.entries);
      }),
    );
  });

  it('balances do not depend on the order of entries', () => {
    const shuffled = history.chain((fills) =>
      fc.tuple(fc.constant(fills), fc.shuffledSubarray([...fills.keys()], { minLength: fills.length })),
    );
    fc.assert(
      fc.property(shuffled, ([fills, order]) => {
        const { state, entries } = book(fills);
        const other = order.reduce((now, i) => {
          const entry = entries[i];
          return entry === undefined ? now : applyEntry(applyEntry(now, entry), entry);
        }, opened());
        expect(balances(other)).toEqual(balances(state));
      }),
    );
  });

  it('a sale beyond the holding is refused at any point of any history', () => {
    fc.assert(
      fc.property(history, (fills) => {
        const { state } = book(fills);
        const position = state.positions.get(BTCUSDT);
        const tooMuch = decimal((position?.quantity.units ?? 0n) + 1n, position?.quantity.scale ?? 3);
        const fill = { ...fillOf('sell', '1', '1', '0', 'T-short' as TradeId), quantity: quantity(tooMuch) };
        expect(() => applyFill(state, fill, instrument)).toThrow(/more of BTC\/USDT.SIM than is held/);
      }),
    );
  });
});
