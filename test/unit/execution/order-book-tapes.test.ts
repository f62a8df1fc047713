import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import type { OrderBook, OrderBookLevel } from '#core/execution/venue-book.ts';
import type { SimulatedVenueOptions } from '#core/execution/venue-options.ts';
import { createRng } from '#core/kernel/rng.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import { bar, part, tapeRig } from '../../support/tape-rig.ts';
import { BTCUSDT, candle, deskRig, entryOrder, instrument } from '../../support/trading-builders.ts';

/*
 * Orders that meet a recorded book at the open, worked out by hand. Tick 0.01, lot 0.001. The book is written best first as
 * `price x quantity`; the candle opens at 100 between its two sides.
 */
const side = (text: string): readonly OrderBookLevel[] =>
  text === ''
    ? []
    : text.split(' ').map((level) => {
        const [at = '', size = ''] = level.split('x');
        return [parseDecimal(at), parseDecimal(size)];
      });
const bookOf = (bids: string, asks: string): OrderBook => ({ bids: side(bids), asks: side(asks) });
const BOOK = bookOf('99.98x0.3 99.95x0.4 99.5x1', '100.02x0.2 100.05x0.2 100.5x1');

type Rig = ReturnType<typeof tapeRig>;
type Tape = {
  readonly name: string;
  readonly options?: Partial<SimulatedVenueOptions>;
  readonly play: (rig: Rig) => void;
  readonly lines: readonly string[];
  readonly balances: string;
};
const open = (rig: Rig, book: OrderBook | undefined, slot = 1, volume = 1000): void =>
  rig.venue.onCandle(bar(slot, 100, 105, 95, 104, volume), undefined, book);
const holding = (rig: Rig): void => {
  rig.submit(1, 0, 'buy 0.5 market');
  rig.play(bar(0, 100, 100, 100, 100));
  rig.lines.length = 0;
};

const TAPES: readonly Tape[] = [
  {
    name: 'a market order within the best level pays its price',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.2 market');
      open(rig, BOOK);
    },
    lines: ['1h #1 buy 0.2 at 100.02 fee 0 USDT taker'],
    balances: '9979.996 / 0.2 / 1',
  },
  {
    name: 'a larger one takes level by level, each a fill with a fee of its own',
    options: { feeBps: parseDecimal('10') },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      open(rig, BOOK);
    },
    // 20.004 + 20.01 + 10.05 = 50.064; a thousandth of it is 0.050064
    lines: [
      '1h #1 buy 0.2 at 100.02 fee 0.020004 USDT taker',
      '1h #1 buy 0.2 at 100.05 fee 0.02001 USDT taker',
      '1h #1 buy 0.1 at 100.5 fee 0.01005 USDT taker',
    ],
    balances: '9949.885936 / 0.5 / 1',
  },
  {
    name: 'a sale takes the bids',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 market');
      open(rig, BOOK);
    },
    // - 50 + 29.994 + 19.99
    lines: ['1h #2 sell 0.3 at 99.98 fee 0 USDT taker', '1h #2 sell 0.2 at 99.95 fee 0 USDT taker'],
    balances: '9999.984 / 0 / 1',
  },
  {
    name: 'the modelled spread, impact and share of the volume have no say where a book is',
    options: { halfSpreadBps: parseDecimal('50'), impact: 0.5, participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.3 market');
      open(rig, BOOK, 1, 1);
    },
    lines: ['1h #1 buy 0.2 at 100.02 fee 0 USDT taker', '1h #1 buy 0.1 at 100.05 fee 0 USDT taker'],
    balances: '9969.991 / 0.3 / 1',
  },
  {
    name: 'without a book the candle decides',
    options: { halfSpreadBps: parseDecimal('5') },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      open(rig, undefined);
    },
    lines: ['1h #1 buy 0.5 at 100.05 fee 0 USDT taker'],
    balances: '9949.975 / 0.5 / 1',
  },
  {
    name: 'what is beyond the book waits for the next open, here without a book',
    play: (rig) => {
      rig.submit(1, 1, 'buy 2 market');
      open(rig, BOOK);
      rig.play(bar(2, 103, 104, 102, 103));
    },
    // 20.004 + 20.01 + 100.5 + 0.6 x 103 = 202.314
    lines: [
      '1h #1 buy 0.2 at 100.02 fee 0 USDT taker',
      '1h #1 buy 0.2 at 100.05 fee 0 USDT taker',
      '1h #1 buy 1 at 100.5 fee 0 USDT taker',
      '2h #1 buy 0.6 at 103 fee 0 USDT taker',
    ],
    balances: '9797.686 / 2 / 1',
  },
  {
    name: 'of an immediate order what is beyond the book is canceled',
    play: (rig) => {
      rig.submit(1, 1, 'buy 2 market tif=ioc');
      open(rig, bookOf('99x1', '101x0.5'));
    },
    lines: ['1h #1 buy 0.5 at 101 fee 0 USDT taker', '1h #1 canceled: not filled at once'],
    balances: '9949.5 / 0.5 / 1',
  },
  {
    name: 'fill-or-kill takes nothing from a book that has too little',
    play: (rig) => {
      rig.submit(1, 1, 'buy 1.401 market tif=fok');
      open(rig, BOOK);
    },
    lines: ['1h #1 canceled: cannot be filled whole'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'fill-or-kill takes exactly what the book has',
    play: (rig) => {
      rig.submit(1, 1, 'buy 1.4 market tif=fok');
      open(rig, BOOK);
    },
    // 20.004 + 20.01 + 100.5
    lines: [
      '1h #1 buy 0.2 at 100.02 fee 0 USDT taker',
      '1h #1 buy 0.2 at 100.05 fee 0 USDT taker',
      '1h #1 buy 1 at 100.5 fee 0 USDT taker',
    ],
    balances: '9859.486 / 1.4 / 1',
  },
  {
    name: 'the second order gets what the first has left',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.3 market');
      rig.submit(2, 1, 'buy 0.2 market');
      open(rig, BOOK);
    },
    // 20.004 + 10.005, then 10.005 + 10.05
    lines: [
      '1h #1 buy 0.2 at 100.02 fee 0 USDT taker',
      '1h #1 buy 0.1 at 100.05 fee 0 USDT taker',
      '1h #2 buy 0.1 at 100.05 fee 0 USDT taker',
      '1h #2 buy 0.1 at 100.5 fee 0 USDT taker',
    ],
    balances: '9949.936 / 0.5 / 1',
  },
  {
    name: 'a limit takes what the book has within its price and rests with the remainder',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 100.05');
      open(rig, BOOK);
    },
    // The low of 95 trades through the rest: 20.004 + 20.01 + 10.005
    lines: [
      '1h #1 buy 0.2 at 100.02 fee 0 USDT taker',
      '1h #1 buy 0.2 at 100.05 fee 0 USDT taker',
      '2h #1 buy 0.1 at 100.05 fee 0 USDT maker',
    ],
    balances: '9949.981 / 0.5 / 1',
  },
  {
    name: 'a fill-or-kill limit counts only what is within its price',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 100.05 tif=fok');
      open(rig, BOOK);
    },
    lines: ['1h #1 canceled: cannot be filled whole'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a post-only order that the book would fill is canceled',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.2 limit 100.02 post=1');
      open(rig, BOOK);
    },
    lines: ['1h #1 canceled: post-only order would have taken'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a stop that the open has jumped over sells into the book',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop 101');
      open(rig, BOOK);
    },
    lines: ['1h #2 sell 0.3 at 99.98 fee 0 USDT taker', '1h #2 sell 0.2 at 99.95 fee 0 USDT taker'],
    balances: '9999.984 / 0 / 1',
  },
  {
    name: 'less than a lot in a level cannot be taken',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      open(rig, bookOf('99x1', '100.01x0.0009 100.02x0.2009 100.03x1'));
    },
    // 20.004 + 30.009
    lines: ['1h #1 buy 0.2 at 100.02 fee 0 USDT taker', '1h #1 buy 0.3 at 100.03 fee 0 USDT taker'],
    balances: '9949.987 / 0.5 / 1',
  },
  {
    name: 'a small best level does not make a large first order too small',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      open(rig, bookOf('99x1', '100.02x0.01 100.03x1'));
    },
    // 1.0002 + 49.0147
    lines: ['1h #1 buy 0.01 at 100.02 fee 0 USDT taker', '1h #1 buy 0.49 at 100.03 fee 0 USDT taker'],
    balances: '9949.9851 / 0.5 / 1',
  },
  {
    name: 'an order that misses the open by its latency misses the book too',
    options: { faults: { rng: createRng(1), latencyMs: [50, 50] } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      open(rig, BOOK);
      rig.play(bar(2, 103, 104, 102, 103));
    },
    lines: ['2h #1 buy 0.5 at 103 fee 0 USDT taker'],
    balances: '9948.5 / 0.5 / 1',
  },
  {
    name: 'of finer candles only the first opens with the book',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.3 market');
      rig.venue.onCandle(
        bar(1, 100, 120, 90, 119),
        [part(1, 0, 2, [100, 120, 99, 118]), part(1, 1, 2, [118, 119, 90, 119])],
        bookOf('99x1', '100.02x0.2'),
      );
    },
    // 20.004 + 11.8
    lines: ['1h #1 buy 0.2 at 100.02 fee 0 USDT taker', '1.5h #1 buy 0.1 at 118 fee 0 USDT taker'],
    balances: '9968.196 / 0.3 / 1',
  },
];

describe('orders that meet a book, worked out by hand', () => {
  it.each(TAPES)('$name', ({ options, play, lines, balances }) => {
    const rig = tapeRig(options);
    play(rig);
    expect(rig.lines).toEqual(lines);
    expect(rig.balances()).toBe(balances);
    expect(formatDecimal(reconcile(rig.state(), new Map([[BTCUSDT, price('104')]])).difference)).toBe('0');
  });

  it('tells what of each price was spread and what the way through the book', () => {
    const costs: string[] = [];
    const rig = tapeRig({
      onCost: (_, spread, impact) => costs.push(`${formatDecimal(spread)} ${formatDecimal(impact)}`),
    });
    rig.submit(1, 1, 'buy 0.5 market');
    open(rig, BOOK);
    expect(costs).toEqual(['0.02 0', '0.02 0.03', '0.02 0.48']);
  });

  it('an entry through the book is protected as one position', () => {
    const desk = deskRig();
    desk.enter(entryOrder(1, '0.5', { stop: '98', target: '110' }), 1);
    desk.venue.onCandle(candle(1, 100, 104, 99, 103), undefined, BOOK);
    expect(desk.held()).toBe('0.5');
    expect(desk.orderLines().filter((line) => /^(stop|target) accepted/.test(line))).toEqual([
      'stop accepted 0/0.5',
      'target accepted 0/0.5',
    ]);
    desk.venue.onCandle(candle(2, 97, 98, 96, 97), undefined, bookOf('96.99x0.2 96.9x9', '97.01x1'));
    expect(desk.held()).toBe('0');
    expect(desk.execution.openOrders()).toEqual([]);
    const proof = reconcile(desk.ledger(), new Map());
    // Bought for 50.064 and sold for 19.398 + 29.07; ten basis points of each
    expect(formatDecimal(proof.equity)).toBe('9998.305468');
    expect(formatDecimal(proof.difference)).toBe('0');
  });
});

describe('a book that cannot be', () => {
  it.each([
    ['', '101x1', 'has no bid'],
    ['99x1', '', 'has no ask'],
    ['100x1', '100x1', 'is crossed: bid 100 is not below ask 100'],
    ['101x1', '100x1', 'is crossed'],
    ['99x1 99.5x1', '101x1', 'has the bid 99.5 after 99'],
    ['99x1', '101x1 101x2', 'has the ask 101 after 101'],
    ['99x0', '101x1', 'both must be positive'],
    ['99x1', '101x-1', 'both must be positive'],
    ['99x1', '101.001x1', 'is not a whole number of ticks'],
  ])('"%s" against "%s": %s', (bids, asks, message) => {
    const rig = tapeRig({ instrument });
    rig.submit(1, 1, 'buy 0.5 market');
    expect(() => open(rig, bookOf(bids, asks))).toThrow(message);
    expect(rig.lines).toEqual([]);
    // Nothing of it was used: the same candle without the book is taken.
    open(rig, undefined);
    expect(rig.lines).toEqual(['1h #1 buy 0.5 at 100 fee 0 USDT taker']);
  });
});
