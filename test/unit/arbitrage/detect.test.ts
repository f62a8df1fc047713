import { describe, expect, it } from 'vitest';
import { detect, type NoOpportunity, type Opportunity } from '#core/arbitrage/detect.ts';
import { earns, partsPerMillion, turnOf } from '#core/arbitrage/edge.ts';
import { candleQuotes } from '#core/arbitrage/quotes.ts';
import { findRoutes } from '#core/arbitrage/routes.ts';
import { pairName, type Route } from '#core/arbitrage/types.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { bookAt, candles, closeOf, levels, lookAt, market, minutes, START } from '../../support/arbitrage-builders.ts';

const terms = (leastBps: string, most = '1000000') => ({ leastBps: parseDecimal(leastBps), most: parseDecimal(most) });

const routeFrom = (routes: readonly Route[], buyVenue: string, buyQuote = 'USD'): Route => {
  const found = routes.find(({ buy }) => buy.venue === buyVenue && buy.quote === buyQuote && buy.base === 'BTC');
  if (found === undefined) throw new Error('no such route');
  return found;
};

const shown = (found: Opportunity | NoOpportunity) =>
  found.kind === 'opportunity'
    ? {
        quantity: formatDecimal(found.quantity),
        profit: formatDecimal(found.profit),
        legs: found.legs.map(
          ({ market: { venue, base, quote }, side, quantity, limit }) =>
            `${side} ${formatDecimal(quantity)} ${base} at ${formatDecimal(limit)} ${quote} on ${venue}`,
        ),
      }
    : found;

describe('routes', () => {
  it('are every closed way through two or three markets, both ways round', () => {
    const markets = [
      'kraken BTC/USD',
      'kraken BTC/USDC',
      'kraken USDC/USD',
      'binanceus BTC/USD',
      'bybit BTC/USDC',
      'kraken ETH/USD',
    ].map((name) => market(name));
    const routes = findRoutes(markets);
    const count = (of: Route['kind']) => routes.filter(({ kind }) => kind === of).length;
    expect([count('cross-venue'), count('triangular'), count('cross-quote'), routes.length]).toEqual([4, 2, 6, 12]);
    expect(new Set(routes.map(pairName)).size).toBe(6);
    for (const { buy, sell, convert, home } of routes) {
      const ends = convert === undefined ? [buy.quote, sell.quote] : [convert.market.quote];
      expect(ends.every((quote) => quote === home)).toBe(true);
    }
  });

  it('refuse a market that is given twice', () => {
    expect(() => findRoutes([market('kraken BTC/USD'), market('kraken BTC/USD')])).toThrow(
      /kraken BTC\/USD is given twice/,
    );
  });
});

describe('an edge', () => {
  const [cheap, dear] = [market('a BTC/USD', '10'), market('b BTC/USD', '25')];
  const route = routeFrom(findRoutes([cheap, dear]), 'a');
  const turn = (buy: string, sell: string) => turnOf(route, { buy: parseDecimal(buy), sell: parseDecimal(sell) }, true);

  it('is decided without rounding: exactly the least profit is enough, the smallest step below it is not', () => {
    // 100 * 1.001 = 100.1 goes in; 100.1 * 1.0005 / 0.9975 has to come out for 5 basis points.
    const exact = market('b BTC/USD', '0');
    const plain = routeFrom(findRoutes([market('a BTC/USD', '0'), exact]), 'a');
    const at = (sell: string) => turnOf(plain, { buy: parseDecimal('20000'), sell: parseDecimal(sell) }, true);
    expect(earns(at('20010'), parseDecimal('5'))).toBe(true);
    expect(earns(at('20009.99999999'), parseDecimal('5'))).toBe(false);
    expect(earns(at('20010.00000001'), parseDecimal('5.0000001'))).toBe(false);
  });

  it('pays the fee of each side of each venue', () => {
    expect(partsPerMillion(turn('100', '100'))).toBe(Math.floor((0.9975 / 1.001 - 1) * 1e6));
    expect(partsPerMillion(turnOf(route, { buy: parseDecimal('100'), sell: parseDecimal('101') }, false))).toBe(10_000);
  });
});

describe('from books', () => {
  it('buys at the ask of one venue and sells at the bid of the other, as deep as the next piece still pays', () => {
    const [a, b] = [market('a BTC/USD', '10'), market('b BTC/USD', '20')];
    const sources = [
      bookAt(a, { asks: levels(['20000', '0.5'], ['20020', '1'], ['20090', '5']), bids: levels(['19990', '9']) }),
      bookAt(b, { asks: levels(['20200', '9']), bids: levels(['20150', '0.7'], ['20110', '0.4'], ['20050', '9']) }),
    ];
    const [there, back] = [routeFrom(findRoutes([a, b]), 'a'), routeFrom(findRoutes([a, b]), 'b')];
    // Fees take 30 bps: 20000->20150 (75), 20020->20150 (65), 20020->20110 (45) pay; 20020->20050 (15) does not.
    const found = detect(there, START, lookAt(sources, START), terms('10'));
    expect(shown(found)).toEqual({
      quantity: '1.1',
      legs: ['buy 1.1 BTC at 20020 USD on a', 'sell 1.1 BTC at 20110 USD on b'],
      // At the worst prices: 1.1 * (20110 * 0.998 - 20020 * 1.001).
      profit: '32.736',
    });
    expect(detect(back, START, lookAt(sources, START), terms('10')).kind).toBe('no-profit');
  });

  it('puts no more in than it may', () => {
    const [a, b] = [market('a BTC/USD'), market('b BTC/USD')];
    const sources = [
      bookAt(a, { asks: levels(['20000', '9']), bids: [] }),
      bookAt(b, { asks: [], bids: levels(['20200', '9']) }),
    ];
    const found = detect(routeFrom(findRoutes([a, b]), 'a'), START, lookAt(sources, START), terms('1', '5000'));
    expect(shown(found)).toMatchObject({ quantity: '0.25' });
  });

  it('sees nothing in a book that is too old, comes later, or is empty', () => {
    const [a, b] = [market('a BTC/USD'), market('b BTC/USD')];
    const route = routeFrom(findRoutes([a, b]), 'a');
    const fresh = bookAt(b, { asks: [], bids: levels(['20200', '9']) });
    const asks = levels(['20000', '9']);
    for (const at of [START - 1, START + 1])
      expect(
        detect(route, START, lookAt([bookAt(a, { asks, bids: [] }, unixMs(at)), fresh], START), terms('1')),
      ).toEqual({
        kind: 'stale',
        market: 'a BTC/USD',
        why: 'old-book',
      });
    const empty = [bookAt(a, { asks: [], bids: [] }), fresh];
    expect(detect(route, START, lookAt(empty, START), terms('1')).kind).toBe('too-small');
  });
});

describe('through a stable coin', () => {
  const usd = market('binanceus BTC/USD', '10');
  const usdc = market('kraken BTC/USDC', '20');
  const coin = market('kraken USDC/USD', '20');
  const routes = findRoutes([usd, usdc, coin]);

  it('a dear bitcoin in a cheap coin is no gain when the coin is as cheap as it looks', () => {
    // The coin stands at 0.93 and a bitcoin costs as much more of it: what looks like 7.5 % at par is nothing.
    const sources = [
      bookAt(usd, { asks: levels(['20000', '1']), bids: levels(['19999', '1']) }),
      bookAt(usdc, { asks: levels(['21506', '1']), bids: levels(['21505', '1']) }),
      bookAt(coin, { asks: levels(['0.9301', '99999']), bids: levels(['0.93', '99999']) }),
    ];
    for (const route of routes) expect(detect(route, START, lookAt(sources, START), terms('0')).kind).toBe('no-profit');
  });

  it('is a gain where the two markets disagree about the coin, and the third leg takes what the second brings', () => {
    const sources = [
      bookAt(usd, { asks: levels(['20000', '1']), bids: levels(['19999', '1']) }),
      bookAt(usdc, { asks: levels(['22001', '1']), bids: levels(['22000', '1']) }),
      bookAt(coin, { asks: levels(['0.9301', '99999']), bids: levels(['0.93', '10000']) }),
    ];
    const found = detect(routeFrom(routes, 'binanceus'), START, lookAt(sources, START), terms('10'));
    // 10000 of the coin turn 0.45454545 bitcoin; 9281.399907186 - 18.56279982 comes in,
    // 9090.909 + 9.090909 went out.
    expect(shown(found)).toEqual({
      quantity: '0.45454545',
      legs: [
        'buy 0.45454545 BTC at 20000 USD on binanceus',
        'sell 0.45454545 BTC at 22000 USDC on kraken',
        'sell 9979.9999002 USDC at 0.93 USD on kraken',
      ],
      profit: '162.837198366',
    });
  });

  it('goes the other way round when the coin is dearer than the bitcoin says', () => {
    const sources = [
      bookAt(usd, { asks: levels(['20001', '1']), bids: levels(['20000', '1']) }),
      bookAt(usdc, { asks: levels(['20000', '1']), bids: levels(['19999', '1']) }),
      bookAt(coin, { asks: levels(['0.95', '99999']), bids: levels(['0.9499', '99999']) }),
    ];
    const found = detect(routeFrom(routes, 'kraken', 'USDC'), START, lookAt(sources, START), terms('10'));
    expect(shown(found)).toMatchObject({
      legs: [
        'buy 1 BTC at 20000 USDC on kraken',
        'sell 1 BTC at 20000 USD on binanceus',
        'buy 20040 USDC at 0.95 USD on kraken',
      ],
      // 20000 * 0.999 - 20040 * 0.95 * 1.002
      profit: '903.924',
    });
  });

  it('is called triangular when all three are on one venue', () => {
    const own = findRoutes([market('kraken BTC/USD'), usdc, coin]);
    expect(own.map(({ kind }) => kind)).toEqual(['triangular', 'triangular']);
  });
});

describe('from candles', () => {
  const [a, b] = [market('a BTC/USD'), market('b BTC/USD')];
  const route = routeFrom(findRoutes([a, b]), 'a');

  it('takes half a spread on each side, rounded against us to the tick', () => {
    const at = candles(a, minutes([20000.01]), { halfSpreadBps: '1.5' }).at(closeOf(0));
    if (typeof at === 'string') throw new Error(at);
    // 20000.01 * 1.00015 = 20003.0100015; * 0.99985 = 19997.0099985
    expect([at.asks, at.bids].map(([level]) => formatDecimal(level?.price ?? parseDecimal('0')))).toEqual([
      '20003.02',
      '19997',
    ]);
  });

  it('may take a share of what was traded', () => {
    const sources = [
      candles(a, minutes([20000], 0.8), { volumeShare: '0.25' }),
      candles(b, minutes([20200], 4), { volumeShare: '0.25' }),
    ];
    expect(shown(detect(route, closeOf(0), lookAt(sources, closeOf(0)), terms('1')))).toMatchObject({
      quantity: '0.2',
    });
  });

  it('knows a candle at its close and neither before nor after', () => {
    const source = candles(a, minutes([20000, undefined, 20010]));
    expect(source.at(closeOf(0))).toMatchObject({ at: closeOf(0) });
    expect(source.at(unixMs(closeOf(0) - 1))).toBe('no-candle');
    expect(source.at(unixMs(closeOf(0) + 1))).toBe('no-candle');
    expect(source.at(closeOf(1))).toBe('no-candle');
    expect(source.at(closeOf(3))).toBe('no-candle');
  });

  it.each([
    ['a minute without a candle', minutes([undefined, 20000]), 'no-candle'],
    ['a candle in which nothing was traded', minutes([20000, 20000], [0, 5]), 'no-trade'],
  ] as const)('finds no opportunity against %s, however far the old price is', (_what, columns, why) => {
    const sources = [candles(a, columns), candles(b, minutes([30000, 30000]))];
    expect(detect(route, closeOf(0), lookAt(sources, closeOf(0)), terms('1'))).toEqual({
      kind: 'stale',
      market: 'a BTC/USD',
      why,
    });
    expect(detect(route, closeOf(1), lookAt(sources, closeOf(1)), terms('1')).kind).toBe('opportunity');
  });

  it('refuses prices between two ticks, whose rounding would look like a spread', () => {
    const coarse = market('a BTC/USD', '0', { tick: parseDecimal('0.5') });
    expect(() =>
      candleQuotes(coarse, minutes([20000.2]), { halfSpreadBps: parseDecimal('0'), volumeShare: parseDecimal('1') }),
    ).toThrow(/20000\.2/);
  });
});
