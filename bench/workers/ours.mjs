// The product's back-test of `sma-cross`. `ms` of a run is the event loop alone, as the product itself reports it; `wholeMs` is the call
// with everything around it: checks, prices into ticks, hash of the run, books.
import { createHash } from 'node:crypto';
import { lentCurve } from '../../src/core/backtest/curve-memory.ts';
import { runBacktest } from '../../src/core/backtest/run-backtest.ts';
import { dataHash } from '../../src/core/backtest/run-hash.ts';
import { readColumns } from '../lib/candles.mjs';
import { RULES } from '../lib/cross-rules.mjs';

const hex = (data) => createHash('sha256').update(data).digest('hex');

export function prepare({ path }) {
  const emptyMb = Math.round(process.memoryUsage().rss / 2 ** 20);
  const columns = readColumns(path);
  const series = [{ instrumentId: 'BTC/USDT.SIM', columns }];
  // As a search does it: the data are hashed once.
  const known = dataHash(hex, hex, series);
  // And as a search does it, which keeps no curve: the memory of one is lent to the next, as the other engine does.
  const curve = lentCurve();
  const play = (kept) => {
    let [begin, end] = [0, 0];
    let [cpuBegin, cpu] = [process.cpuUsage(), undefined];
    const outcome = runBacktest(
      {
        series,
        strategy: 'sma-cross',
        params: { fast: RULES.fast, slow: RULES.slow },
        feeBps: String(RULES.feeBps),
        cash: String(RULES.cash),
      },
      {
        digest: hex,
        byteDigest: hex,
        dataHash: known,
        ...(kept ? {} : { curve }),
        onLoop(moment) {
          if (moment === 'begin') {
            cpuBegin = process.cpuUsage();
            begin = performance.now();
          } else {
            end = performance.now();
            cpu = process.cpuUsage(cpuBegin);
          }
        },
      },
    );
    if (outcome.status !== 'completed') throw new Error(outcome.cause.message);
    return { outcome, loopMs: end - begin, loopCpuMs: (cpu.user + cpu.system) / 1000 };
  };
  return {
    facts: { emptyMb },
    run: () => {
      const { outcome, loopMs, loopCpuMs } = play();
      return { loopMs, loopCpuMs, fills: outcome.fills.count, runHash: outcome.runHash };
    },
    result: () => {
      const { outcome } = play(true);
      const { candle, side, count } = outcome.fills;
      return {
        fills: Array.from({ length: count }, (_, i) => [candle[i], side[i]]),
        finalEquity: outcome.finalEquity,
        journal: outcome.journal.count,
        equityPoints: outcome.equity.equity.length,
      };
    },
  };
}
