import { fixed } from '../core/fixed.ts';
import type { Instrument } from '../core/types.ts';
import type { VenueRules } from '../core/venue.ts';

/** One pair under all the names that kraken has for it. */
export type Pair = {
  /** `XBTUSD`: in descriptions of orders, and inside this exchange. */
  readonly altname: string;
  /** `XXBTZUSD`: the key of REST answers. */
  readonly key: string;
  /** `XBT/USD`. */
  readonly wsname: string;
  /** `BTC/USD`: in the second version of the WebSocket protocol. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly priceDecimals: number;
  readonly leastQuantity: string;
  readonly startPrice: string;
};

export const LOT_DECIMALS = 8;
const LEAST_COST = '0.5';

export const PAIRS: readonly Pair[] = [
  pair('XBTUSD', 'XXBTZUSD', 'XBT/USD', 'BTC/USD', 'XXBT', 'ZUSD', 1, '0.00005', '60000'),
  pair('ETHUSD', 'XETHZUSD', 'ETH/USD', 'ETH/USD', 'XETH', 'ZUSD', 2, '0.001', '3000'),
  pair('XBTUSDT', 'XBTUSDT', 'XBT/USDT', 'BTC/USDT', 'XXBT', 'USDT', 1, '0.00005', '60000'),
  pair('SOLUSD', 'SOLUSD', 'SOL/USD', 'SOL/USD', 'SOL', 'ZUSD', 2, '0.02', '150'),
];

function pair(
  altname: string,
  key: string,
  wsname: string,
  symbol: string,
  base: string,
  quote: string,
  priceDecimals: number,
  leastQuantity: string,
  startPrice: string,
): Pair {
  return { altname, key, wsname, symbol, base, quote, priceDecimals, leastQuantity, startPrice };
}

export const pairNamed = (name: string): Pair | undefined =>
  PAIRS.find((pair) => pair.key === name || pair.altname === name || pair.wsname === name || pair.symbol === name);

/** The pair of an instrument that this exchange trades. */
export function pairOf(instrument: string): Pair {
  const found = PAIRS.find((pair) => pair.altname === instrument);
  if (found === undefined) throw new Error(`no such pair: ${instrument}`);
  return found;
}

/** Ledger name -> the name that people use, and the decimals that kraken states. */
export const ASSETS: Readonly<
  Record<string, { readonly altname: string; readonly symbol: string; readonly decimals: number }>
> = {
  XXBT: { altname: 'XBT', symbol: 'BTC', decimals: 10 },
  XETH: { altname: 'ETH', symbol: 'ETH', decimals: 10 },
  SOL: { altname: 'SOL', symbol: 'SOL', decimals: 10 },
  ZUSD: { altname: 'USD', symbol: 'USD', decimals: 4 },
  USDT: { altname: 'USDT', symbol: 'USDT', decimals: 8 },
};

export const assetSymbol = (asset: string): string => ASSETS[asset]?.symbol ?? asset;

const tickOf = (decimals: number): string => (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`);

const instrumentOf = ({ altname, base, quote, priceDecimals, leastQuantity, startPrice }: Pair): Instrument => ({
  id: altname,
  base,
  quote,
  tick: fixed(tickOf(priceDecimals)),
  step: 1n,
  minQuantity: fixed(leastQuantity),
  maxQuantity: fixed('100000'),
  minNotional: fixed(LEAST_COST),
  startPrice: fixed(startPrice),
});

export const krakenRules: VenueRules = {
  instruments: PAIRS.map(instrumentOf),
  fees: { maker: fixed('0.0025'), taker: fixed('0.004'), takenIn: 'quote' },
  selfTrade: 'taker_cancels',
  // Of the highest tier; the lowest has 60.
  maxOpenOrders: 225,
  defaultKey: {
    key: 'kraken-test-key',
    secret: Buffer.from('kraken-test-secret').toString('base64'),
    account: 'master',
    read: true,
    trade: true,
    withdraw: false,
  },
  defaultBalances: { ZUSD: '100000', USDT: '100000', XXBT: '2', XETH: '20', SOL: '100' },
};

export const leastCost = LEAST_COST;
