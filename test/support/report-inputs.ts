import { createRng } from '#core/kernel/rng.ts';
import type { ReportInput } from '#core/report/types.ts';
import { buyAndHold } from '#core/statistics/benchmarks.ts';
import { placeAtRandom } from '#core/statistics/placement.ts';
import { summarise } from '#core/statistics/summarise.ts';
import type { EquityRecord, TradeRecord } from '#core/statistics/types.ts';
import { HOUR, NEW_YEAR_2024, randomMarket } from './equity-records.ts';

/** A made-up run of hourly candles: random entries in a random market, marked at every close, with fees. */
export function reportInput(days: number, tradeCount: number, changes: Partial<ReportInput> = {}): ReportInput {
  const rng = createRng(4);
  const candles = days * 24;
  const market = randomMarket(rng.fork('market'), candles, 0.006);
  const lengths = Int32Array.from({ length: tradeCount }, () => 4 + rng.integer(20));
  const entries = placeAtRandom(lengths, candles - 1, rng.fork('entries')) ?? new Int32Array(0);
  const placed = [...entries].map((entry, i) => ({ entry, exit: entry + (lengths[i] as number) }));
  const times = Float64Array.from({ length: candles }, (_, i) => NEW_YEAR_2024 + (i + 1) * HOUR);
  const equity = new Float64Array(candles);
  const trades: TradeRecord[] = [];
  let cash = 10_000;
  let next = 0;
  for (let i = 0; i < candles; i++) {
    const position = placed[next];
    const price = market.close[i] as number;
    if (position === undefined || i < position.entry) equity[i] = cash;
    else {
      const entryPrice = market.open[position.entry] as number;
      const quantity = (0.5 * cash) / entryPrice;
      equity[i] = cash + quantity * (price - entryPrice) - quantity * entryPrice * 0.001;
      if (i + 1 === position.exit) {
        const exitPrice = market.open[position.exit] as number;
        const fees = quantity * (entryPrice + exitPrice) * 0.001;
        const netPnl = quantity * (exitPrice - entryPrice) - fees;
        trades.push({
          entryTime: NEW_YEAR_2024 + position.entry * HOUR,
          exitTime: NEW_YEAR_2024 + position.exit * HOUR,
          quantity,
          entryPrice,
          exitPrice,
          fees,
          netPnl,
          riskTaken: 0.01 * cash,
        });
        cash += netPnl;
        next++;
      }
    }
  }
  const record: EquityRecord = { startEquity: 10_000, startTime: NEW_YEAR_2024, times, equity, intervalMs: HOUR };
  const metrics = summarise({
    record,
    trades,
    market,
    costPerSide: 0.001,
    trials: { trials: 24, sharpeVariance: 0.002 },
    rng: rng.fork('statistics'),
  });
  return {
    strategy: 'trend-following',
    instrument: 'BTC/USDT',
    interval: '1h',
    source: 'generated market, seed 4',
    params: { fastLength: 20, slowLength: 50 },
    profiles: { limits: 'default', costs: 'default' },
    runHash: '3f'.repeat(32),
    dataHash: 'a9'.repeat(32),
    seed: 4,
    currency: 'USDT',
    startingCash: '10000',
    finalEquity: '10123.45678901',
    metrics,
    record,
    held: buyAndHold(record, market, 0.001).equity,
    trades,
    ...changes,
  };
}
