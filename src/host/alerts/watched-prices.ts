import type { SeenPrices } from '#core/alerts/price-watch.ts';
import { symbolParts } from '#core/alerts/symbol-parts.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { LivePrices } from '../live-prices.ts';

/** Live prices as they are, with every closed candle of theirs told to the price alerts. */
export const watchedPrices = (prices: LivePrices, see: (seen: SeenPrices, at: UnixMs) => void): LivePrices => ({
  ...prices,
  async open(reach) {
    const market = await prices.open(reach);
    const off = market.subscribe((event) => {
      if (event.kind !== 'candle') return;
      const { symbol } = symbolParts(event.instrumentId);
      const { high, low, close, closeTime } = event.candle;
      see({ market: reach.venue, symbol, high, low, close }, closeTime);
    });
    return {
      ...market,
      async close() {
        off();
        await market.close();
      },
    };
  },
});
