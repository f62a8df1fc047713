import { type Fixed, formatFixed, times } from '../core/fixed.ts';
import type { Instrument, PublicTrade } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { json } from '../server/answer.ts';
import { INVALID_SYMBOL, missing, refuse } from './errors.ts';
import type { Handler } from './handler.ts';
import { INTERVALS } from './intervals.ts';
import { ORDER_TYPES } from './new-order.ts';
import { tickerOf } from './ticker.ts';

const text = (value: Fixed): string => formatFixed(value);

const exchangeInfoOf = (instrument: Instrument, open: boolean) => ({
  symbol: instrument.id,
  status: open ? 'TRADING' : 'BREAK',
  baseAsset: instrument.base,
  baseAssetPrecision: 8,
  quoteAsset: instrument.quote,
  quotePrecision: 8,
  quoteAssetPrecision: 8,
  baseCommissionPrecision: 8,
  quoteCommissionPrecision: 8,
  orderTypes: ORDER_TYPES,
  icebergAllowed: false,
  ocoAllowed: false,
  quoteOrderQtyMarketAllowed: true,
  cancelReplaceAllowed: true,
  isSpotTradingAllowed: true,
  isMarginTradingAllowed: false,
  filters: [
    {
      filterType: 'PRICE_FILTER',
      minPrice: text(instrument.tick),
      maxPrice: '1000000.00000000',
      tickSize: text(instrument.tick),
    },
    {
      filterType: 'LOT_SIZE',
      minQty: text(instrument.minQuantity),
      maxQty: text(instrument.maxQuantity),
      stepSize: text(instrument.step),
    },
    {
      filterType: 'MARKET_LOT_SIZE',
      minQty: '0.00000000',
      maxQty: text(instrument.maxQuantity),
      stepSize: '0.00000000',
    },
    {
      filterType: 'NOTIONAL',
      minNotional: text(instrument.minNotional),
      applyMinToMarket: true,
      maxNotional: '9000000.00000000',
      applyMaxToMarket: false,
      avgPriceMins: 5,
    },
    { filterType: 'MAX_NUM_ORDERS', maxNumOrders: 200 },
  ],
  permissions: [],
  permissionSets: [['SPOT']],
  defaultSelfTradePreventionMode: 'EXPIRE_MAKER',
  allowedSelfTradePreventionModes: ['EXPIRE_MAKER'],
});

export const ping: Handler = () => json({});

export const time: Handler = ({ venue }) => json({ serverTime: venue.clock.now() });

export const exchangeInfo: Handler = ({ venue }) =>
  json({
    timezone: 'UTC',
    serverTime: venue.clock.now(),
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 100 },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 200_000 },
    ],
    exchangeFilters: [],
    symbols: venue.exchange
      .instruments()
      .map((instrument) => exchangeInfoOf(instrument, venue.exchange.market(instrument.id)?.open === true)),
  });

/** Both sides of a book to a depth, as texts. */
export const depthOf = (venue: Venue, symbol: string, limit: number) => {
  const book = venue.exchange.market(symbol)?.book;
  const side = (name: 'buy' | 'sell') =>
    (book?.levels(name) ?? []).slice(0, limit).map((level) => [text(level.price), text(level.total)]);
  return { lastUpdateId: book?.updateId() ?? 0, bids: side('buy'), asks: side('sell') };
};

export const depth: Handler = ({ venue, params }) => {
  const symbol = params.text('symbol');
  if (symbol === undefined) return missing('symbol');
  if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  return json(depthOf(venue, symbol, Math.min(params.integer('limit') ?? 100, 5000)));
};

const tradeRow = (trade: PublicTrade) => ({
  id: trade.id,
  price: text(trade.price),
  qty: text(trade.quantity),
  quoteQty: text(times(trade.price, trade.quantity)),
  time: trade.at,
  isBuyerMaker: trade.buyerIsMaker,
  isBestMatch: true,
});

export const aggregateRow = (trade: PublicTrade) => ({
  a: trade.id,
  p: text(trade.price),
  q: text(trade.quantity),
  f: trade.id,
  l: trade.id,
  T: trade.at,
  m: trade.buyerIsMaker,
  M: true,
});

const recentTrades =
  (row: (trade: PublicTrade) => object): Handler =>
  ({ venue, params }) => {
    const symbol = params.text('symbol');
    if (symbol === undefined) return missing('symbol');
    if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
    const from = params.integer('startTime') ?? 0;
    const to = params.integer('endTime') ?? Number.MAX_SAFE_INTEGER;
    const limit = Math.min(params.integer('limit') ?? 500, 1000);
    const within = venue.tape.trades(symbol).filter((trade) => trade.at >= from && trade.at <= to);
    return json((params.has('startTime') ? within.slice(0, limit) : within.slice(-limit)).map(row));
  };

export const trades = recentTrades(tradeRow);
export const aggTrades = recentTrades(aggregateRow);

export const klines: Handler = ({ venue, params }) => {
  const symbol = params.text('symbol');
  if (symbol === undefined) return missing('symbol');
  if (venue.exchange.market(symbol) === undefined) return INVALID_SYMBOL;
  const interval = INTERVALS[params.text('interval') ?? ''];
  if (interval === undefined) return refuse(-1120, 'Invalid interval.');
  const limit = Math.min(params.integer('limit') ?? 500, 1000);
  const now = venue.clock.now();
  const end = Math.min(params.integer('endTime') ?? now, now);
  const lastOpen = Math.floor(end / interval) * interval;
  const start = params.integer('startTime') ?? lastOpen - (limit - 1) * interval;
  const rows = venue.tape
    .candles(symbol, interval, start, end, limit)
    .map((candle) => [
      candle.openTime,
      text(candle.open),
      text(candle.high),
      text(candle.low),
      text(candle.close),
      text(candle.volume),
      candle.openTime + interval - 1,
      text(times(candle.volume, candle.close)),
      candle.trades,
      text(candle.volume / 2n),
      text(times(candle.volume / 2n, candle.close)),
      '0',
    ]);
  return json(rows);
};

export const ticker24h: Handler = ({ venue, params }) => {
  const symbol = params.text('symbol');
  if (symbol === undefined) return json(venue.exchange.instruments().map(({ id }) => tickerOf(venue, id)));
  return venue.exchange.market(symbol) === undefined ? INVALID_SYMBOL : json(tickerOf(venue, symbol));
};

export const bookTicker: Handler = ({ venue, params }) => {
  const row = (symbol: string) => {
    const { bids, asks } = depthOf(venue, symbol, 1);
    const [bidPrice = '0', bidQty = '0'] = bids[0] ?? [];
    const [askPrice = '0', askQty = '0'] = asks[0] ?? [];
    return { symbol, bidPrice, bidQty, askPrice, askQty };
  };
  const symbol = params.text('symbol');
  if (symbol === undefined) return json(venue.exchange.instruments().map(({ id }) => row(id)));
  return venue.exchange.market(symbol) === undefined ? INVALID_SYMBOL : json(row(symbol));
};

export const price: Handler = ({ venue, params }) => {
  const row = (symbol: string) => ({ symbol, price: text(venue.exchange.market(symbol)?.last ?? 0n) });
  const symbol = params.text('symbol');
  if (symbol === undefined) return json(venue.exchange.instruments().map(({ id }) => row(id)));
  return venue.exchange.market(symbol) === undefined ? INVALID_SYMBOL : json(row(symbol));
};
