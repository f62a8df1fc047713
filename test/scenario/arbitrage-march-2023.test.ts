import { describe, expect, it } from 'vitest';
import { readCandleColumns } from '#adapters/feed-file/file-feed.ts';
import { stepsOf } from '#core/arbitrage/quotes.ts';
import { type PairStudy, type Sieve, studyArbitrage } from '#core/arbitrage/study.ts';
import { formatDecimal, isPositive, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { MINUTE, market } from '../support/arbitrage-builders.ts';
import { candleFile, notRunWithoutShared } from '../support/shared-material.ts';

const absent = notRunWithoutShared('arbitrage on real candles of March 2023');

/** Assumed taker fees; docs/arbitrage.md says the same. */
const FEES: Readonly<Record<string, string>> = { kraken: '26', binanceus: '10', bybit: '10' };
const DEPEG = ['2023-03-10', '2023-03-11', '2023-03-12', '2023-03-13'];

const open = (venue: string, pair: string) => {
  const { columns } = readCandleColumns(candleFile(`${venue}-${pair.replace('/', '')}-1m.csv.gz`), '1m');
  return { columns, market: market(`${venue} ${pair}`, FEES[venue] ?? '10', stepsOf(columns)) };
};

const study = (): readonly PairStudy[] =>
  studyArbitrage(
    [
      open('binanceus', 'BTC/USD'),
      open('binanceus', 'BTC/USDC'),
      open('kraken', 'BTC/USDC'),
      open('kraken', 'USDC/USD'),
      open('bybit', 'BTC/USDC'),
    ],
    {
      leastBps: parseDecimal('10'),
      most: parseDecimal('10000'),
      latencyMs: MINUTE,
      lateMs: 2 * MINUTE,
      rates: { rejected: 0.02, partial: 0.05, late: 0.02 },
      mostLossBps: parseDecimal('50'),
      patience: 5,
      stock: parseDecimal('5'),
      halfSpreadBps: parseDecimal('2'),
      volumeShare: parseDecimal('0.1'),
      seed: 0,
      from: unixMs(Date.parse('2023-03-07T00:00:00Z')),
      to: unixMs(Date.parse('2023-03-17T00:00:00Z')),
    },
  );

describe.skipIf(absent)('the de-peg of USDC, 10 to 13 March 2023', () => {
  it('stands out on every pair, and each sieve leaves less of it', () => {
    const studies = study();
    expect(studies).toHaveLength(6);
    let [inside, outside] = [0, 0];
    for (const { pair, days, total } of studies) {
      const on = (dates: (day: string) => boolean): readonly Sieve[] =>
        [...days].filter(([day]) => dates(utcText(day).slice(0, 10))).map(([, sieve]) => sieve);
      const sum = (rows: readonly Sieve[]): number => rows.reduce((count, { net }) => count + net, 0);
      inside += sum(on((day) => DEPEG.includes(day)));
      outside += sum(on((day) => !DEPEG.includes(day)));
      const largest = [...days].toSorted(([, a], [, b]) => b.netMostPpm - a.netMostPpm)[0];
      expect(utcText(largest?.[0] ?? unixMs(0)).slice(0, 10), pair).toBe('2023-03-11');
      expect(total.gross).toBeGreaterThan(total.quoted);
      expect(total.quoted).toBeGreaterThan(total.net);
      expect(total.net).toBeGreaterThan(total.survived);
      expect(total.net).toBeGreaterThan(total.certain);
      console.log(
        `${pair}: ${total.moments} minutes, gross ${total.gross}, after fees ${total.net}, after a minute ${total.survived}, certain ${total.certain}; ${total.trades} trades, ${total.legFailures} with a failed leg, ${total.losing} lost, ${formatDecimal(total.profit)}`,
      );
    }
    expect(inside).toBeGreaterThan(1000);
    expect(outside / inside).toBeLessThan(0.01);
    // What looks like 7 to 15 percent at par is far less through the market of the coin itself, on all but the emptiest book.
    const bybit = studies.find(({ pair }) => pair.startsWith('binanceus BTC/USD - bybit'))?.total;
    if (bybit === undefined) throw new Error('no pair of binanceus and bybit');
    expect(bybit.parMostPpm).toBeGreaterThan(70_000);
    expect(bybit.grossMostPpm).toBeLessThan(0.6 * bybit.parMostPpm);
    expect(bybit.legFailures / bybit.trades).toBeGreaterThan(0.3);
    expect(isPositive(bybit.profit)).toBe(true);
  });
});
