import { doubled, FIRST_ROWS, trimmed } from './growable.ts';
import type { FillColumns } from './types.ts';

/** One execution as the engine hands it over; the object is used again and again. */
export type KeptFill = {
  order: number;
  side: 1 | -1;
  ticks: number;
  lots: number;
  taker: boolean;
  spreadTicks: number;
  impactTicks: number;
  candle: number;
  time: number;
  /** Planned loss of one lot in ticks; NaN when the order had no plan. */
  riskTicks: number;
};

export type FillTable = {
  add(fill: KeptFill): void;
  /** The last call: the rows go with it. Fees follow from price and quantity, so they are worked out again rather than kept. */
  done(feeText: (ticks: number, lots: number) => string): FillColumns;
};

export function createFillTable(): FillTable {
  let time = new Float64Array(FIRST_ROWS);
  let candle = new Int32Array(FIRST_ROWS);
  let order = new Int32Array(FIRST_ROWS);
  let side = new Int8Array(FIRST_ROWS);
  let taker = new Uint8Array(FIRST_ROWS);
  let ticks = new Float64Array(FIRST_ROWS);
  let lots = new Float64Array(FIRST_ROWS);
  let count = 0;

  const grow = (): void => {
    time = doubled(time);
    candle = doubled(candle);
    order = doubled(order);
    side = doubled(side);
    taker = doubled(taker);
    ticks = doubled(ticks);
    lots = doubled(lots);
  };

  return {
    add(fill) {
      if (count === time.length) grow();
      time[count] = fill.time;
      candle[count] = fill.candle;
      order[count] = fill.order;
      side[count] = fill.side;
      taker[count] = fill.taker ? 1 : 0;
      ticks[count] = fill.ticks;
      lots[count] = fill.lots;
      count += 1;
    },
    done(feeText) {
      let fees: readonly string[] | undefined;
      const priceTicks = trimmed(ticks, count);
      const quantities = trimmed(lots, count);
      return {
        count,
        time: trimmed(time, count),
        candle: trimmed(candle, count),
        order: trimmed(order, count),
        side: trimmed(side, count),
        taker: trimmed(taker, count),
        priceTicks,
        lots: quantities,
        // A search of thousands of runs never asks for them; a copy or a message between threads has them as plain texts.
        get fee() {
          fees ??= Array.from(priceTicks, (price, i) => feeText(price, quantities[i] as number));
          return fees;
        },
      };
    },
  };
}
