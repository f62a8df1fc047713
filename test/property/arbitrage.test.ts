import { describe, expect, it } from 'vitest';
import { detect } from '#core/arbitrage/detect.ts';
import { earns, turnOf } from '#core/arbitrage/edge.ts';
import { createInventory, type InventoryEntry, TRANSIT } from '#core/arbitrage/inventory.ts';
import { createLegVenue } from '#core/arbitrage/leg-venue.ts';
import { findRoutes } from '#core/arbitrage/routes.ts';
import { openTrade } from '#core/arbitrage/trade.ts';
import type { ArbitrageMarket } from '#core/arbitrage/types.ts';
import { withSlack } from '#core/arbitrage/with-slack.ts';
import {
  absolute,
  add,
  compare,
  type Decimal,
  formatDecimal,
  parseDecimal,
  subtract,
  ZERO,
} from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { type Asset, asset } from '#core/domain/money.ts';
import { createRng } from '#core/kernel/rng.ts';
import { sliceColumns } from '#core/market/candle-columns.ts';
import { candles, closeOf, lookAt, MINUTE, market, minutes } from '../support/arbitrage-builders.ts';
import * as fc from '../support/seeded-check.ts';

const MARKETS = [
  market('a BTC/USD', '10'),
  market('b BTC/USD', '26'),
  market('b BTC/USDC', '26'),
  market('b USDC/USD', '20'),
] as const;
const ASSETS = ['BTC', 'USD', 'USDC'].map(asset);
const COUNT = 40;

/** Prices that jump about, with holes and empty minutes: spreads of all sizes, on all routes. */
const tapes = fc.array(
  fc.record({
    jumps: fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 4, maxLength: 4 }),
    holes: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
    volume: fc.integer({ min: 0, max: 400 }),
  }),
  { minLength: COUNT, maxLength: COUNT },
);
type Tape = typeof tapes extends fc.Arbitrary<infer T> ? T : never;

const columnsOf = (tape: Tape, place: number) =>
  minutes(
    tape.map(({ jumps, holes }) => {
      if (holes[place] === 0) return undefined;
      const jump = jumps[place] ?? 0;
      return place === 3 ? (9500 + jump) / 10_000 : (2_000_000 + 1000 * jump) / 100;
    }),
    tape.map(({ volume }) => (place === 3 ? 1000 * volume : volume / 100)),
  );

const terms = { leastBps: parseDecimal('1'), most: parseDecimal('5000') };

const sumOf = (entries: readonly InventoryEntry[], venue: string | undefined, of: Asset): Decimal => {
  let total: Decimal = ZERO;
  for (const entry of entries)
    if (entry.asset === of && (venue === undefined || entry.venue === venue)) total = add(total, entry.amount);
  return total;
};

describe('arbitrage', () => {
  it('reconciles to nothing after any failures, is never more exposed than its trade, and holds no bitcoin afterwards', () => {
    let [trades, failed, closed] = [0, 0, 0];
    fc.assert(
      fc.property(tapes, fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 2 }), (tape, seed, latency) => {
        const sources = MARKETS.map((of, place) => candles(of, columnsOf(tape, place), { halfSpreadBps: '1' }));
        const look = (of: ArbitrageMarket, at: number) => lookAt(sources, unixMs(at))(of);
        const start = MARKETS.flatMap(({ venue, base, quote }) => [
          { at: closeOf(0), venue, asset: base, amount: parseDecimal(base === 'BTC' ? '2' : '9000') },
          { at: closeOf(0), venue, asset: quote, amount: parseDecimal('9000.37') },
        ]);
        const inventory = createInventory(start);
        const rates = { rejected: 0.2, partial: 0.2, late: 0.2 };
        const venue = createLegVenue(
          look,
          inventory,
          { latencyMs: latency * MINUTE, lateMs: 2 * MINUTE, rates },
          createRng(seed),
        );
        const changes = new Map<Asset, Decimal>();
        for (let i = 0; i + 20 < COUNT; i++) {
          const found = findRoutes(MARKETS)
            .map((route) => detect(route, closeOf(i), lookAt(sources, closeOf(i)), terms))
            .find((seen) => seen.kind === 'opportunity');
          if (found?.kind !== 'opportunity') continue;
          const trade = openTrade(found, closeOf(i), venue, look, { mostLossBps: parseDecimal('30'), patience: 2 });
          while (trade.view.state === 'open' && i < COUNT - 1) {
            i += 1;
            trade.step(closeOf(i));
            expect(compare(absolute(trade.view.changeOf(asset('BTC'))), found.quantity)).not.toBe(1);
          }
          const { view } = trade;
          trades += 1;
          if (Object.values(view.first).some((outcome) => outcome !== 'filled')) failed += 1;
          expect(compare(view.mostExposed, found.quantity)).not.toBe(1);
          for (const of of ASSETS) changes.set(of, add(changes.get(of) ?? ZERO, view.changeOf(of)));
          if (view.state === 'open') break;
          closed += 1;
          expect(formatDecimal(view.changeOf(asset('BTC')))).toBe('0');
        }
        // Two ledgers that know nothing of each other: what fills say changed, and what the balances on the venues say.
        for (const of of ASSETS) {
          const began = sumOf(
            inventory.entries.filter(({ cause }) => cause === 'start'),
            undefined,
            of,
          );
          expect(formatDecimal(subtract(subtract(inventory.total(of), began), changes.get(of) ?? ZERO))).toBe('0');
          for (const place of ['a', 'b', TRANSIT]) {
            expect(formatDecimal(subtract(inventory.balance(place, of), sumOf(inventory.entries, place, of)))).toBe(
              '0',
            );
            expect(compare(inventory.balance(place, of), ZERO)).not.toBe(-1);
          }
        }
      }),
      { numRuns: 300 },
    );
    // Otherwise it would say nothing about failures.
    expect(trades).toBeGreaterThan(500);
    expect(failed).toBeGreaterThan(200);
    expect(closed).toBeGreaterThan(400);
  });

  it('sees at any moment what it would see if the tape ended there', () => {
    let [found, gaveWay] = [0, 0];
    fc.assert(
      fc.property(tapes, fc.integer({ min: 1, max: COUNT - 1 }), (tape, until) => {
        const whole = MARKETS.map((of, place) => candles(of, columnsOf(tape, place)));
        const cut = MARKETS.map((of, place) => {
          const columns = columnsOf(tape, place);
          const known = columns.openTime.filter((open) => open + MINUTE <= closeOf(until)).length;
          return candles(of, sliceColumns(columns, 0, known));
        });
        for (const route of findRoutes(MARKETS)) {
          const seen = detect(route, closeOf(until), lookAt(whole, closeOf(until)), terms);
          expect(detect(route, closeOf(until), lookAt(cut, closeOf(until)), terms)).toEqual(seen);
          if (seen.kind !== 'opportunity') continue;
          found += 1;
          // Every leg at its limit still earns what was asked for, but for the rounding of its fees.
          expect(compare(seen.profit, ZERO)).toBe(1);
          // With limits that give way, all legs at their limits together still lose nothing.
          const { legs } = withSlack(seen);
          const limit = (name: string) => legs.find((leg) => leg.name === name)?.limit ?? parseDecimal('1');
          const limits = { buy: limit('buy'), sell: limit('sell'), convert: limit('convert') };
          expect(earns(turnOf(route, limits, true), ZERO)).toBe(true);
          if (legs.some((leg, i) => compare(leg.limit, seen.legs[i]?.limit ?? leg.limit) !== 0)) gaveWay += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(100);
    expect(gaveWay).toBeGreaterThan(100);
  });
});
