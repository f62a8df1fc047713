import { describe, expect, it } from 'vitest';
import { openAccount } from '#core/cycle/account.ts';
import { add, decimal, formatDecimal, parseDecimal, subtract, sum } from '#core/domain/decimal.ts';
import { type InstrumentId, type TradeId, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset, money, price, quantity } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { createAccountEvents } from '#core/performance/account-events.ts';
import { measureAccount } from '#core/performance/measure.ts';
import { profitAndLoss } from '#core/performance/profit-and-loss.ts';
import { fillRecord, spawnedRecord } from '../support/performance-records.ts';
import * as fc from '../support/seeded-check.ts';
import { BTCUSDT, fillOf, HOUR, instrument, USDT } from '../support/trading-builders.ts';

const ETHUSDT = 'ETH/USDT.SIM' as InstrumentId;
const ether: Instrument = { ...instrument, id: ETHUSDT, symbol: 'ETH/USDT', base: asset('ETH') };

type Step = {
  readonly owner: number;
  readonly ether: boolean;
  readonly sell: boolean;
  readonly lots: number;
  readonly cents: number;
  readonly fee: number;
  readonly feeInBase: boolean;
  readonly hours: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  owner: fc.integer({ min: 0, max: 3 }),
  ether: fc.boolean(),
  sell: fc.boolean(),
  lots: fc.integer({ min: 2, max: 900 }),
  cents: fc.integer({ min: 100, max: 9_000_000 }),
  fee: fc.integer({ min: 0, max: 999_999 }),
  feeInBase: fc.boolean(),
  hours: fc.integer({ min: 0, max: 200 }),
});

/** Several holders on one account, of two instruments; nobody sells more than it holds itself. */
function play(steps: readonly Step[], deposit: number) {
  const account = openAccount({
    scope: 'standing',
    asset: USDT,
    startingCash: parseDecimal('100000000'),
    openedAt: unixMs(0),
  });
  account.deposit('gift', decimal(BigInt(deposit), 2), unixMs(1));
  const story = createAccountEvents();
  for (const cycle of [1, 2, 3])
    story.take(spawnedRecord(cycle, 0, cycle === 2 ? 'dca' : 'scalping', cycle === 3 ? 'ranging' : 'breakout'));
  const held = new Map<string, number>();
  let ts = 0;
  steps.forEach((one, i) => {
    ts += one.hours * HOUR;
    const key = `${one.owner} ${one.ether}`;
    const own = held.get(key) ?? 0;
    const sell = one.sell && own >= 2_000_000;
    // In units of 1e-6: a lot is 1e-3, and a fee in the base asset takes one unit of a purchase.
    const units = sell ? Math.min(one.lots * 1000, own) : one.lots * 1000;
    const baseFee = one.feeInBase && !sell ? 1 : 0;
    held.set(key, own + (sell ? -units : units) - baseFee);
    const of = one.ether ? ether : instrument;
    const fill: Fill = {
      ...fillOf(sell ? 'sell' : 'buy', '1', '1', '0', `T-${i}` as TradeId),
      instrumentId: of.id,
      quantity: quantity(decimal(BigInt(units), 6)),
      price: price(decimal(BigInt(one.cents), 2)),
      fee: baseFee === 1 ? money(decimal(1n, 6), of.base) : money(decimal(BigInt(one.fee), 6), USDT),
      tsEvent: unixMs(ts),
    };
    account.book(fill, of);
    story.take(fillRecord(one.owner, fill));
  });
  account.mark(BTCUSDT, price('43210.99'), unixMs(ts));
  account.mark(ETHUSDT, price('2100.01'), unixMs(ts));
  return { account, story, end: ts };
}

describe('the result of an account', () => {
  it('is one number: books, records, parts, holders and periods agree to the last digit', () => {
    let seen = 0;
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 10 }),
        (steps, deposit, from) => {
          const { account, story, end } = play(steps, deposit);
          const pnl = profitAndLoss(account.state(), account.prices());
          const total = formatDecimal(pnl.total);
          expect(formatDecimal(subtract(add(pnl.realised, pnl.unrealised), pnl.fees))).toBe(total);
          expect(formatDecimal(subtract(account.equity(), pnl.netDeposits))).toBe(total);
          const measured = measureAccount({
            events: story.events,
            ownerOf: story.ownerOf,
            openedAt: unixMs(0),
            since: unixMs(Math.floor((from * end) / 10)),
            until: unixMs(end + HOUR),
            netDeposits: pnl.netDeposits,
            marks: account.prices(),
          });
          expect(formatDecimal(measured.total)).toBe(total);
          const result = formatDecimal(measured.result);
          for (const parts of [...Object.values(measured.groups), measured.days, measured.weeks, measured.months])
            expect(formatDecimal(sum(parts.map((part) => part.result)))).toBe(result);
          if (result !== total) seen += 1;
        },
      ),
      { numRuns: 150 },
    );
    // Windows that begin in the middle are among them; else they would prove nothing of what was before.
    expect(seen).toBeGreaterThan(20);
  });

  it('moves by the fee and the spread alone when a position is opened', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 500 }), (lots, halfSpreadCents) => {
        const { account } = play([], 0);
        const mid = 4_000_000;
        const size = decimal(BigInt(lots), 3);
        const paid = decimal(BigInt(mid + halfSpreadCents), 2);
        const fee = decimal(BigInt(lots * 7), 4);
        account.book(
          {
            ...fillOf('buy', '1', '1', '0', 'T-open' as TradeId),
            quantity: quantity(size),
            price: price(paid),
            fee: money(fee, USDT),
          },
          instrument,
        );
        account.mark(BTCUSDT, price(decimal(BigInt(mid), 2)), unixMs(HOUR));
        const spread = decimal(BigInt(lots) * BigInt(halfSpreadCents), 5);
        const { total } = profitAndLoss(account.state(), account.prices());
        expect(formatDecimal(total)).toBe(formatDecimal(subtract(decimal(0n), add(fee, spread))));
      }),
      { numRuns: 50 },
    );
  });
});
