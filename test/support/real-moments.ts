import { sha256 } from '#adapters/digest/sha256.ts';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { buildContext, HISTORY_CANDLES } from '#core/context/build-context.ts';
import type { MarketContext } from '#core/context/types.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { candleFile } from './shared-material.ts';

/** Contexts of BTC 1h at `count` moments spread evenly over [from, until), each built from the candles closed by then. */
export function btcMoments(count: number, from: string, until: string): readonly MarketContext[] {
  const { series } = readCandleFile(candleFile('binance-BTCUSDT-1h.csv.gz'), '1h');
  const [start, end] = [Date.parse(from), Date.parse(until)];
  return Array.from({ length: count }, (_, index) => {
    const asOf = unixMs(Math.floor(start + ((index + 0.5) * (end - start)) / count));
    const known = series.candles.filter((candle) => candle.closeTime <= asOf).slice(-HISTORY_CANDLES);
    const snapshot = buildSnapshot(sha256, {
      instrumentId: 'BTC/USDT.SIM' as InstrumentId,
      interval: '1h',
      asOf,
      source: 'file',
      history: { series: { interval: '1h', candles: known }, gaps: [] },
    });
    return buildContext(sha256, snapshot);
  });
}
