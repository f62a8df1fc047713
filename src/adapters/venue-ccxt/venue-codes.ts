import type { Verdict } from './error-classes.ts';
import { fieldAt, textField } from './parse/fields.ts';

/** A venue's own word about an order. `message` narrows codes that stand for several things. */
type CodeRow = { readonly code: string; readonly message?: RegExp; readonly verdict: Verdict };

/**
 * Codes that decide before ccxt's class does, because ccxt gives one code different classes on different addresses of a venue, and because
 * an invalid order is refused only for reasons that are known. First match wins.
 */
export const VENUE_CODES: Readonly<Record<string, readonly CodeRow[]>> = {
  binance: [
    { code: '-2010', message: /duplicate order sent/i, verdict: 'exists' },
    { code: '-2010', message: /insufficient balance/i, verdict: 'refused' },
    { code: '-2010', message: /would immediately match|would immediately trigger/i, verdict: 'refused' },
    { code: '-2010', message: /market is closed/i, verdict: 'refused' },
    { code: '-2010', message: /filter failure/i, verdict: 'refused' },
    { code: '-1013', message: /filter failure|invalid (quantity|price)|zero or less/i, verdict: 'refused' },
    { code: '-1111', message: /precision/i, verdict: 'refused' },
    { code: '-1121', verdict: 'refused' },
    { code: '-1006', verdict: 'unknown' },
    { code: '-1007', verdict: 'unknown' },
    { code: '-1021', verdict: 'unknown' },
    { code: '-2011', verdict: 'not_found' },
    { code: '-2013', verdict: 'not_found' },
  ],
  kraken: [
    {
      code: 'EOrder',
      message: /cl_ord_id.*(unique|duplicate|exists|already)|duplicate.*cl_ord_id/i,
      verdict: 'exists',
    },
    { code: 'EOrder', message: /insufficient (funds|margin)/i, verdict: 'refused' },
    {
      code: 'EOrder',
      message: /order minimum not met|cost minimum not met|tick size check failed/i,
      verdict: 'refused',
    },
    { code: 'EOrder', message: /invalid price/i, verdict: 'refused' },
    { code: 'EOrder', message: /post only order/i, verdict: 'refused' },
    { code: 'EOrder', message: /unknown order/i, verdict: 'not_found' },
    { code: 'EGeneral', message: /invalid arguments:(price|volume|ordertype|pair|timeinforce)/i, verdict: 'refused' },
    { code: 'EQuery', message: /unknown asset pair|invalid asset pair/i, verdict: 'refused' },
  ],
  okx: [
    { code: '51016', verdict: 'exists' },
    { code: '50004', verdict: 'unknown' },
    { code: '51008', verdict: 'refused' },
    { code: '51020', verdict: 'refused' },
    { code: '51006', verdict: 'refused' },
    { code: '51121', verdict: 'refused' },
    { code: '51603', verdict: 'not_found' },
    { code: '51400', verdict: 'not_found' },
  ],
  bybit: [
    { code: '110072', verdict: 'exists' },
    { code: '170141', verdict: 'exists' },
    { code: '110030', verdict: 'exists' },
    { code: '170131', verdict: 'refused' },
    { code: '170136', verdict: 'refused' },
    { code: '170137', verdict: 'refused' },
    { code: '170140', verdict: 'refused' },
    { code: '170213', verdict: 'not_found' },
    { code: '110001', verdict: 'not_found' },
  ],
};

export type VenueError = { readonly code: string; readonly message: string };

const krakenError = (json: unknown): VenueError | undefined => {
  const text = textField(json, ['error', '0']);
  if (text === undefined) return undefined;
  const [code = ''] = text.split(':');
  return { code, message: text };
};

/** Where each venue writes its code; others have none that we know. */
const READERS: Readonly<Record<string, (json: unknown) => VenueError | undefined>> = {
  binance: (json) => codeAndMessage(textField(json, ['code']), textField(json, ['msg'])),
  kraken: krakenError,
  okx: (json) =>
    fieldAt(json, ['data', '0', 'sCode']) !== undefined && textField(json, ['data', '0', 'sCode']) !== '0'
      ? codeAndMessage(textField(json, ['data', '0', 'sCode']), textField(json, ['data', '0', 'sMsg']))
      : codeAndMessage(textField(json, ['code']), textField(json, ['msg'])),
  bybit: (json) => codeAndMessage(textField(json, ['retCode']), textField(json, ['retMsg'])),
};

const codeAndMessage = (code: string | undefined, message: string | undefined): VenueError | undefined =>
  code === undefined || code === '0' ? undefined : { code, message: message ?? '' };

/** The venue's own error in a body, where we know how it writes one. */
export function venueError(exchangeId: string, body: string | undefined): VenueError | undefined {
  const read = READERS[exchangeId];
  if (read === undefined || body === undefined) return undefined;
  try {
    return read(JSON.parse(body) as unknown);
  } catch {
    return undefined;
  }
}

/** What the table says of a venue's error; undefined when it says nothing. */
export const verdictOfCode = (exchangeId: string, { code, message }: VenueError): Verdict | undefined =>
  VENUE_CODES[exchangeId]?.find((row) => row.code === code && (row.message === undefined || row.message.test(message)))
    ?.verdict;
