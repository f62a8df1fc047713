import { fieldAt, isRecord } from './parse/fields.ts';

/** What was asked, as far as the shape of its answer differs. */
export type Question = 'open' | 'closed' | 'trades' | 'balances' | 'order' | 'created';

const listAt = (value: unknown, ...path: readonly string[]): boolean => Array.isArray(fieldAt(value, path));
const recordAt = (value: unknown, ...path: readonly string[]): boolean => {
  const here = fieldAt(value, path);
  return isRecord(here) && !Array.isArray(here);
};
/** Every item must be what was asked for: ccxt filters what it cannot place, and so would make nothing of nonsense. */
const each = (items: unknown, key: string): boolean =>
  isRecord(items) && Object.values(items).every((item) => isRecord(item) && item[key] !== undefined);

const krakenKey: Partial<Record<Question, string>> = { open: 'open', closed: 'closed', trades: 'trades' };

/** Where each venue's own answer must have what ccxt reads it from. */
const PROOFS: Readonly<Record<string, (question: Question, json: unknown) => boolean>> = {
  binance: (question, json) =>
    question === 'balances'
      ? listAt(json, 'balances')
      : question === 'order' || question === 'created'
        ? isRecord(json) && json['orderId'] !== undefined
        : Array.isArray(json) && each(json, 'orderId'),
  kraken: (question, json) => {
    if (!listAt(json, 'error')) return false;
    const key = krakenKey[question];
    if (key === undefined) return recordAt(json, 'result');
    return (
      recordAt(json, 'result', key) && each(fieldAt(json, ['result', key]), key === 'trades' ? 'ordertxid' : 'status')
    );
  },
  okx: (question, json) =>
    isRecord(json) &&
    String(json['code']) === '0' &&
    listAt(json, 'data') &&
    (question === 'balances' || each(json['data'], 'ordId')),
  bybit: (question, json) =>
    isRecord(json) &&
    String(json['retCode']) === '0' &&
    (question === 'created'
      ? recordAt(json, 'result')
      : listAt(json, 'result', 'list') &&
        (question === 'balances' || each(fieldAt(json, ['result', 'list']), 'orderId'))),
};

/**
 * Whether the body really answers the question. ccxt reads a page of HTML or an empty object as an empty list, and an empty list of open
 * orders is a statement that may cost money.
 */
export function provesAnswer(exchangeId: string, question: Question, body: string | undefined): boolean {
  if (body === undefined || body.trim() === '') return false;
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return false;
  }
  const proof = PROOFS[exchangeId];
  return proof === undefined ? typeof json === 'object' && json !== null : proof(question, json);
}
