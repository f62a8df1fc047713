import { COLUMN_NAMES, emptyColumns, sliceColumns } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';

/** Two ordered runs of candles put together. */
export type Merged = {
  readonly columns: CandleColumns;
  readonly added: number;
  readonly known: number;
  /** Indices into the stored candles whose values the incoming ones replace, each with the index of the incoming candle. */
  readonly differing: readonly { readonly stored: number; readonly incoming: number }[];
};

const copy = (from: CandleColumns, index: number, to: CandleColumns, at: number): void => {
  for (const name of COLUMN_NAMES) to[name][at] = from[name][index] as number;
};

/** The field in which two candles differ; undefined when they are equal. */
export const differingField = (a: CandleColumns, i: number, b: CandleColumns, j: number) =>
  COLUMN_NAMES.find((name) => a[name][i] !== b[name][j]);

/** Where both have a candle of the same open time, the incoming one stands in the result. Neither input is changed. */
export function mergeCandles(stored: CandleColumns, incoming: CandleColumns): Merged {
  const room = emptyColumns(stored.interval, stored.length + incoming.length);
  const differing: Merged['differing'][number][] = [];
  let [i, j, at, known] = [0, 0, 0, 0];
  while (i < stored.length || j < incoming.length) {
    const mine = stored.openTime[i] ?? Number.POSITIVE_INFINITY;
    const theirs = incoming.openTime[j] ?? Number.POSITIVE_INFINITY;
    if (mine < theirs) {
      copy(stored, i, room, at);
      i += 1;
    } else {
      copy(incoming, j, room, at);
      if (mine === theirs) {
        if (differingField(stored, i, incoming, j) === undefined) known += 1;
        else differing.push({ stored: i, incoming: j });
        i += 1;
      }
      j += 1;
    }
    at += 1;
  }
  return { columns: sliceColumns(room, 0, at), added: incoming.length - known - differing.length, known, differing };
}
