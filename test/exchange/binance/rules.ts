import { fixed } from '../core/fixed.ts';
import type { Instrument } from '../core/types.ts';
import type { VenueRules } from '../core/venue.ts';

const instrument = (
  base: string,
  quote: string,
  startPrice: string,
  tick: string,
  step: string,
  least: string,
): Instrument => ({
  id: `${base}${quote}`,
  base,
  quote,
  tick: fixed(tick),
  step: fixed(step),
  minQuantity: fixed(step),
  maxQuantity: fixed('9000'),
  minNotional: fixed(least),
  startPrice: fixed(startPrice),
});

/** Ids are the venue's own, `BTCUSDT`. Grids are those of the real instruments. */
export const binanceRules: VenueRules = {
  instruments: [
    instrument('BTC', 'USDT', '60000', '0.01', '0.00001', '5'),
    instrument('ETH', 'USDT', '3000', '0.01', '0.0001', '5'),
    instrument('SOL', 'USDT', '150', '0.01', '0.001', '5'),
    instrument('ETH', 'BTC', '0.05', '0.00001', '0.0001', '0.0001'),
  ],
  fees: { maker: fixed('0.001'), taker: fixed('0.001'), takenIn: 'received' },
  selfTrade: 'maker_expires',
  maxOpenOrders: 200,
  defaultKey: {
    key: 'binance-test-key',
    secret: 'binance-test-secret',
    account: 'master',
    read: true,
    trade: true,
    withdraw: false,
  },
  defaultBalances: { USDT: '100000', BTC: '2', ETH: '20', SOL: '100' },
};
