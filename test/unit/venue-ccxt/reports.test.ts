import { describe, expect, it } from 'vitest';
import { provesAnswer } from '#adapters/venue-ccxt/answer-proof.ts';
import { balanceReports } from '#adapters/venue-ccxt/parse/balance-report.ts';
import { closedCandles } from '#adapters/venue-ccxt/parse/candles.ts';
import { orderReport } from '#adapters/venue-ccxt/parse/order-report.ts';
import { tradeReport } from '#adapters/venue-ccxt/parse/trade-report.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';

const reading = { exchangeId: 'binance', clientIdFromVenue: (text: string) => text, receivedAt: unixMs(5) };
const order = {
  id: '17',
  clientOrderId: 'mt0123456789abcdef',
  symbol: 'BTC/USDT',
  side: 'buy',
  status: 'open',
  amount: '0.30000000',
  filled: '0.10000000',
  price: '60000.10',
  timestamp: 1000,
  info: {},
};

describe('an order of ccxt', () => {
  it('is read exactly', () => {
    const report = orderReport(order, reading);
    expect(report).toMatchObject({
      venueOrderId: '17',
      instrumentId: 'BTC/USDT.BINANCE',
      status: 'open',
      updatedAt: 1000,
    });
    expect(report && formatDecimal(report.quantity)).toBe('0.3');
    expect(report?.price && formatDecimal(report.price)).toBe('60000.1');
  });

  it('that is closed was filled only when nothing is left over', () => {
    expect(orderReport({ ...order, status: 'closed' }, reading)?.status).toBe('canceled');
    expect(orderReport({ ...order, status: 'closed', filled: '0.3' }, reading)?.status).toBe('filled');
  });

  it("without a client id is somebody else's", () => {
    expect(orderReport({ ...order, clientOrderId: undefined }, reading)).not.toHaveProperty('clientOrderId');
    expect(orderReport({ ...order, clientOrderId: '' }, reading)).not.toHaveProperty('clientOrderId');
  });

  it.each([
    ['id', undefined],
    ['id', ''],
    ['symbol', 7],
    ['side', 'both'],
    ['status', 'sleeping'],
    ['status', undefined],
    ['amount', undefined],
    ['amount', '0'],
    ['amount', 'NaN'],
    ['filled', '-1'],
    ['filled', '<html>'],
    ['price', 'much'],
  ])('with %s of %s is not read at all', (key, value) => {
    expect(orderReport({ ...order, [key]: value }, reading)).toBeUndefined();
  });
});

describe('a trade of ccxt', () => {
  const trade = {
    id: '9',
    order: '17',
    symbol: 'BTC/USDT',
    side: 'sell',
    takerOrMaker: 'maker',
    price: '60000.1',
    amount: '0.1',
    timestamp: 1000,
    fee: { cost: '0.0001', currency: 'BNB' },
    info: {},
  };

  it('is read with its fee in the asset that paid it', () => {
    expect(tradeReport(trade, reading)).toMatchObject({ tradeId: '9', liquidity: 'maker', fee: { asset: 'BNB' } });
  });

  it.each([
    ['fee', undefined],
    ['fee', { cost: '0.1' }],
    ['fee', { cost: undefined, currency: 'BNB' }],
    ['price', '0'],
    ['amount', '-1'],
    ['timestamp', undefined],
    ['order', undefined],
  ])('with %s of %s is not read at all: what is not known is not zero', (key, value) => {
    expect(tradeReport({ ...trade, [key]: value }, reading)).toBeUndefined();
  });
});

describe('balances of ccxt', () => {
  it('are what is held, without zeros', () => {
    const answer = { free: { BTC: '0.5', USDT: '0' }, total: { BTC: '1.00000001', USDT: '0.0' }, info: {} };
    expect(balanceReports(answer)).toMatchObject([{ asset: 'BTC' }]);
  });

  it.each([
    undefined,
    null,
    '<html>',
    [],
    {},
    { free: {} },
    { free: {}, total: { BTC: 'x' } },
    { free: {}, total: { BTC: '1' } },
  ])('that cannot be read (%j) are not an empty account', (answer) => {
    expect(balanceReports(answer)).toBeUndefined();
  });

  it('of an empty account are an empty list', () => {
    expect(balanceReports({ free: {}, total: {}, info: {} })).toEqual([]);
  });
});

describe('the body of an answer', () => {
  it.each([
    ['binance', 'open', '[]', true],
    ['binance', 'open', '{}', false],
    ['binance', 'open', '[{"orderId":1}]', true],
    ['binance', 'open', '[null]', false],
    ['binance', 'trades', '[{"id":1}]', false],
    ['kraken', 'trades', '{"error":[],"result":{"trades":{"T":{"ordertxid":"O"}}}}', true],
    ['kraken', 'trades', '{"error":[],"result":{"trades":{"T":7}}}', false],
    ['binance', 'balances', '{"balances":[]}', true],
    ['binance', 'balances', '{}', false],
    ['binance', 'order', '{"orderId":1}', true],
    ['binance', 'order', '{}', false],
    ['kraken', 'open', '{"error":[],"result":{"open":{}}}', true],
    ['kraken', 'open', '{"error":[],"result":{}}', false],
    ['kraken', 'balances', '{"error":[],"result":{}}', true],
    ['kraken', 'balances', '{"error":[]}', false],
    ['okx', 'open', '{"code":"0","data":[]}', true],
    ['okx', 'open', '{"code":"0"}', false],
    ['bybit', 'open', '{"retCode":0,"result":{"list":[]}}', true],
    ['bybit', 'open', '{"retCode":0,"result":{}}', false],
    ['gemini', 'open', '[]', true],
    ['gemini', 'open', '"a text"', false],
    ['gemini', 'open', '<html><body>maintenance</body></html>', false],
    ['binance', 'open', '', false],
    ['binance', 'open', undefined, false],
  ] as const)('%s %s %s proves an answer: %s', (venue, question, body, expected) => {
    expect(provesAnswer(venue, question, body)).toBe(expected);
  });
});

describe('candles of ccxt', () => {
  const row = (openTime: number, close = 10) => [openTime, 10, 11, 9, close, 5];
  const minute = 60_000;

  it('come closed, in order and once; the forming one never', () => {
    const rows = [row(2 * minute), row(0), row(minute), row(minute), row(3 * minute)];
    const found = closedCandles(rows, '1m', unixMs(3 * minute));
    expect(found?.candles.map(({ openTime }) => openTime)).toEqual([0, minute, 2 * minute]);
    expect(found?.odd).toBe(0);
  });

  it.each([
    [[[0, 10, 11, 9, 12, 5]]],
    [[[0, 10, 11, 9, Number.NaN, 5]]],
    [[[0, 10, 11, 9, 10, -1]]],
    [[[1, 10, 11, 9, 10, 1]]],
    [[[0, 0, 11, 0, 10, 1]]],
    [['x']],
  ])('that no market can have made (%j) are counted and left out', (rows) => {
    expect(closedCandles(rows, '1m', unixMs(10 * minute))).toEqual({ candles: [], odd: 1 });
  });

  it('that are no list are no candles', () => {
    expect(closedCandles('<html>', '1m', unixMs(0))).toBeUndefined();
  });
});
