import { describe, expect, it } from 'vitest';
import { createSequenceCheck, hasSequence } from '#adapters/venue-ccxt/market/sequence-check.ts';
import * as fc from '../../support/seeded-check.ts';

type Maker = (first: number, last: number) => unknown;

/** One message in the form of each venue that numbers its books, covering the numbers from `first` to `last`. */
const MAKERS: Readonly<Record<string, Maker>> = {
  binance: (first, last) => ({ e: 'depthUpdate', s: 'BTCUSDT', U: first, u: last }),
  binanceus: (first, last) => ({ stream: 'x', data: { e: 'depthUpdate', s: 'BTCUSDT', U: first, u: last } }),
  binanceusdm: (first, last) => ({ e: 'depthUpdate', s: 'BTCUSDT', U: first - 100, u: last, pu: first - 1 }),
  okx: (first, last) => ({
    arg: { channel: 'books', instId: 'BTC-USDT' },
    action: 'update',
    data: [{ seqId: last, prevSeqId: first - 1 }],
  }),
  gate: (first, last) => ({
    channel: 'spot.order_book_update',
    event: 'update',
    result: { s: 'BTC_USDT', U: first, u: last },
  }),
  deribit: (first, last) => ({
    params: { channel: 'book.BTC.raw', data: { prev_change_id: first - 1, change_id: last } },
  }),
};
/** Venues whose messages have one number each. */
const SINGLE: Readonly<Record<string, (number: number) => unknown>> = {
  bybit: (u) => ({ topic: 'orderbook.50.BTCUSDT', type: 'delta', data: { s: 'BTCUSDT', u } }),
  coinbase: (sequence_num) => ({ channel: 'l2_data', sequence_num }),
  bitfinex: (number) => [7, [1, 2, 3], number],
};

const makers: readonly (readonly [string, Maker])[] = [
  ...Object.entries(MAKERS),
  ...Object.entries(SINGLE).map(([id, make]) => [id, (_first: number, last: number) => make(last)] as const),
];

describe('the numbers of book messages (row 39)', () => {
  it('are followed for every venue of the table', () => {
    expect(makers.map(([id]) => hasSequence(id))).toEqual(makers.map(() => true));
    expect(hasSequence('gemini')).toBe(false);
  });

  it.each(makers)('of %s: whole runs pass, repeats pass, and every hole is seen at the next message', (id, make) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: id in SINGLE ? 1 : 5 }), { minLength: 3, maxLength: 20 }),
        fc.nat(),
        fc.nat(),
        (sizes, seed, repeat) => {
          let next = 1_000;
          const messages = sizes.map((size) => {
            const message = make(next, next + size - 1);
            next += size;
            return message;
          });
          const whole = createSequenceCheck(id);
          expect(messages.map((message) => whole.read(message)).filter(Boolean)).toEqual([]);
          expect(whole.read(messages[repeat % messages.length])).toBeUndefined();
          const lost = 1 + (seed % (messages.length - 2));
          const torn = createSequenceCheck(id);
          const gaps = messages.filter((_, index) => index !== lost).map((message) => torn.read(message));
          expect(gaps.findIndex((gap) => gap !== undefined)).toBe(lost);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('start anew with a snapshot', () => {
    const check = createSequenceCheck('bybit');
    check.read({ topic: 'orderbook.50.X', type: 'delta', data: { u: 5 } });
    expect(check.read({ topic: 'orderbook.50.X', type: 'snapshot', data: { u: 900 } })).toBeUndefined();
    expect(check.read({ topic: 'orderbook.50.X', type: 'delta', data: { u: 902 } })).toMatchObject({ expected: 900 });
  });

  it.each([undefined, null, 'text', 7, [], {}, { e: 'depthUpdate' }, { e: 'depthUpdate', s: 'X', u: 'NaN' }])(
    'of nonsense (%j) are none',
    (message) => {
      for (const [id] of makers) expect(createSequenceCheck(id).read(message)).toBeUndefined();
    },
  );
});
