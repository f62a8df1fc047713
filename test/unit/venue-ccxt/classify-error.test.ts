import * as ccxt from 'ccxt';
import { describe, expect, it } from 'vitest';
import type { Call } from '#adapters/venue-ccxt/call-context.ts';
import { classifyError } from '#adapters/venue-ccxt/classify-error.ts';
import { ERROR_CLASSES, type Verdict } from '#adapters/venue-ccxt/error-classes.ts';
import { VENUE_CODES } from '#adapters/venue-ccxt/venue-codes.ts';

type ErrorClass = new (message: string) => Error;

const packaged = new Map<string, ErrorClass>(
  Object.entries(ccxt as unknown as Readonly<Record<string, unknown>>).flatMap(([name, exported]) =>
    typeof exported === 'function' && exported.prototype instanceof Error ? [[name, exported as ErrorClass]] : [],
  ),
);

const answered = (body: string, status = 400): Call => ({
  lane: 'order',
  paid: false,
  sent: true,
  response: { status, body },
});

/** The allow-list of the design, written down a second time: only these may say that an order was surely not accepted. */
const REFUSING = [
  'InsufficientFunds',
  'BadSymbol',
  'ArgumentsRequired',
  'NotSupported',
  'PermissionDenied',
  'AccountNotEnabled',
  'AccountSuspended',
  'AuthenticationError',
  'MarketClosed',
  'OrderImmediatelyFillable',
];

describe("ccxt's error classes", () => {
  it('are all in the table', () => {
    const names = [...packaged.keys(), 'BaseError'].toSorted();
    expect([...new Set(names)]).toEqual(Object.keys(ERROR_CLASSES).toSorted());
  });

  it.each([...packaged])('%s of an answered order says what the allow-list says', (name, Class) => {
    const { verdict } = classifyError('somewhere', new Class('no'), answered('{}'));
    const expected: Verdict = REFUSING.includes(name)
      ? 'refused'
      : name === 'DuplicateOrderId'
        ? 'exists'
        : name === 'OrderNotFound'
          ? 'not_found'
          : 'unknown';
    expect(verdict).toBe(expected);
  });

  it('a class that a later ccxt invents is judged by the known one that it extends, and by nothing otherwise', () => {
    class Unheard extends (packaged.get('InsufficientFunds') as ErrorClass) {}
    class Unrelated extends Error {}
    expect(classifyError('somewhere', new Unheard('no'), answered('{}')).verdict).toBe('refused');
    expect(classifyError('somewhere', new Unrelated('no'), answered('{}')).verdict).toBe('unknown');
    expect(classifyError('somewhere', 'a text', answered('{}')).verdict).toBe('unknown');
  });

  it.each([...packaged])('%s without an answer is unknown once something may have been sent', (_name, Class) => {
    const call: Call = { lane: 'order', paid: false, sent: true };
    expect(classifyError('binance', new Class('no'), call).verdict).toBe('unknown');
  });

  it.each([...packaged])('%s before anything was sent means that nothing was placed', (_name, Class) => {
    const call: Call = { lane: 'order', paid: false, sent: false };
    expect(classifyError('binance', new Class('no'), call)).toMatchObject({ verdict: 'refused' });
  });

  it.each([500, 502, 503, 504, 520, 429, 418])('HTTP %d is unknown whatever its body says', (status) => {
    const Funds = packaged.get('InsufficientFunds') as ErrorClass;
    const body = '{"code":-2010,"msg":"Account has insufficient balance for requested action."}';
    expect(classifyError('binance', new Funds('no'), answered(body, status)).verdict).toBe('unknown');
  });
});

describe("venues' own codes", () => {
  const Plain = packaged.get('ExchangeError') as ErrorClass;
  const named: readonly (readonly [string, string, Verdict])[] = [
    ['binance', '{"code":-2010,"msg":"Duplicate order sent."}', 'exists'],
    ['binance', '{"code":-2010,"msg":"Account has insufficient balance for requested action."}', 'refused'],
    ['binance', '{"code":-2010,"msg":"Order would immediately match and take."}', 'refused'],
    ['binance', '{"code":-2010,"msg":"Stop price would trigger immediately: would immediately trigger"}', 'refused'],
    ['binance', '{"code":-2010,"msg":"Market is closed."}', 'refused'],
    ['binance', '{"code":-2010,"msg":"Filter failure: MAX_NUM_ORDERS"}', 'refused'],
    ['binance', '{"code":-2010,"msg":"something new"}', 'unknown'],
    ['binance', '{"code":-1013,"msg":"Filter failure: LOT_SIZE"}', 'refused'],
    ['binance', '{"code":-1111,"msg":"Precision is over the maximum defined for this asset."}', 'refused'],
    ['binance', '{"code":-1121,"msg":"Invalid symbol."}', 'refused'],
    ['binance', '{"code":-1006,"msg":"An unexpected response was received."}', 'unknown'],
    ['binance', '{"code":-1007,"msg":"Timeout waiting for response from backend server."}', 'unknown'],
    ['binance', '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}', 'unknown'],
    ['binance', '{"code":-2011,"msg":"Unknown order sent."}', 'not_found'],
    ['binance', '{"code":-2013,"msg":"Order does not exist."}', 'not_found'],
    ['kraken', '{"error":["EOrder:Insufficient funds"]}', 'refused'],
    ['kraken', '{"error":["EOrder:Order minimum not met"]}', 'refused'],
    ['kraken', '{"error":["EOrder:Cost minimum not met"]}', 'refused'],
    ['kraken', '{"error":["EOrder:Tick size check failed"]}', 'refused'],
    ['kraken', '{"error":["EOrder:Invalid price:Invalid price argument"]}', 'refused'],
    ['kraken', '{"error":["EOrder:Post only order"]}', 'refused'],
    ['kraken', '{"error":["EGeneral:Invalid arguments:volume"]}', 'refused'],
    ['kraken', '{"error":["EQuery:Unknown asset pair"]}', 'refused'],
    ['kraken', '{"error":["EOrder:Unknown order"]}', 'not_found'],
    ['kraken', '{"error":["EOrder:cl_ord_id must be unique"]}', 'exists'],
    ['kraken', '{"error":["EService:Deadline elapsed"]}', 'unknown'],
    ['kraken', '{"error":["EService:Busy"]}', 'unknown'],
    ['okx', '{"code":"1","data":[{"sCode":"51016","sMsg":"Duplicated client order ID"}]}', 'exists'],
    ['okx', '{"code":"50004","data":[],"msg":"Endpoint request timeout"}', 'unknown'],
    ['okx', '{"code":"1","data":[{"sCode":"51008","sMsg":"Order failed. Insufficient balance"}]}', 'refused'],
    ['okx', '{"code":"1","data":[{"sCode":"51020","sMsg":"Your order should meet or exceed the minimum"}]}', 'refused'],
    ['okx', '{"code":"51006","msg":"Order price is not within the price limit","data":[]}', 'refused'],
    ['okx', '{"code":"51121","msg":"Order quantity must be a multiple of the lot size","data":[]}', 'refused'],
    ['okx', '{"code":"51603","data":[],"msg":"Order does not exist"}', 'not_found'],
    ['okx', '{"code":"51400","data":[],"msg":"Cancellation failed as the order does not exist."}', 'not_found'],
    ['bybit', '{"retCode":110072,"retMsg":"OrderLinkedID is duplicate"}', 'exists'],
    ['bybit', '{"retCode":170141,"retMsg":"Duplicate clientOrderId"}', 'exists'],
    ['bybit', '{"retCode":110030,"retMsg":"Duplicate orderId"}', 'exists'],
    ['bybit', '{"retCode":170131,"retMsg":"Balance insufficient"}', 'refused'],
    ['bybit', '{"retCode":170136,"retMsg":"Order quantity lower than the minimum."}', 'refused'],
    ['bybit', '{"retCode":170137,"retMsg":"Order volume decimal too long"}', 'refused'],
    ['bybit', '{"retCode":170140,"retMsg":"Order value exceeded lower limit"}', 'refused'],
    ['bybit', '{"retCode":170213,"retMsg":"Order does not exist."}', 'not_found'],
    ['bybit', '{"retCode":110001,"retMsg":"Order does not exist"}', 'not_found'],
    ['bybit', '{"retCode":10016,"retMsg":"Server error."}', 'unknown'],
  ];

  it.each(named)('%s %s is %s', (venue, body, verdict) => {
    expect(classifyError(venue, new Plain('no'), answered(body, 200)).verdict).toBe(verdict);
  });

  it('every row of the table is named above', () => {
    const untested = Object.entries(VENUE_CODES).flatMap(([venue, rows]) =>
      rows
        .filter(
          ({ code, message }) =>
            !named.some(
              ([of, body]) => of === venue && body.includes(code) && (message === undefined || message.test(body)),
            ),
        )
        .map(({ code, message }) => `${venue} ${code} ${message}`),
    );
    expect(untested).toEqual([]);
  });

  it('an invalid order is refused for a known reason only', () => {
    const Invalid = packaged.get('InvalidOrder') as ErrorClass;
    const call = answered('{"error":["EOrder:Something nobody wrote down"]}', 200);
    expect(classifyError('kraken', new Invalid('no'), call).verdict).toBe('unknown');
  });
});
