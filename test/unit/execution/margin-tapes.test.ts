import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { price } from '#core/domain/money.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import type { SimulatedVenueOptions } from '#core/execution/venue-options.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { reconcile } from '#core/ledger/reconcile.ts';
import { sha256 } from '../../support/candle-builders.ts';
import { bar, tapeRig } from '../../support/tape-rig.ts';
import { AGENT, BTCUSDT, instrument } from '../../support/trading-builders.ts';

/*
 * Short positions worked out by hand. Initial margin a half, maintenance a quarter, interest 36.5 % a year, which is a 24,000th of the
 * borrowed value an hour. The account has 10,000 USDT. Tick 0.01, lot 0.001.
 */
const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0.365') },
};
const TEN = { feeBps: parseDecimal('10') };

type Rig = ReturnType<typeof tapeRig>;
type Tape = {
  readonly name: string;
  readonly options?: Partial<SimulatedVenueOptions>;
  readonly play: (rig: Rig) => void;
  readonly lines: readonly string[];
  readonly balances: string;
};
const levels = (text: string) =>
  text.split(' ').map((level) => {
    const [at = '', size = ''] = level.split('x');
    return [parseDecimal(at), parseDecimal(size)] as const;
  });
/** Sells `size` short at 100 in hour 1, whose close is 100 too. */
const short = (rig: Rig, size: string): void => {
  rig.submit(1, 1, `sell ${size} market open=1`);
  rig.play(bar(1, 100, 101, 99, 100, 10_000));
};

const ENTRY: readonly Tape[] = [
  {
    name: 'a sale of what is not held borrows it: cash grows, base is owed',
    options: TEN,
    play: (rig) => short(rig, '24'),
    // 10000 + 2400 - 2.4; 2400 / 24000
    lines: ['1h #1 sell 24 at 100 fee 2.4 USDT taker', '2h interest 0.1'],
    balances: '12397.5 / -24 / 1',
  },
  {
    name: 'a limit order sells short as a maker',
    play: (rig) => {
      rig.submit(1, 1, 'sell 24 limit 110 open=1');
      rig.play(bar(1, 100, 110.01, 99, 100));
    },
    // 10000 + 2640 - 0.1
    lines: ['2h #1 sell 24 at 110 fee 0 USDT maker', '2h interest 0.1'],
    balances: '12639.9 / -24 / 1',
  },
  {
    name: 'equity of exactly the initial margin is enough',
    play: (rig) => short(rig, '200'),
    // 20000 / 24000 = 0.8333... rounded up
    lines: ['1h #1 sell 200 at 100 fee 0 USDT taker', '2h interest 0.83333334'],
    balances: '29999.16666666 / -200 / 1',
  },
  {
    name: 'one lot more is not',
    play: (rig) => short(rig, '200.001'),
    lines: ['1h #1 canceled: equity of 10000 USDT is less than the initial margin of 10000.05'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'the fee of the sale counts as well',
    options: TEN,
    play: (rig) => short(rig, '200'),
    lines: ['1h #1 canceled: equity of 9980 USDT is less than the initial margin of 10000'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'where a price is known the order is refused at once',
    play: (rig) => {
      rig.play(bar(0, 100, 100, 100, 100));
      rig.submit(1, 1, 'sell 200.001 market open=1');
    },
    lines: ['1h #1 rejected: equity of 10000 USDT is less than the initial margin of 10000.05'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'a loss leaves less room for more',
    play: (rig) => {
      rig.submit(1, 1, 'sell 120 market open=1');
      rig.play(bar(1, 100, 121, 99, 120));
      rig.submit(2, 2, 'sell 40 market open=1');
    },
    // 14400 / 24000; 10000 + 12000 - 0.6 - 14400 against half of 160 x 120
    lines: [
      '1h #1 sell 120 at 100 fee 0 USDT taker',
      '2h interest 0.6',
      '2h #2 rejected: equity of 7599.4 USDT is less than the initial margin of 9600',
    ],
    balances: '21999.4 / -120 / 1',
  },
  {
    name: 'what is reduce-only never borrows',
    play: (rig) => rig.submit(1, 1, 'sell 1 limit 100'),
    lines: ['1h #1 rejected: reduce-only sale of 1 exceeds the holding 0'],
    balances: '10000 / 0 / 1',
  },
  {
    name: 'an instrument without margin terms lends nothing',
    options: { instrument },
    play: (rig) => rig.submit(1, 1, 'sell 1 limit 100 open=1'),
    lines: ['1h #1 rejected: sale of 1 exceeds the holding 0'],
    balances: '10000 / 0 / 1',
  },
];

const COVER: readonly Tape[] = [
  {
    name: 'a part is bought back',
    play: (rig) => {
      short(rig, '24');
      rig.submit(2, 2, 'buy 10 market reduce=1');
      rig.play(bar(2, 90, 91, 89, 90));
    },
    // 12399.9 - 900 - 14 x 90 / 24000
    lines: [
      '1h #1 sell 24 at 100 fee 0 USDT taker',
      '2h interest 0.1',
      '2h #2 buy 10 at 90 fee 0 USDT taker',
      '3h interest 0.0525',
    ],
    balances: '11499.8475 / -14 / 1',
  },
  {
    name: 'a purchase through zero covers and holds the rest',
    play: (rig) => {
      short(rig, '24');
      rig.submit(2, 2, 'buy 30 market');
      rig.play(bar(2, 90, 91, 89, 90));
    },
    lines: ['1h #1 sell 24 at 100 fee 0 USDT taker', '2h interest 0.1', '2h #2 buy 30 at 90 fee 0 USDT taker'],
    balances: '9699.9 / 6 / 1',
  },
  {
    name: 'a sale through zero sells what is held and borrows the rest',
    play: (rig) => {
      rig.submit(1, 0, 'buy 6 market');
      rig.play(bar(0, 100, 100, 100, 100));
      rig.submit(2, 1, 'sell 30 market open=1');
      rig.play(bar(1, 100, 101, 99, 100));
    },
    lines: ['0h #1 buy 6 at 100 fee 0 USDT taker', '1h #2 sell 30 at 100 fee 0 USDT taker', '2h interest 0.1'],
    balances: '12399.9 / -24 / 1',
  },
  {
    name: 'two orders that reduce do not buy more than is owed',
    play: (rig) => {
      short(rig, '24');
      rig.submit(2, 2, 'buy 24 market reduce=1');
      rig.submit(3, 2, 'buy 24 market reduce=1');
      rig.play(bar(2, 100, 100, 100, 100));
    },
    lines: [
      '1h #1 sell 24 at 100 fee 0 USDT taker',
      '2h interest 0.1',
      '2h #2 buy 24 at 100 fee 0 USDT taker',
      '2h #3 canceled: nothing left to reduce',
    ],
    balances: '9999.9 / 0 / 1',
  },
  {
    name: 'more than is owed is refused when it may only reduce',
    play: (rig) => {
      short(rig, '24');
      rig.submit(2, 2, 'buy 24.001 market reduce=1');
    },
    lines: [
      '1h #1 sell 24 at 100 fee 0 USDT taker',
      '2h interest 0.1',
      '2h #2 rejected: reduce-only purchase of 24.001 exceeds the 24 that are borrowed',
    ],
    balances: '12399.9 / -24 / 1',
  },
];

const INTEREST: readonly Tape[] = [
  {
    name: 'is charged for each candle at its close',
    play: (rig) => {
      short(rig, '24');
      rig.play(bar(2, 100, 100, 50, 50), bar(3, 50, 200, 50, 200));
    },
    // 24 x 100, 50 and 200
    lines: ['1h #1 sell 24 at 100 fee 0 USDT taker', '2h interest 0.1', '3h interest 0.05', '4h interest 0.2'],
    balances: '12399.65 / -24 / 1',
  },
  {
    name: 'is rounded up to the decimals of the quote asset',
    options: { instrument: { ...MARGIN, quoteScale: 2 } },
    play: (rig) => short(rig, '25'),
    // 0.1041...
    lines: ['1h #1 sell 25 at 100 fee 0 USDT taker', '2h interest 0.11'],
    balances: '12499.89 / -25 / 1',
  },
  {
    name: 'goes on through a hole in the data, at the last price before it',
    play: (rig) => {
      short(rig, '24');
      rig.play(bar(4, 50, 50, 50, 50));
    },
    lines: ['1h #1 sell 24 at 100 fee 0 USDT taker', '2h interest 0.1', '4h interest 0.2', '5h interest 0.05'],
    balances: '12399.65 / -24 / 1',
  },
  {
    name: 'of a candle in which all is bought back is charged whole, unless that was at its open',
    play: (rig) => {
      short(rig, '24');
      rig.submit(2, 2, 'buy 24 stop 110 reduce=1');
      rig.play(bar(2, 100, 110, 100, 105));
    },
    // 24 x 105 / 24000
    lines: [
      '1h #1 sell 24 at 100 fee 0 USDT taker',
      '2h interest 0.1',
      '3h #2 buy 24 at 110 fee 0 USDT taker',
      '3h interest 0.105',
    ],
    balances: '9759.795 / 0 / 1',
  },
];

/** 120 short at 100 with a fee of 12: 21987.5 are left after interest; owed x 1.25 is worth that at 146.58333, so at 146.59. */
const FIRST = ['1h #1 sell 120 at 100 fee 12 USDT taker', '2h interest 0.5'] as const;
const LIQUIDATION: readonly Tape[] = [
  {
    name: 'happens at the open that has jumped over its price, with the fee',
    options: TEN,
    play: (rig) => {
      short(rig, '120');
      rig.play(bar(2, 160, 165, 150, 155));
    },
    // 21987.5 - 19200 - 19.2
    lines: [...FIRST, '2h liquidation 1 buy 120 at 160 fee 19.2 USDT taker'],
    balances: '2768.3 / 0 / 1',
  },
  {
    name: 'happens at its price when a candle touches it',
    options: TEN,
    play: (rig) => {
      short(rig, '120');
      rig.play(bar(2, 140, 146.59, 139, 145));
    },
    // 21987.5 - 17590.8 - 17.5908 - 17400 / 24000
    lines: [...FIRST, '3h liquidation 1 buy 120 at 146.59 fee 17.5908 USDT taker', '3h interest 0.725'],
    balances: '4378.3842 / 0 / 1',
  },
  {
    name: 'does not happen one tick before',
    options: TEN,
    play: (rig) => {
      short(rig, '120');
      rig.play(bar(2, 140, 146.58, 139, 145));
    },
    lines: [...FIRST, '3h interest 0.725'],
    balances: '21986.775 / -120 / 1',
  },
  {
    name: 'can cost more than there is',
    options: TEN,
    play: (rig) => {
      short(rig, '120');
      rig.play(bar(2, 200, 200, 200, 200));
    },
    // 21987.5 - 24000 - 24
    lines: [...FIRST, '2h liquidation 1 buy 120 at 200 fee 24 USDT taker'],
    balances: '-2036.5 / 0 / 1',
  },
  {
    name: 'comes after a stop of the owner that is touched first',
    options: TEN,
    play: (rig) => {
      short(rig, '120');
      rig.submit(2, 2, 'buy 120 stop 130 reduce=1');
      rig.play(bar(2, 120, 150, 119, 149));
    },
    // 21987.5 - 15600 - 15.6 - 17880 / 24000
    lines: [...FIRST, '3h #2 buy 120 at 130 fee 15.6 USDT taker', '3h interest 0.745'],
    balances: '6371.155 / 0 / 1',
  },
  {
    name: 'cancels what was to buy back later',
    options: TEN,
    play: (rig) => {
      short(rig, '120');
      rig.submit(2, 2, 'buy 120 limit 90 reduce=1');
      rig.play(bar(2, 160, 165, 80, 155));
    },
    lines: [...FIRST, '2h liquidation 1 buy 120 at 160 fee 19.2 USDT taker', '3h #2 canceled: nothing left to reduce'],
    balances: '2768.3 / 0 / 1',
  },
  {
    name: 'that has begun goes on until nothing is owed, even where the price has come back',
    options: { participation: 0.1 },
    play: (rig) => {
      short(rig, '120');
      rig.play(bar(2, 140, 150, 139, 145, 500), bar(3, 120, 121, 119, 120, 5000));
    },
    // 21999.5 / 150 = 146.66333; 50 x 146.67, then 70 x 120
    lines: [
      '1h #1 sell 120 at 100 fee 0 USDT taker',
      '2h interest 0.5',
      '3h liquidation 1 buy 50 at 146.67 fee 0 USDT taker',
      '3h interest 0.725',
      '3h liquidation 1 buy 70 at 120 fee 0 USDT taker',
    ],
    balances: '6265.275 / 0 / 1',
  },
  {
    name: 'walks a book where one is given',
    play: (rig) => {
      short(rig, '120');
      rig.venue.onCandle(bar(2, 160, 165, 150, 155), undefined, {
        bids: levels('159x1'),
        asks: levels('161x50 162x100'),
      });
    },
    // 21999.5 - 8050 - 11340
    lines: [
      '1h #1 sell 120 at 100 fee 0 USDT taker',
      '2h interest 0.5',
      '2h liquidation 1 buy 50 at 161 fee 0 USDT taker',
      '2h liquidation 1 buy 70 at 162 fee 0 USDT taker',
    ],
    balances: '2609.5 / 0 / 1',
  },
  {
    name: 'of a second position is a second order',
    play: (rig) => {
      short(rig, '120');
      rig.play(bar(2, 150, 150, 150, 150));
      // 3999.5 are left; 20 x 150 need 1500
      rig.submit(2, 3, 'sell 20 market open=1');
      rig.play(bar(3, 150, 150, 150, 150), bar(4, 400, 400, 400, 400));
    },
    // 3999.5 + 3000 - 0.125 - 8000
    lines: [
      '1h #1 sell 120 at 100 fee 0 USDT taker',
      '2h interest 0.5',
      '2h liquidation 1 buy 120 at 150 fee 0 USDT taker',
      '3h #2 sell 20 at 150 fee 0 USDT taker',
      '4h interest 0.125',
      '4h liquidation 2 buy 20 at 400 fee 0 USDT taker',
    ],
    balances: '-1000.625 / 0 / 1',
  },
];

const ALL = { ENTRY, COVER, INTEREST, LIQUIDATION };

describe.each(Object.entries(ALL))('short positions worked out by hand: %s', (_, tapes) => {
  it.each(tapes)('$name', ({ options, play, lines, balances }) => {
    const rig = tapeRig({ instrument: MARGIN, ...options });
    play(rig);
    expect(rig.lines).toEqual(lines);
    expect(rig.balances()).toBe(balances);
    expect(formatDecimal(reconcile(rig.state(), new Map([[BTCUSDT, price('123.45')]])).difference)).toBe('0');
  });
});

describe('a venue that lends', () => {
  it('remembers what is borrowed through a restart, and still guards it', () => {
    const before = tapeRig({ instrument: MARGIN });
    short(before, '120');
    const state = before.venue.state();
    expect([formatDecimal(state.holding), state.borrowed?.agentId, state.openOrders]).toEqual(['0', AGENT, []]);
    const after = tapeRig({ instrument: MARGIN });
    after.venue.restore(state);
    // The new account has 10,000 and owes 120: at 66.67 that is the maintenance margin.
    after.play(bar(2, 70, 70, 70, 70));
    expect(after.lines).toEqual(['2h liquidation 1 buy 120 at 70 fee 0 USDT taker']);
  });

  it.each([
    ['terms without an account', { instrument: MARGIN }, 'margin terms but no account'],
    [
      'an account without terms',
      { instrument, margin: { cash: () => parseDecimal('1'), onInterest: (): void => undefined } },
      'an account but no margin terms',
    ],
    [
      'fees in base',
      {
        instrument: MARGIN,
        margin: { cash: () => parseDecimal('1'), onInterest: (): void => undefined },
        fees: { makerBps: parseDecimal('1'), takerBps: parseDecimal('1'), paidIn: 'received' as const },
      },
      'cannot be paid on margin',
    ],
  ])('refuses %s', (_, options, message) => {
    const make = () =>
      createSimulatedVenue({
        feeBps: parseDecimal('0'),
        halfSpreadBps: parseDecimal('0'),
        ids: createIdFactory(sha256, 'margin'),
        ...options,
      });
    expect(make).toThrow(message);
  });
});
