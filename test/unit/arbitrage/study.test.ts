import { describe, expect, it } from 'vitest';
import { stepsOf } from '#core/arbitrage/quotes.ts';
import { type StudyTerms, studyArbitrage } from '#core/arbitrage/study.ts';
import { compare, formatDecimal, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createRng } from '#core/kernel/rng.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { MINUTE, market, minutes, START } from '../../support/arbitrage-builders.ts';

const COUNT = 3000;
/** Minutes at which one market was moved away from the others, and by how much. */
const PLANTED = [100, 101, 102, 500, 1439, 1440, 2200] as const;
/** Wide spreads in minutes in which one of the legs did not trade: no opportunities. */
const EMPTY = [700, 1800] as const;
const DAY_MS = 86_400_000;

/** Two venues with the same price but for noise of a basis point, a coin at 0.95, and planted spreads of two percent. */
function tapes(planted: readonly number[]): Readonly<Record<'a' | 'b' | 'coined' | 'coin', CandleColumns>> {
  const rng = createRng(7);
  let price = 20_000;
  const prices = Array.from({ length: COUNT }, () => {
    price *= 1 + 0.0004 * (rng.next() - 0.5);
    return price;
  });
  const noisy = (of: number, i: number, moved: boolean): number =>
    Math.round(of * (1 + 0.0001 * (rng.next() - 0.5)) * (moved && planted.includes(i) ? 1.02 : 1) * 100) / 100;
  const volumes = Array.from({ length: COUNT }, (_, i) => (EMPTY.some((at) => at === i) ? 0 : 5));
  return {
    a: minutes(prices.map((of, i) => noisy(of, i, false))),
    b: minutes(
      prices.map((of, i) => noisy(of, i, true) * (EMPTY.some((at) => at === i) ? 2 : 1)),
      volumes,
    ),
    coined: minutes(prices.map((of, i) => noisy(of / 0.95, i, true))),
    coin: minutes(
      prices.map((_, i) => (i % 50 === 0 ? 0.9501 : 0.95)),
      1_000_000,
    ),
  };
}

const terms = (more: Partial<StudyTerms> = {}): StudyTerms => ({
  leastBps: parseDecimal('20'),
  most: parseDecimal('10000'),
  latencyMs: 0,
  lateMs: 2 * MINUTE,
  rates: { rejected: 0, partial: 0, late: 0 },
  mostLossBps: parseDecimal('50'),
  patience: 3,
  stock: parseDecimal('20'),
  halfSpreadBps: parseDecimal('2'),
  volumeShare: parseDecimal('0.5'),
  seed: 1,
  ...more,
});

const studyOf = (planted: readonly number[], more: Partial<StudyTerms> = {}, fee = '10') => {
  const { a, b, coined, coin } = tapes(planted);
  const of = (name: string, columns: CandleColumns) => ({ columns, market: market(name, fee, stepsOf(columns)) });
  return studyArbitrage(
    [of('a BTC/USD', a), of('b BTC/USD', b), of('b BTC/USDC', coined), of('b USDC/USD', coin)],
    terms(more),
  );
};
const pairOf = (studies: ReturnType<typeof studyOf>, part: string) => {
  const found = studies.find(({ pair }) => pair === part);
  if (found === undefined) throw new Error(`no pair ${part}: ${studies.map(({ pair }) => pair).join('; ')}`);
  return found;
};
const CROSS = 'a BTC/USD - b BTC/USD';
const COINED = 'a BTC/USD - b BTC/USDC by b USDC/USD';
const OWN = 'b BTC/USD - b BTC/USDC by b USDC/USD';

describe('the study', () => {
  it('finds every planted spread, on its day, and none elsewhere', () => {
    const studies = studyOf(PLANTED);
    expect(studies).toHaveLength(3);
    for (const name of [CROSS, COINED]) {
      const { total, days } = pairOf(studies, name);
      expect([name, total.net, total.gross, total.certain]).toEqual([name, 7, 7, 7]);
      // The tape begins at midnight; minute 1439 closes at midnight and belongs to the first day.
      expect([...days].map(([day, { net }]) => [(day - START) / DAY_MS, net])).toEqual([
        [0, 5],
        [1, 2],
        [2, 0],
      ]);
      expect(total.netMostPpm).toBeGreaterThan(16_000);
      expect(total.netMostPpm).toBeLessThan(20_000);
      expect(total.trades).toBeGreaterThan(3);
      expect(isPositive(total.profit)).toBe(true);
    }
    expect(pairOf(studies, CROSS).total.moments).toBe(COUNT - EMPTY.length);
    // Both markets of the venue were moved alike: there is nothing between them.
    expect(pairOf(studies, OWN)).toMatchObject({ kind: 'triangular', total: { gross: 0, trades: 0 } });
  });

  it('finds nothing on the same tapes without the planted spreads', () => {
    for (const { total } of studyOf([])) expect([total.gross, total.net, total.trades]).toEqual([0, 0, 0]);
  });

  it('calls what a coin below its par looks like by its name: apart at par, no spread', () => {
    const { total } = pairOf(studyOf([]), COINED);
    expect(total.parMostPpm).toBeGreaterThan(52_000);
    expect(total.grossMostPpm).toBeLessThan(200);
  });

  it('loses with each sieve: fees, a minute of latency, failing legs', () => {
    const cross = (more: Partial<StudyTerms>, fee?: string) => pairOf(studyOf(PLANTED, more, fee), CROSS).total;
    expect(cross({}, '95')).toMatchObject({ gross: 7, quoted: 7, net: 0, trades: 0 });
    const late = cross({ latencyMs: MINUTE });
    // Of the seven minutes three are followed by another planted one.
    expect(late).toMatchObject({ net: 7, survived: 3 });
    const failing = cross({ rates: { rejected: 0.4, partial: 0.3, late: 0.2 } });
    expect(failing.legFailures).toBeGreaterThan(0);
    expect(compare(failing.profit, cross({}).profit)).toBe(-1);
  });

  it('stays detect-only without stock, and says which leg lacks what', () => {
    const { total, reasons } = pairOf(studyOf(PLANTED, { stock: parseDecimal('0') }), CROSS);
    expect(total).toMatchObject({ net: 7, detectOnly: 7, trades: 0 });
    expect(reasons).toEqual([{ reason: 'a holds N USD; the buy leg gives away N', times: 7 }]);
  });

  it('sends stock back when a venue runs dry, outside of trades, and counts what it costs', () => {
    const many = Array.from({ length: 2000 }, (_, i) => 200 + i);
    const { total, transfers, networkFees } = pairOf(studyOf(many, { stock: parseDecimal('2') }), CROSS);
    expect(transfers).toBeGreaterThan(2);
    expect(isPositive(networkFees)).toBe(true);
    // A day is under way with the cash: most of the time there is nothing to trade with.
    expect(total.detectOnly).toBeGreaterThan(total.trades);
  });

  it('gives the same answer for the same seed', () => {
    const rates = { rejected: 0.2, partial: 0.2, late: 0.2 };
    const at = (seed: number) => studyOf(PLANTED, { rates, seed }).map(({ total }) => formatDecimal(total.profit));
    expect(at(3)).toEqual(at(3));
    expect(at(3)).not.toEqual(at(4));
  });

  it('looks only where it is asked to', () => {
    const only = { from: unixMs(START + 400 * MINUTE), to: unixMs(START + 600 * MINUTE) };
    expect(pairOf(studyOf(PLANTED, only), CROSS).total).toMatchObject({ moments: 200, net: 1 });
  });
});
