import { describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { compare, formatDecimal, multiply, parseDecimal, subtract } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { price } from '#core/domain/money.ts';
import { balanceOf } from '#core/ledger/ledger.ts';
import { equityOf, reconcile } from '#core/ledger/reconcile.ts';
import * as fc from '../support/seeded-check.ts';
import { bar, tapeRig } from '../support/tape-rig.ts';
import { BTC, BTCUSDT, instrument } from '../support/trading-builders.ts';

const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0.365') },
};

const hour = fc.record({
  gap: fc.integer({ min: -2500, max: 2500 }),
  body: fc.integer({ min: -1500, max: 1500 }),
  up: fc.nat(2000),
  down: fc.nat(2000),
  order: fc.constantFrom('buy', 'buy reduce', 'sell', 'sell open', 'sell open', 'none'),
  type: fc.constantFrom('market', 'limit'),
  lots: fc.integer({ min: 1000, max: 150_000 }),
  volume: fc.integer({ min: 0, max: 2000 }),
});
type Hour = typeof hour extends fc.Arbitrary<infer T> ? T : never;

const options = fc.record({
  feeBps: fc.constantFrom('0', '7.5', '10').map(parseDecimal),
  halfSpreadBps: fc.constantFrom('0', '12.5').map(parseDecimal),
  participation: fc.constantFrom(undefined, 0.1),
});

function play(hours: readonly Hour[], { participation, ...costs }: { participation?: number | undefined } & object) {
  const rig = tapeRig({ instrument: MARGIN, ...costs, ...(participation === undefined ? {} : { participation }) });
  let last = 10_000;
  for (const [i, { gap, body, up, down, order, type, lots, volume }] of hours.entries()) {
    const open = Math.max(2000, last + gap);
    const close = Math.max(2000, open + body);
    const [side, word] = order.split(' ');
    const at = type === 'limit' ? ` ${last / 100}` : '';
    if (side !== 'none')
      rig.submit(i + 1, i + 1, `${side} ${lots / 1000} ${type}${at}${word === undefined ? '' : ` ${word}=1`}`);
    const candle: ClosedCandle = bar(
      i + 1,
      open / 100,
      (Math.max(open, close) + up) / 100,
      Math.max(1000, Math.min(open, close) - down) / 100,
      close / 100,
      volume,
    );
    rig.play(candle);
    last = close;
  }
  return { ...rig, last: String(last / 100) };
}

const days = fc.array(hour, { minLength: 1, maxLength: 25 });

describe('laws of a venue that lends', () => {
  it('books balance, equity is explained to the last digit, and venue and ledger agree on what is owed', () => {
    let shorts = 0;
    let liquidations = 0;
    let interest = 0;
    fc.assert(
      fc.property(days, options, (hours, costs) => {
        const { state, venue, last, lines } = play(hours, costs);
        const prices = new Map([[BTCUSDT, price(last)]]);
        const now = state();
        expect(formatDecimal(reconcile(now, prices).difference)).toBe('0');
        const { holding, borrowed } = venue.state();
        const owed = subtract(holding, borrowed?.quantity ?? parseDecimal('0'));
        expect(formatDecimal(owed)).toBe(formatDecimal(balanceOf(now, 'position', BTC)));
        expect(now.positions.get(BTCUSDT)?.direction ?? 'flat').toBe(
          owed.units > 0n ? 'long' : owed.units < 0n ? 'short' : 'flat',
        );
        if (borrowed !== undefined) shorts += 1;
        if (lines.some((line) => line.includes('liquidation'))) liquidations += 1;
        if (lines.some((line) => line.includes('interest'))) interest += 1;
      }),
      { numRuns: 300 },
    );
    // The histories do reach what they are about.
    expect(Math.min(shorts, liquidations, interest)).toBeGreaterThan(10);
  });

  it('leaves nothing borrowed below the maintenance margin where all can be bought back', () => {
    fc.assert(
      fc.property(days, (hours) => {
        const { state, venue, last } = play(hours, {});
        const { borrowed } = venue.state();
        if (borrowed === undefined) return;
        const at = price(last);
        // Interest of the last candle was charged after it had closed.
        const charged = parseDecimal('10');
        const needed = subtract(multiply(multiply(borrowed.quantity, at), parseDecimal('0.25')), charged);
        expect(compare(equityOf(state(), new Map([[BTCUSDT, at]])).amount, needed)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it('the same orders and candles give the same events', () => {
    fc.assert(
      fc.property(days, options, (hours, costs) => {
        expect(play(hours, costs).lines).toEqual(play(hours, costs).lines);
      }),
    );
  });
});
