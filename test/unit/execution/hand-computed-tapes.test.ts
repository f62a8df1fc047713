import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#core/domain/decimal.ts';
import { price } from '#core/domain/money.ts';
import type { FeeSchedule } from '#core/execution/fees.ts';
import type { SimulatedVenueOptions } from '#core/execution/venue-options.ts';
import { createRng } from '#core/kernel/rng.ts';
import { BNB, bar, part, tapeRig } from '../../support/tape-rig.ts';
import { at, instrument } from '../../support/trading-builders.ts';

/*
 * Small tapes worked out by hand. Tick 0.01, lot 0.001, at least 0.001 BTC and 5 USDT. An order sent at hour t (`1`) meets the candle of
 * hour t. Lines: hour, order, what happened. Balances: USDT / BTC / BNB of 10000 / 0 / 1.
 */
type Rig = ReturnType<typeof tapeRig>;
type Tape = {
  readonly name: string;
  readonly options?: Partial<SimulatedVenueOptions>;
  readonly play: (rig: Rig) => void;
  readonly lines: readonly string[];
  readonly balances?: string;
};

const bps = parseDecimal;
const TEN: Partial<SimulatedVenueOptions> = { feeBps: bps('10') };
const SPREAD: Partial<SimulatedVenueOptions> = { feeBps: bps('10'), halfSpreadBps: bps('5') };
const fees = (paidIn: FeeSchedule['paidIn'], more: Partial<FeeSchedule> = {}): Partial<SimulatedVenueOptions> => ({
  fees: { makerBps: bps('10'), takerBps: bps('10'), paidIn, ...more },
});
/** Holds 0.5 BTC bought at 100 in hour 0. */
const holding = (rig: Rig): void => {
  rig.submit(1, 0, 'buy 0.5 market');
  rig.play(bar(0, 100, 100, 100, 100));
  rig.lines.length = 0;
};

const MARKET: readonly Tape[] = [
  {
    name: 'a market order pays the next open and its fee',
    options: TEN,
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 105, 95, 104));
    },
    // 0.5 x 100 = 50; 10 bps = 0.05
    lines: ['1h #1 buy 0.5 at 100 fee 0.05 USDT taker'],
    balances: '9949.95 / 0.5 / 1',
  },
  {
    name: 'a round trip pays two fees',
    options: TEN,
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 105, 95, 104));
      rig.submit(2, 2, 'sell 0.5 market');
      rig.play(bar(2, 110, 111, 109, 110));
    },
    // - 50 - 0.05 + 55 - 0.055
    lines: ['1h #1 buy 0.5 at 100 fee 0.05 USDT taker', '2h #2 sell 0.5 at 110 fee 0.055 USDT taker'],
    balances: '10004.895 / 0 / 1',
  },
  {
    name: 'a buyer pays half a spread more',
    options: SPREAD,
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 105, 95, 104));
    },
    // 100 x 1.0005 = 100.05; 50.025; fee 0.050025
    lines: ['1h #1 buy 0.5 at 100.05 fee 0.050025 USDT taker'],
    balances: '9949.924975 / 0.5 / 1',
  },
  {
    name: 'a seller gets half a spread less, rounded down to the tick',
    options: { halfSpreadBps: bps('5') },
    play: (rig) => {
      rig.submit(1, 0, 'buy 0.5 market');
      rig.play(bar(0, 100, 100, 100, 100));
      rig.submit(2, 1, 'sell 0.5 market');
      rig.play(bar(1, 100.01, 101, 99, 100));
    },
    // 100.01 x 0.9995 = 99.959995 -> 99.95; - 50.025 + 49.975
    lines: ['0h #1 buy 0.5 at 100.05 fee 0 USDT taker', '1h #2 sell 0.5 at 99.95 fee 0 USDT taker'],
    balances: '9999.95 / 0 / 1',
  },
  {
    name: 'a sale never goes below one tick',
    options: { halfSpreadBps: bps('5000'), instrument: { ...instrument, minNotional: parseDecimal('0') } },
    play: (rig) => {
      rig.submit(1, 0, 'buy 0.5 market');
      rig.play(bar(0, 0.02, 0.02, 0.01, 0.01));
      rig.submit(2, 1, 'sell 0.5 market');
      rig.play(bar(1, 0.01, 0.01, 0.01, 0.01));
    },
    // 0.02 + 50 % = 0.03; 0.01 - 50 % rounds to nothing, so one tick
    lines: ['0h #1 buy 0.5 at 0.03 fee 0 USDT taker', '1h #2 sell 0.5 at 0.01 fee 0 USDT taker'],
    balances: '9999.99 / 0 / 1',
  },
  {
    name: 'an open finer than the tick is rounded against the buyer',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100.001, 101, 99, 100));
    },
    lines: ['1h #1 buy 0.5 at 100.01 fee 0 USDT taker'],
    balances: '9949.995 / 0.5 / 1',
  },
  {
    name: 'an order larger than its share of the volume fills over several candles',
    options: { ...TEN, participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 105, 95, 104, 2), bar(2, 102, 103, 101, 102, 2), bar(3, 101, 102, 100, 101, 10));
    },
    // A tenth of 2, 2 and 10: 0.2, 0.2, and the 0.1 that is left. 20 + 20.4 + 10.1; fees 0.02 + 0.0204 + 0.0101
    lines: [
      '1h #1 buy 0.2 at 100 fee 0.02 USDT taker',
      '2h #1 buy 0.2 at 102 fee 0.0204 USDT taker',
      '3h #1 buy 0.1 at 101 fee 0.0101 USDT taker',
    ],
    balances: '9949.4495 / 0.5 / 1',
  },
  {
    name: 'a part fill is kept when the rest is canceled',
    options: { ...TEN, participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 105, 95, 104, 2));
      rig.cancel(1, 2);
      rig.play(bar(2, 102, 103, 101, 102, 2));
    },
    lines: ['1h #1 buy 0.2 at 100 fee 0.02 USDT taker', '2h #1 canceled: requested'],
    balances: '9979.98 / 0.2 / 1',
  },
  {
    name: 'nothing fills in a candle without volume',
    options: { participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 100, 100, 100, 0), bar(2, 101, 101, 101, 101, 5));
    },
    lines: ['2h #1 buy 0.5 at 101 fee 0 USDT taker'],
    balances: '9949.5 / 0.5 / 1',
  },
  {
    name: 'orders of one candle share its volume, first come first served',
    options: { participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.3 market');
      rig.submit(2, 1, 'buy 0.3 market');
      rig.play(bar(1, 100, 100, 100, 100, 4));
    },
    lines: ['1h #1 buy 0.3 at 100 fee 0 USDT taker', '1h #2 buy 0.1 at 100 fee 0 USDT taker'],
    balances: '9960 / 0.4 / 1',
  },
  {
    name: 'an immediate order leaves no rest',
    options: { participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market tif=ioc');
      rig.play(bar(1, 100, 105, 95, 104, 2));
    },
    lines: ['1h #1 buy 0.2 at 100 fee 0 USDT taker', '1h #1 canceled: not filled at once'],
    balances: '9980 / 0.2 / 1',
  },
  {
    name: 'fill-or-kill takes nothing when it cannot take all',
    options: { participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market tif=fok');
      rig.play(bar(1, 100, 105, 95, 104, 2));
    },
    lines: ['1h #1 canceled: cannot be filled whole'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'fill-or-kill takes all when it can',
    options: { participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market tif=fok');
      rig.play(bar(1, 100, 105, 95, 104, 5));
    },
    lines: ['1h #1 buy 0.5 at 100 fee 0 USDT taker'],
    balances: '9950 / 0.5 / 1',
  },
  {
    name: 'a tenth of the volume moves the price by a thousandth',
    options: { impact: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 1 market');
      rig.play(bar(1, 100, 105, 95, 104, 10));
    },
    // 100 x 0.1 x (1 / 10)^2 = 0.1
    lines: ['1h #1 buy 1 at 100.1 fee 0 USDT taker'],
    balances: '9899.9 / 1 / 1',
  },
  {
    name: 'impact comes on top of the spread, and works against a seller too',
    options: { impact: 0.1, halfSpreadBps: bps('5') },
    play: (rig) => {
      rig.submit(1, 1, 'buy 1 market');
      rig.play(bar(1, 100, 105, 95, 104, 10));
      rig.submit(2, 2, 'sell 1 market');
      rig.play(bar(2, 100, 105, 95, 104, 10));
    },
    lines: ['1h #1 buy 1 at 100.15 fee 0 USDT taker', '2h #2 sell 1 at 99.85 fee 0 USDT taker'],
    balances: '9999.7 / 0 / 1',
  },
];

const LIMITS: readonly Tape[] = [
  {
    name: 'a touched limit does not fill',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 98');
      rig.play(bar(1, 100, 101, 98, 100));
    },
    lines: [],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a limit that is traded through fills at its own price, as a maker',
    options: fees('quote', { makerBps: bps('2') }),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 98');
      rig.play(bar(1, 100, 101, 97.99, 100));
    },
    // 49; 2 bps = 0.0098
    lines: ['2h #1 buy 0.5 at 98 fee 0.0098 USDT maker'],
    balances: '9950.9902 / 0.5 / 1',
  },
  {
    name: 'a new limit beyond the open takes the open',
    options: fees('quote', { makerBps: bps('2') }),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 101');
      rig.play(bar(1, 100, 102, 99, 100));
    },
    // 50; as a taker 10 bps
    lines: ['1h #1 buy 0.5 at 100 fee 0.05 USDT taker'],
    balances: '9949.95 / 0.5 / 1',
  },
  {
    name: 'a limit at the open does not pay the spread: it waits for the trade-through',
    options: { halfSpreadBps: bps('5') },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 100');
      rig.play(bar(1, 100, 101, 99.99, 100));
    },
    // As a taker it would cost 100.05
    lines: ['2h #1 buy 0.5 at 100 fee 0 USDT maker'],
    balances: '9950 / 0.5 / 1',
  },
  {
    name: 'a resting limit that the open jumps over still fills at its own price only',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 98');
      rig.play(bar(1, 100, 101, 99, 100), bar(2, 95, 96, 94, 95));
    },
    lines: ['2h #1 buy 0.5 at 98 fee 0 USDT maker'],
    balances: '9951 / 0.5 / 1',
  },
  {
    name: 'a post-only order that would take is canceled',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 101 post=1');
      rig.play(bar(1, 100, 102, 99, 100));
    },
    lines: ['1h #1 canceled: post-only order would have taken'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a post-only order that rests is a maker',
    options: fees('quote', { makerBps: bps('0') }),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 99 post=1');
      rig.play(bar(1, 100, 102, 98, 100));
    },
    lines: ['2h #1 buy 0.5 at 99 fee 0 USDT maker'],
    balances: '9950.5 / 0.5 / 1',
  },
  {
    name: 'an immediate limit below the market is canceled at once',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 99 tif=ioc');
      rig.play(bar(1, 100, 102, 90, 100));
    },
    lines: ['1h #1 canceled: not filled at once'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'an immediate limit takes what there is',
    options: { participation: 0.5 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 101 tif=ioc');
      rig.play(bar(1, 100, 102, 90, 100, 0.8));
    },
    lines: ['1h #1 buy 0.4 at 100 fee 0 USDT taker', '1h #1 canceled: not filled at once'],
    balances: '9960 / 0.4 / 1',
  },
  {
    name: 'a fill-or-kill limit that is too large is killed',
    options: { participation: 0.5 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 101 tif=fok');
      rig.play(bar(1, 100, 102, 90, 100, 0.8));
    },
    lines: ['1h #1 canceled: cannot be filled whole'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a limit fills in parts and rests in between',
    options: { participation: 0.1 },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 98');
      rig.play(bar(1, 100, 101, 97, 100, 3), bar(2, 100, 101, 99, 100, 90), bar(3, 100, 101, 97, 100, 9));
    },
    lines: ['2h #1 buy 0.3 at 98 fee 0 USDT maker', '4h #1 buy 0.2 at 98 fee 0 USDT maker'],
    balances: '9951 / 0.5 / 1',
  },
];

const STOPS: readonly Tape[] = [
  {
    name: 'a touched stop fills at its trigger',
    options: TEN,
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop 95');
      rig.play(bar(1, 100, 101, 95, 100));
    },
    // - 50.05 + 47.5 - 0.0475
    lines: ['2h #2 sell 0.5 at 95 fee 0.0475 USDT taker'],
    balances: '9997.4025 / 0 / 1',
  },
  {
    name: 'a stop of 100 under an open of 90 fills at 90',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop 100');
      rig.play(bar(1, 90, 104, 89, 104));
    },
    lines: ['1h #2 sell 0.5 at 90 fee 0 USDT taker'],
    balances: '9995 / 0 / 1',
  },
  {
    name: 'a buy stop fills at its trigger on the way up',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 stop 105');
      rig.play(bar(1, 100, 105, 99, 104));
    },
    lines: ['2h #1 buy 0.5 at 105 fee 0 USDT taker'],
    balances: '9947.5 / 0.5 / 1',
  },
  {
    name: 'a buy stop below the open fills at the open',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 stop 105');
      rig.play(bar(1, 110, 111, 109, 110));
    },
    lines: ['1h #1 buy 0.5 at 110 fee 0 USDT taker'],
    balances: '9945 / 0.5 / 1',
  },
  {
    name: 'a stop larger than its share sells the rest at the next open, wherever that is',
    options: { participation: 0.1 },
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop 95');
      rig.play(bar(1, 100, 101, 94, 99, 3), bar(2, 97, 98, 96, 97, 9));
    },
    lines: ['2h #2 sell 0.3 at 95 fee 0 USDT taker', '2h #2 sell 0.2 at 97 fee 0 USDT taker'],
    balances: '9997.9 / 0 / 1',
  },
  {
    name: 'the stop comes before the target when one candle touches both',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 take_profit 110');
      rig.submit(3, 1, 'sell 0.5 stop 95');
      rig.play(bar(1, 100, 120, 90, 119));
    },
    lines: ['2h #3 sell 0.5 at 95 fee 0 USDT taker', '2h #2 canceled: nothing left to reduce'],
    balances: '9997.5 / 0 / 1',
  },
  {
    name: 'finer candles that saw the target first give the target',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 take_profit 110');
      rig.submit(3, 1, 'sell 0.5 stop 95');
      rig.venue.onCandle(bar(1, 100, 120, 90, 119), [
        part(1, 0, 2, [100, 120, 99, 118]),
        part(1, 1, 2, [118, 119, 90, 119]),
      ]);
    },
    lines: ['1.5h #2 sell 0.5 at 110 fee 0 USDT maker', '2h #3 canceled: nothing left to reduce'],
    balances: '10005 / 0 / 1',
  },
  {
    name: 'finer candles that saw the stop first give the stop, dated when it happened',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 take_profit 110');
      rig.submit(3, 1, 'sell 0.5 stop 95');
      rig.venue.onCandle(bar(1, 100, 120, 90, 119), [
        part(1, 0, 2, [100, 101, 90, 92]),
        part(1, 1, 2, [92, 120, 91, 119]),
      ]);
    },
    lines: ['1.5h #3 sell 0.5 at 95 fee 0 USDT taker', '2h #2 canceled: nothing left to reduce'],
    balances: '9997.5 / 0 / 1',
  },
  {
    name: 'a touched stop-limit fills at its trigger when that is within the limit',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop_limit 95 limit=94');
      rig.play(bar(1, 100, 101, 94.5, 100));
    },
    lines: ['2h #2 sell 0.5 at 95 fee 0 USDT taker'],
    balances: '9997.5 / 0 / 1',
  },
  {
    name: 'a stop-limit that a gap jumps over is not filled below its limit: it rests',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop_limit 95 limit=94');
      rig.play(bar(1, 90, 93, 89, 92), bar(2, 92, 94.01, 91, 93));
    },
    lines: ['3h #2 sell 0.5 at 94 fee 0 USDT maker'],
    balances: '9997 / 0 / 1',
  },
  {
    name: 'a stop-limit takes an open between trigger and limit',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop_limit 95 limit=94');
      rig.play(bar(1, 94.5, 96, 94, 95));
    },
    lines: ['1h #2 sell 0.5 at 94.5 fee 0 USDT taker'],
    balances: '9997.25 / 0 / 1',
  },
  {
    name: 'a stop-limit with a limit above its trigger waits for the next candle',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop_limit 95 limit=97');
      rig.play(bar(1, 100, 101, 94, 96), bar(2, 96, 97.5, 95, 96));
    },
    lines: ['3h #2 sell 0.5 at 97 fee 0 USDT maker'],
    balances: '9998.5 / 0 / 1',
  },
];

const TRAILING: readonly Tape[] = [
  {
    name: 'a trailing stop follows the highest price and sells when the market falls by its distance',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 trailing_stop 95 trail=5');
      rig.play(bar(1, 100, 108, 99, 107), bar(2, 107, 112, 106, 111), bar(3, 110, 111, 106, 109));
    },
    // 95, then 103, then 107; touched by the low of 106
    lines: ['4h #2 sell 0.5 at 107 fee 0 USDT taker'],
    balances: '10003.5 / 0 / 1',
  },
  {
    name: 'a trailing stop is not raised by a high and hit by a low of the same candle',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 trailing_stop 95 trail=5');
      rig.play(bar(1, 100, 120, 99, 118));
    },
    lines: [],
    balances: '9950 / 0.5 / 1',
  },
  {
    name: 'a trailing stop that a candle closes behind sells at that close, not at the level it must have crossed',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 trailing_stop 95 trail=5');
      rig.play(bar(1, 100, 120, 99, 112));
    },
    // Raised to 115 and surely crossed on the way to 112
    lines: ['2h #2 sell 0.5 at 112 fee 0 USDT taker'],
    balances: '10006 / 0 / 1',
  },
  {
    name: 'a trailing stop below a gap sells at the open',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 trailing_stop 95 trail=5');
      rig.play(bar(1, 100, 108, 99, 107), bar(2, 98, 99, 97, 98));
    },
    lines: ['2h #2 sell 0.5 at 98 fee 0 USDT taker'],
    balances: '9999 / 0 / 1',
  },
  {
    name: 'an open above raises a trailing stop before the low of that candle counts',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 trailing_stop 95 trail=5');
      rig.play(bar(1, 110, 111, 104, 106));
    },
    // The open of 110 is certain and first: 105
    lines: ['2h #2 sell 0.5 at 105 fee 0 USDT taker'],
    balances: '10002.5 / 0 / 1',
  },
];

const GROUPS: readonly Tape[] = [
  {
    name: 'one cancels the other',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop 95 group=a');
      rig.submit(3, 1, 'sell 0.5 take_profit 110 group=a');
      rig.play(bar(1, 100, 111, 96, 110));
    },
    lines: ['2h #3 sell 0.5 at 110 fee 0 USDT maker', '2h #2 canceled: the other of its group filled'],
    balances: '10005 / 0 / 1',
  },
  {
    name: 'a part fill of the target shrinks the stop by as much',
    options: { participation: 0.1 },
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 stop 95 group=a');
      rig.submit(3, 1, 'sell 0.5 take_profit 110 group=a');
      rig.play(bar(1, 100, 111, 96, 110, 3), bar(2, 100, 101, 94, 95, 90));
    },
    // 0.3 at 110, then the stop for the 0.2 that are left: - 50 + 33 + 19
    lines: [
      '2h #3 sell 0.3 at 110 fee 0 USDT maker',
      '3h #2 sell 0.2 at 95 fee 0 USDT taker',
      '3h #2 canceled: the other of its group took the rest',
      '3h #3 canceled: the other of its group filled',
    ],
    balances: '10002 / 0 / 1',
  },
];

const FEES: readonly Tape[] = [
  {
    name: 'a fee in base makes the holding smaller than what was bought',
    options: fees('base'),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    // 10 bps of 0.5
    lines: ['1h #1 buy 0.5 at 100 fee 0.0005 BTC taker'],
    balances: '9950 / 0.4995 / 1',
  },
  {
    name: 'what a fee in base leaves below a lot is dust: it stays, and is never sold twice',
    options: fees('received'),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
      rig.submit(2, 2, 'sell 0.499 market');
      rig.play(bar(2, 100, 101, 99, 100));
      rig.submit(3, 3, 'sell 0.001 market');
    },
    // 49.9; fee in quote 0.0499
    lines: [
      '1h #1 buy 0.5 at 100 fee 0.0005 BTC taker',
      '2h #2 sell 0.499 at 100 fee 0.0499 USDT taker',
      '3h #3 rejected: notional 0.1 USDT is below the minimum 5',
    ],
    balances: '9999.8501 / 0.0005 / 1',
  },
  {
    name: 'what was bought is more than can be sold after a fee in base',
    options: fees('base'),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
      rig.submit(2, 2, 'sell 0.5 market');
    },
    lines: [
      '1h #1 buy 0.5 at 100 fee 0.0005 BTC taker',
      '2h #2 rejected: reduce-only sale of 0.5 exceeds the holding 0.4995',
    ],
    balances: '9950 / 0.4995 / 1',
  },
  {
    name: 'a fee in a coin of the venue leaves quote and base alone',
    options: fees({ asset: BNB, price: price('500') }),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    // 50 x 10 bps / 500
    lines: ['1h #1 buy 0.5 at 100 fee 0.0001 BNB taker'],
    balances: '9950 / 0.5 / 0.9999',
  },
  {
    name: 'buyers and sellers may pay different rates',
    options: fees('quote', { sides: { sell: { makerBps: bps('0'), takerBps: bps('20') } } }),
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    // - 50 - 0.05 + 50 - 0.1
    lines: ['1h #2 sell 0.5 at 100 fee 0.1 USDT taker'],
    balances: '9999.85 / 0 / 1',
  },
  {
    name: 'a fee is rounded up to the decimals of the quote asset',
    options: { feeBps: bps('10'), instrument: { ...instrument, quoteScale: 2 } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.501 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    // 50.1 x 10 bps = 0.0501
    lines: ['1h #1 buy 0.501 at 100 fee 0.06 USDT taker'],
    balances: '9949.84 / 0.501 / 1',
  },
  {
    name: 'a fee in base is rounded up to its own decimals',
    options: fees('base', { scale: 4, takerBps: bps('7') }),
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.501 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    // 0.501 x 7 bps = 0.0003507
    lines: ['1h #1 buy 0.501 at 100 fee 0.0004 BTC taker'],
    balances: '9949.9 / 0.5006 / 1',
  },
];

const FILTERS: readonly Tape[] = [
  {
    name: 'an order worth less than the minimum is refused',
    play: (rig) => rig.submit(1, 1, 'buy 0.049 limit 100'),
    lines: ['1h #1 rejected: notional 4.9 USDT is below the minimum 5'],
  },
  {
    name: 'an order worth exactly the minimum is taken',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.05 limit 100');
      rig.play(bar(1, 101, 102, 99, 100));
    },
    lines: ['2h #1 buy 0.05 at 100 fee 0 USDT maker'],
  },
  {
    name: 'a market order before any price is judged when it fills',
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.049 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    lines: ['1h #1 canceled: notional 4.9 USDT is below the minimum 5'],
  },
  {
    name: 'a quantity off the lot is refused, not rounded',
    play: (rig) => rig.submit(1, 1, 'buy 0.5005 market'),
    lines: ['1h #1 rejected: quantity 0.5005 is not a multiple of the lot 0.001'],
  },
  {
    name: 'a price off the tick is refused, not rounded',
    play: (rig) => rig.submit(1, 1, 'buy 0.5 limit 100.005'),
    lines: ['1h #1 rejected: price 100.005 is not a positive multiple of the tick 0.01'],
  },
  {
    name: 'more than is held cannot be sold',
    play: (rig) => {
      holding(rig);
      rig.submit(2, 1, 'sell 0.501 market');
    },
    lines: ['1h #2 rejected: reduce-only sale of 0.501 exceeds the holding 0.5'],
  },
  {
    name: 'the lot of the day counts, not the one of today',
    options: {
      limitsHistory: [
        {
          validFrom: at(0),
          tickSize: parseDecimal('0.01'),
          lotSize: parseDecimal('0.01'),
          minQuantity: parseDecimal('0.01'),
          minNotional: parseDecimal('5'),
        },
        {
          validFrom: at(2),
          tickSize: parseDecimal('0.01'),
          lotSize: parseDecimal('0.001'),
          minQuantity: parseDecimal('0.001'),
          minNotional: parseDecimal('5'),
        },
      ],
    },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.501 market');
      rig.submit(2, 2, 'buy 0.501 market');
      rig.play(bar(2, 100, 101, 99, 100));
    },
    lines: [
      '1h #1 rejected: quantity 0.501 is not a multiple of the lot 0.01',
      '2h #2 buy 0.501 at 100 fee 0 USDT taker',
    ],
  },
  {
    name: 'the tick of the day rounds the price of a taker',
    options: {
      halfSpreadBps: bps('5'),
      limitsHistory: [
        {
          validFrom: at(0),
          tickSize: parseDecimal('0.1'),
          lotSize: parseDecimal('0.001'),
          minQuantity: parseDecimal('0.001'),
          minNotional: parseDecimal('5'),
        },
        {
          validFrom: at(9),
          tickSize: parseDecimal('0.01'),
          lotSize: parseDecimal('0.001'),
          minQuantity: parseDecimal('0.001'),
          minNotional: parseDecimal('5'),
        },
      ],
    },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    // 100.05 on a tick of 0.1
    lines: ['1h #1 buy 0.5 at 100.1 fee 0 USDT taker'],
  },
];

const RACES: readonly Tape[] = [
  {
    name: 'a cancel that is looked at late loses against the open',
    options: { faults: { rng: createRng(1), lateCancels: 1 } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.cancel(1, 1);
      rig.play(bar(1, 100, 101, 99, 100));
    },
    lines: ['1h #1 buy 0.5 at 100 fee 0 USDT taker'],
    balances: '9950 / 0.5 / 1',
  },
  {
    name: 'a late cancel still wins against what comes after the open',
    options: { faults: { rng: createRng(1), lateCancels: 1 } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 limit 98');
      rig.cancel(1, 1);
      rig.play(bar(1, 100, 101, 90, 100));
    },
    lines: ['1h #1 canceled: requested'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a part fill and a late cancel: what filled stays, the rest goes',
    options: { participation: 0.1, faults: { rng: createRng(1), lateCancels: 1 } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.cancel(1, 1);
      rig.play(bar(1, 100, 101, 99, 100, 3), bar(2, 100, 101, 99, 100, 90));
    },
    lines: ['1h #1 buy 0.3 at 100 fee 0 USDT taker', '1h #1 canceled: requested'],
    balances: '9970 / 0.3 / 1',
  },
  {
    name: 'a fill that is reported twice is booked once',
    options: { ...TEN, faults: { rng: createRng(1), repeats: 1 } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    lines: ['1h #1 buy 0.5 at 100 fee 0.05 USDT taker', '1h #1 buy 0.5 at 100 fee 0.05 USDT taker'],
    balances: '9949.95 / 0.5 / 1',
  },
  {
    name: 'an overloaded venue refuses',
    options: { faults: { rng: createRng(1), rejects: 1 } },
    play: (rig) => rig.submit(1, 1, 'buy 0.5 market'),
    lines: ['1h #1 rejected: the venue is overloaded'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'an order that misses the open by its latency waits for the next one',
    options: { faults: { rng: createRng(1), latencyMs: [50, 50] } },
    play: (rig) => {
      rig.submit(1, 1, 'buy 0.5 market');
      rig.play(bar(1, 100, 101, 99, 100), bar(2, 103, 104, 102, 103));
    },
    lines: ['2h #1 buy 0.5 at 103 fee 0 USDT taker'],
    balances: '9948.5 / 0.5 / 1',
  },
];

const ALL = { MARKET, LIMITS, STOPS, TRAILING, GROUPS, FEES, FILTERS, RACES };

describe.each(Object.entries(ALL))('tapes worked out by hand: %s', (_, tapes) => {
  it.each(tapes)('$name', ({ options, play, lines, balances }) => {
    const rig = tapeRig(options);
    play(rig);
    expect(rig.lines).toEqual(lines);
    if (balances !== undefined) expect(rig.balances()).toBe(balances);
  });
});

it('there are at least 40 of them', () => {
  expect(Object.values(ALL).flat().length).toBeGreaterThanOrEqual(40);
});
