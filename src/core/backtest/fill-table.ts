import { doubled, FIRST_ROWS } from './growable.ts';
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
  /** Fees follow from price and quantity, so they are worked out again rather than kept. */
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
    done: (feeText) => ({
      count,
      time: time.slice(0, count),
      candle: candle.slice(0, count),
      order: order.slice(0, count),
      side: side.slice(0, count),
      taker: taker.slice(0, count),
      priceTicks: ticks.slice(0, count),
      lots: lots.slice(0, count),
      fee: Array.from({ length: count }, (_, i) => feeText(ticks[i] as number, lots[i] as number)),
    }),
  };
}
