import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { AppEvent } from '#shared/contract/app-contract.ts';
import type { SimulatedMarket } from './simulated-market.ts';

export type PumpOptions = {
  readonly market: SimulatedMarket;
  readonly instruments: readonly Instrument[];
  readonly onCandle: (candle: AppEvent<'market.candle'>) => void;
  readonly onError: (error: unknown) => void;
};

const COARSER = ['5m', '15m', '30m', '1h'] as const;

/** Tells of every candle that closes on the running simulated market, the coarser intervals too. Returns the undo. */
export function startMarketPump({ market, instruments, onCandle, onError }: PumpOptions): () => void {
  const abort = createAbortSource();

  async function follow(instrument: Instrument): Promise<void> {
    let now = unixMs(Math.floor(market.clock.now() / INTERVAL_MS['1m']) * INTERVAL_MS['1m']);
    for (;;) {
      const candle = await market.feed.next(instrument.id, '1m', now, abort.token);
      if (candle === undefined) return;
      now = candle.closeTime;
      const { openTime, open, high, low, close, volume } = candle;
      onCandle({ instrument: instrument.symbol, interval: '1m', openTime, open, high, low, close, volume });
      for (const interval of COARSER) {
        if (now % INTERVAL_MS[interval] !== 0) continue;
        const closed = market.feed.history(instrument.id, interval, now, 1).series.candles.at(-1);
        if (closed === undefined) continue;
        onCandle({
          instrument: instrument.symbol,
          interval,
          openTime: closed.openTime,
          open: closed.open,
          high: closed.high,
          low: closed.low,
          close: closed.close,
          volume: closed.volume,
        });
      }
    }
  }

  for (const instrument of instruments) follow(instrument).catch(onError);
  return () => abort.abort('the engine closes');
}
