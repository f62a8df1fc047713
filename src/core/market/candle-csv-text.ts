import { plainText } from '../domain/decimal.ts';
import { PRICE_FIELDS } from './candle-columns.ts';
import type { CandleColumns } from './types.ts';

/** One line for each candle from `begin` to before `end`, each with its line end. Numbers are the shortest plain decimals that read back alike. */
export function candleRows(columns: CandleColumns, begin: number, end: number): string {
  let text = '';
  for (let i = begin; i < end; i++) {
    text += columns.openTime[i];
    for (const name of PRICE_FIELDS) text += `,${plainText(columns[name][i] as number)}`;
    text += `,${plainText(columns.volume[i] as number)}\n`;
  }
  return text;
}
