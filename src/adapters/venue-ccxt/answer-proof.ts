import { isRecord } from './parse/fields.ts';

/** What was asked, as far as the shape of its answer differs. */
export type Question = 'open' | 'closed' | 'trades' | 'balances' | 'order' | 'created';

const listAt = (value: unknown, ...path: readonly string[]): boolean => {
  let here: unknown = value;
  for (const key of path) here = isRecord(here) ? here[key] : undefined;
  return Array.isArray(here);
};
const recordAt = (value: unknown, ...path: readonly string[]): boolean => {
  let here: unknown = value;
  for (const key of path) here = isRecord(here) ? here[key] : undefined;
  return isRecord(here) && !Array.isArray(here);
};

const krakenKey: Partial<Record<Question, string>> = { open: 'open', closed: 'closed', trades: 'trades' };

/** Where each venue's own answer must have what ccxt reads it from. */
const PROOFS: Readonly<Record<string, (question: Question, json: unknown) => boolean>> = {
  binance: (question, json) =>
    question === 'balances'
      ? listAt(json, 'balances')
      : question === 'order' || question === 'created'
        ? isRecord(json) && json['orderId'] !== undefined
        : Array.isArray(json),
  kraken: (question, json) => {
    if (!listAt(json, 'error')) return false;
    const key = krakenKey[question];
    return key === undefined ? recordAt(json, 'result') : recordAt(json, 'result', key);
  },
  okx: (_question, json) => isRecord(json) && String(json['code']) === '0' && listAt(json, 'data'),
  bybit: (question, json) =>
    isRecord(json) &&
    String(json['retCode']) === '0' &&
    (question === 'created' ? recordAt(json, 'result') : listAt(json, 'result', 'list')),
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
