import { describe, expect, it } from 'vitest';
import { createPriceWatch, type PriceAlert, type SeenPrices } from '#core/alerts/price-watch.ts';

const above: PriceAlert = {
  id: 'P-1',
  symbol: 'BTC/USDT',
  market: 'simulated',
  side: 'above',
  level: '65000',
  once: false,
};
const candle = (low: number, high: number, close = high) => ({
  market: 'simulated',
  symbol: 'BTC/USDT',
  high,
  low,
  close,
});
/** A watch whose looks are written down at once, as its owner does. */
function openWatch() {
  const watch = createPriceWatch();
  return {
    set: watch.set,
    reached(seen: SeenPrices) {
      const { reached, back } = watch.look(seen);
      for (const { alert } of reached) watch.rest(alert.id);
      for (const { id } of back) watch.arm(id);
      return reached;
    },
  };
}
const ids = (reached: readonly { readonly alert: PriceAlert }[]): readonly string[] =>
  reached.map(({ alert }) => alert.id);

describe('the watch on prices', () => {
  it('is reached by the extreme of a candle, to the last digit, and by no other market', () => {
    const watch = openWatch();
    watch.set(above);
    expect(watch.reached(candle(64_000, 64_999.99))).toEqual([]);
    expect(watch.reached({ ...candle(64_000, 70_000), market: 'binance' })).toEqual([]);
    expect(watch.reached({ ...candle(64_000, 70_000), symbol: 'ETH/USDT' })).toEqual([]);
    expect(watch.reached(candle(64_000, 65_000, 64_500))).toMatchObject([{ price: '65000' }]);
  });

  it('speaks again only when the price has been on the other side', () => {
    const watch = openWatch();
    watch.set(above);
    expect(ids(watch.reached(candle(64_900, 65_100)))).toEqual(['P-1']);
    expect(watch.reached(candle(65_000, 65_200))).toEqual([]);
    expect(watch.reached(candle(64_000, 65_050, 64_100))).toEqual([]);
    expect(ids(watch.reached(candle(64_900, 65_300)))).toEqual(['P-1']);
  });

  it('looks below as it looks above', () => {
    const watch = openWatch();
    watch.set({ ...above, id: 'P-2', side: 'below', level: '60000.5' });
    expect(watch.reached(candle(60_000.6, 61_000))).toEqual([]);
    expect(watch.reached(candle(60_000.5, 61_000))).toMatchObject([{ price: '60000.5' }]);
  });
});
