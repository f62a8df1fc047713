import { dayOf } from '../core/day.ts';
import { type Fixed, formatFixed } from '../core/fixed.ts';
import type { PublicTrade } from '../core/types.ts';
import type { Venue } from '../core/venue.ts';
import { result, UNKNOWN_PAIR, wrongArgument } from './errors.ts';
import type { Handler } from './handler.ts';
import { ASSETS, LOT_DECIMALS, leastCost, PAIRS, type Pair, pairNamed } from './pairs.ts';

const MINUTE_MS = 60_000;
export const INTERVALS: readonly number[] = [1, 5, 15, 30, 60, 240, 1440];
/** The venue never gives more, however far back it is asked. */
const MOST_CANDLES = 720;

export const time: Handler = ({ venue }) => {
  const now = venue.clock.now();
  return result({ unixtime: Math.floor(now / 1000), rfc1123: new Date(now).toUTCString() });
};

export const systemStatus: Handler = ({ venue }) =>
  result({
    status: venue.maintenance ? 'maintenance' : 'online',
    timestamp: `${new Date(venue.clock.now()).toISOString().slice(0, 19)}Z`,
  });

export const assets: Handler = () =>
  result(
    Object.fromEntries(
      Object.entries(ASSETS).map(([id, { altname, decimals }]) => [
        id,
        { aclass: 'currency', altname, decimals, display_decimals: Math.min(decimals, 5), status: 'enabled' },
      ]),
    ),
  );

const pairView = (pair: Pair, online: boolean) => ({
  altname: pair.altname,
  wsname: pair.wsname,
  aclass_base: 'currency',
  base: pair.base,
  aclass_quote: 'currency',
  quote: pair.quote,
  lot: 'unit',
  cost_decimals: 5,
  pair_decimals: pair.priceDecimals,
  lot_decimals: LOT_DECIMALS,
  lot_multiplier: 1,
  leverage_buy: [],
  leverage_sell: [],
  fees: [[0, 0.4]],
  fees_maker: [[0, 0.25]],
  fee_volume_currency: 'ZUSD',
  margin_call: 80,
  margin_stop: 40,
  ordermin: pair.leastQuantity,
  costmin: leastCost,
  tick_size: formatFixed(10n ** BigInt(8 - pair.priceDecimals), pair.priceDecimals),
  status: online ? 'online' : 'cancel_only',
});

export const assetPairs: Handler = ({ venue }) =>
  result(
    Object.fromEntries(
      PAIRS.map((pair) => [pair.key, pairView(pair, venue.exchange.market(pair.altname)?.open === true)]),
    ),
  );

const price = (pair: Pair, value: Fixed): string => formatFixed(value, pair.priceDecimals);

function tickerView(venue: Venue, pair: Pair) {
  const day = dayOf(venue, pair.altname);
  const book = venue.exchange.market(pair.altname)?.book;
  const best = (side: 'buy' | 'sell'): readonly string[] => {
    const level = book?.best(side);
    const whole = String((level?.total ?? 0n) / 100_000_000n);
    return [price(pair, level?.price ?? 0n), whole, formatFixed(level?.total ?? 0n)];
  };
  const both = (text: string): readonly string[] => [text, text];
  const newest = venue.tape.trades(pair.altname).at(-1);
  return {
    a: best('sell'),
    b: best('buy'),
    c: [price(pair, day.last), formatFixed(newest?.quantity ?? 0n)],
    v: both(formatFixed(day.volume)),
    p: both(price(pair, day.last)),
    t: [day.trades, day.trades],
    l: both(price(pair, day.low)),
    h: both(price(pair, day.high)),
    o: price(pair, day.open),
  };
}

export const ticker: Handler = ({ venue, params }) => {
  const names = params.text('pair')?.split(',');
  const pairs = names === undefined ? PAIRS : names.map(pairNamed);
  const known = pairs.filter((pair) => pair !== undefined);
  if (known.length < pairs.length) return UNKNOWN_PAIR;
  return result(Object.fromEntries(known.map((pair) => [pair.key, tickerView(venue, pair)])));
};

export const candles: Handler = ({ venue, params }) => {
  const pair = pairNamed(params.text('pair') ?? '');
  if (pair === undefined) return UNKNOWN_PAIR;
  const minutes = params.integer('interval') ?? 1;
  if (!INTERVALS.includes(minutes)) return wrongArgument('interval');
  const interval = minutes * MINUTE_MS;
  const now = venue.clock.now();
  const oldest = Math.floor(now / interval) * interval - (MOST_CANDLES - 1) * interval;
  const since = (params.integer('since') ?? 0) * 1000;
  const rows = venue.tape
    .candles(pair.altname, interval, Math.max(oldest, since), now, MOST_CANDLES)
    .map((candle) => [
      candle.openTime / 1000,
      price(pair, candle.open),
      price(pair, candle.high),
      price(pair, candle.low),
      price(pair, candle.close),
      price(pair, candle.close),
      formatFixed(candle.volume),
      candle.trades,
    ]);
  return result({ [pair.key]: rows, last: rows.at(-2)?.[0] ?? 0 });
};

export const depth: Handler = ({ venue, params }) => {
  const pair = pairNamed(params.text('pair') ?? '');
  if (pair === undefined) return UNKNOWN_PAIR;
  const count = Math.min(params.integer('count') ?? 100, 500);
  const at = Math.floor(venue.clock.now() / 1000);
  const side = (name: 'buy' | 'sell') =>
    (venue.exchange.market(pair.altname)?.book.levels(name) ?? [])
      .slice(0, count)
      .map((level) => [price(pair, level.price), formatFixed(level.total, 3), at]);
  return result({ [pair.key]: { asks: side('sell'), bids: side('buy') } });
};

const tradeRow = (pair: Pair, trade: PublicTrade) => [
  price(pair, trade.price),
  formatFixed(trade.quantity),
  trade.at / 1000,
  trade.buyerIsMaker ? 's' : 'b',
  trade.limitTaker ? 'l' : 'm',
  '',
  trade.id,
];

export const trades: Handler = ({ venue, params }) => {
  const pair = pairNamed(params.text('pair') ?? '');
  if (pair === undefined) return UNKNOWN_PAIR;
  const count = Math.min(params.integer('count') ?? 1000, 1000);
  // Seconds from some clients, nanoseconds in the venue's own `last`.
  const since = Number(params.text('since') ?? 0);
  const sinceMs = since > 1e15 ? since / 1e6 : since * 1000;
  const all = venue.tape.trades(pair.altname).filter((trade) => trade.at > sinceMs);
  const rows = since === 0 ? all.slice(-count) : all.slice(0, count);
  return result({
    [pair.key]: rows.map((trade) => tradeRow(pair, trade)),
    last: `${rows.at(-1)?.at ?? venue.clock.now()}000000`,
  });
};
