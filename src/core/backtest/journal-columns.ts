import { doubled, FIRST_ROWS, trimmed } from './growable.ts';
import { JOURNAL_KINDS, type JournalColumns, type JournalKind } from './types.ts';

/** What happened, in order, without an object for each event. */
export type RunJournal = {
  write(kind: JournalKind, time: number, candle: number, order: number, ticks: number, lots: number): void;
  /** The last call: the rows go with it. */
  done(): JournalColumns;
};

export function createRunJournal(): RunJournal {
  let kinds = new Uint8Array(FIRST_ROWS);
  let times = new Float64Array(FIRST_ROWS);
  let candles = new Int32Array(FIRST_ROWS);
  let orders = new Int32Array(FIRST_ROWS);
  let prices = new Float64Array(FIRST_ROWS);
  let sizes = new Float64Array(FIRST_ROWS);
  let count = 0;

  const grow = (): void => {
    kinds = doubled(kinds);
    times = doubled(times);
    candles = doubled(candles);
    orders = doubled(orders);
    prices = doubled(prices);
    sizes = doubled(sizes);
  };

  return {
    write(kind, time, candle, order, ticks, lots) {
      if (count === kinds.length) grow();
      kinds[count] = JOURNAL_KINDS.indexOf(kind);
      times[count] = time;
      candles[count] = candle;
      orders[count] = order;
      prices[count] = ticks;
      sizes[count] = lots;
      count += 1;
    },
    done: () => ({
      count,
      kind: trimmed(kinds, count),
      time: trimmed(times, count),
      candle: trimmed(candles, count),
      order: trimmed(orders, count),
      ticks: trimmed(prices, count),
      lots: trimmed(sizes, count),
    }),
  };
}
