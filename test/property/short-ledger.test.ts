import { describe, expect, it } from 'vitest';
import {
  add,
  type Decimal,
  decimal,
  formatDecimal,
  isZero,
  multiply,
  negate,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '#core/domain/decimal.ts';
import type { TradeId } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { money, price, quantity } from '#core/domain/money.ts';
import type { Fill, Position } from '#core/domain/order.ts';
import { applyFill, applyInterest, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import { equityOf, reconcile } from '#core/ledger/reconcile.ts';
import { signedQuantity } from '#core/ledger/short-position.ts';
import type { Entry, LedgerState } from '#core/ledger/types.ts';
import * as fc from '../support/seeded-check.ts';
import { at, BTC, BTCUSDT, fillOf, instrument, USDT } from '../support/trading-builders.ts';

const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0.1') },
};

type Step = { readonly fill: Fill; readonly interest: bigint };
const history = fc
  .array(
    fc.record({
      lots: fc.integer({ min: 1, max: 5000 }),
      cents: fc.integer({ min: 1, max: 10_000_000 }),
      fee: fc.bigInt({ min: 0n, max: 10n ** 9n }),
      interest: fc.bigInt({ min: 0n, max: 10n ** 6n }),
      sell: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) =>
    steps.map(
      ({ lots, cents, fee, interest, sell }, i): Step => ({
        interest,
        fill: {
          ...fillOf(sell ? 'sell' : 'buy', '1', '1', '0', `T-${i}` as TradeId),
          quantity: quantity(decimal(BigInt(lots), 3)),
          price: price(decimal(BigInt(cents), 2)),
          fee: money(decimal(fee, 8), USDT),
        },
      }),
    ),
  );
const anyPrice = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => price(decimal(BigInt(cents), 2)));

const book = (steps: readonly Step[]): { readonly state: LedgerState; readonly entries: readonly Entry[] } => {
  let { state } = openLedger(USDT, parseDecimal('1000000'), at(0));
  const entries: Entry[] = [];
  for (const [i, { fill, interest }] of steps.entries()) {
    const booked = applyFill(state, fill, MARGIN);
    const charged = applyInterest(booked.state, `interest ${i}`, money(decimal(interest, 8), USDT), at(1));
    state = charged.state;
    entries.push(...(booked.entry === undefined ? [] : [booked.entry]), charged.entry);
  }
  return { state, entries };
};
const positionOf = (state: LedgerState): Position => {
  const position = state.positions.get(BTCUSDT);
  if (position === undefined) throw new Error('no position');
  return position;
};
const paid = ({ side, price: at, quantity: size }: Fill): Decimal =>
  side === 'buy' ? multiply(at, size) : negate(multiply(at, size));

describe('ledger laws of an account that may borrow', () => {
  it('the postings of every event, and those of the whole ledger, sum to zero for each asset', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { state, entries } = book(steps);
        for (const { postings } of entries)
          for (const asset of [USDT, BTC])
            expect(isZero(sum(postings.filter((one) => one.asset === asset).map(({ amount }) => amount)))).toBe(true);
        for (const asset of [USDT, BTC])
          expect(
            isZero(sum([...state.balances].filter(([key]) => key.endsWith(`:${asset}`)).map(([, amount]) => amount))),
          ).toBe(true);
      }),
    );
  });

  it('equity is cash plus signed value and is explained to the last digit at any price', () => {
    fc.assert(
      fc.property(history, anyPrice, (steps, at) => {
        const { state } = book(steps);
        const prices = new Map([[BTCUSDT, at]]);
        expect(formatDecimal(reconcile(state, prices).difference)).toBe('0');
        // A second way that knows no positions: what came in, what went out, and the base that is left or owed.
        const flows = sum(steps.map(({ fill }) => paid(fill)));
        const costs = sum(steps.map(({ fill, interest }) => add(fill.fee.amount, decimal(interest, 8))));
        const owned = balanceOf(state, 'position', BTC);
        const expected = add(subtract(subtract(parseDecimal('1000000'), flows), costs), multiply(at, owned));
        expect(formatDecimal(equityOf(state, prices).amount)).toBe(formatDecimal(expected));
      }),
    );
  });

  it('the signed position is the base balance, its cost has its sign, and no cost is lost or made', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { state } = book(steps);
        const position = positionOf(state);
        expect(formatDecimal(signedQuantity(position))).toBe(formatDecimal(balanceOf(state, 'position', BTC)));
        const sign = { long: 1n, flat: 0n, short: -1n }[position.direction];
        expect(position.cost.amount.units * sign >= 0n).toBe(true);
        expect(position.direction === 'flat').toBe(isZero(position.quantity));
        if (position.direction === 'flat') expect(isZero(position.cost.amount)).toBe(true);
        const flows = sum(steps.map(({ fill }) => paid(fill)));
        expect(formatDecimal(add(flows, position.realisedPnl.amount))).toBe(formatDecimal(position.cost.amount));
      }),
    );
  });

  it('the mirror image of a history has the mirrored result, but for the rounding of partial closes', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const mirrored = steps.map(({ fill, interest }) => ({
          interest,
          fill: { ...fill, side: fill.side === 'buy' ? ('sell' as const) : ('buy' as const) },
        }));
        const [one, other] = [positionOf(book(steps).state), positionOf(book(mirrored).state)];
        expect(formatDecimal(signedQuantity(other))).toBe(formatDecimal(negate(signedQuantity(one))));
        // Each partial close may shift less than one unit of the fifth decimal, on both sides towards the smaller profit.
        const drift = add(one.realisedPnl.amount, other.realisedPnl.amount);
        const most = decimal(BigInt(2 * steps.length), 5);
        expect(drift.units <= 0n && subtract(drift, negate(most)).units >= 0n).toBe(true);
      }),
    );
  });

  it('an account that never sells what it has not has the same books with and without margin terms', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let held: Decimal = ZERO;
        const spot = steps.filter(({ fill }) => {
          const after = add(held, fill.side === 'buy' ? fill.quantity : negate(fill.quantity));
          if (after.units < 0n) return false;
          held = after;
          return true;
        });
        const play = (traded: Instrument): LedgerState =>
          spot.reduce(
            (now, { fill }) => applyFill(now, fill, traded).state,
            openLedger(USDT, parseDecimal('1000000'), at(0)).state,
          );
        const texts = ({ balances, positions }: LedgerState) => [
          ...[...balances].map(([key, amount]) => `${key} ${formatDecimal(amount)}`),
          ...[...positions.values()].map(({ direction, quantity: size, cost, realisedPnl, fees }) =>
            [direction, ...[size, cost.amount, realisedPnl.amount, fees.amount].map(formatDecimal)].join(' '),
          ),
        ];
        expect(texts(play(MARGIN))).toEqual(texts(play(instrument)));
      }),
    );
  });
});
