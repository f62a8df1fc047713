import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Rng } from '#core/kernel/rng.ts';
import type { CandleColumns } from '#core/statistics/candle-prefix.ts';
import { HOUR, NEW_YEAR_2024 } from './equity-records.ts';

/** Hourly candles of a market that trends and ranges by turns, as columns. */
export function probeColumns(rng: Rng, length: number): CandleColumns {
  const column = (): Float64Array => new Float64Array(length);
  const columns = {
    openTime: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let price = 100;
  let drift = 0;
  for (let i = 0; i < length; i++) {
    if (i % 60 === 0) drift = [-0.003, 0, 0, 0.003][rng.integer(4)] as number;
    const pull = drift === 0 ? 0.05 * Math.log(100 / price) : 0;
    const open = price;
    price *= Math.exp(drift + pull + 0.006 * rng.normal());
    columns.openTime[i] = NEW_YEAR_2024 + i * HOUR;
    columns.open[i] = open;
    columns.high[i] = Math.max(open, price) * (1 + 0.003 * rng.next());
    columns.low[i] = Math.min(open, price) * (1 - 0.003 * rng.next());
    columns.close[i] = price;
    columns.volume[i] = 1 + 10 * rng.next();
  }
  return columns;
}

/** The same candles as the series that an agent is shown. */
export const seriesOf = (columns: CandleColumns): CandleSeries => ({
  interval: '1h',
  candles: Array.from(columns.close, (close, i) => {
    const openTime = columns.openTime[i] as number;
    return {
      openTime: unixMs(openTime),
      closeTime: unixMs(openTime + HOUR),
      open: columns.open[i] as number,
      high: columns.high[i] as number,
      low: columns.low[i] as number,
      close,
      volume: columns.volume[i] as number,
    } as ClosedCandle;
  }),
});
