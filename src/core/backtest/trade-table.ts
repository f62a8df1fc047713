import type { KeptFill } from './fill-table.ts';
import { doubled, FIRST_ROWS } from './growable.ts';
import type { TradeColumns } from './types.ts';

/** The round trip that is going on. Amounts in the keeper's units, quantities in lots. */
type RoundTrip = {
  entryCandle: number;
  entryTime: number;
  bought: bigint;
  boughtLots: number;
  sold: bigint;
  soldLots: number;
  fees: bigint;
  most: number;
  risk: bigint;
  /** False as soon as one of its entries had no planned loss. */
  planned: boolean;
};

export type TradeTable = {
  /** `held` after the fill; `risk` of an entry when it had a plan. */
  add(fill: KeptFill, value: bigint, fee: bigint, held: number, risk: bigint | undefined): void;
  done(): TradeColumns;
};

const FLOATS = ['entryTime', 'exitTime', 'entryPrice', 'exitPrice', 'quantity', 'pnl', 'fees', 'risk'] as const;

/** Round trips from flat to flat: summed up exactly, kept as floats once they are closed. */
export function createTradeTable(toFloat: (units: bigint) => number, lot: number): TradeTable {
  const floats = FLOATS.map(() => new Float64Array(FIRST_ROWS));
  let entryCandle = new Int32Array(FIRST_ROWS);
  let exitCandle = new Int32Array(FIRST_ROWS);
  let count = 0;
  const open: RoundTrip = {
    entryCandle: 0,
    entryTime: 0,
    bought: 0n,
    boughtLots: 0,
    sold: 0n,
    soldLots: 0,
    fees: 0n,
    most: 0,
    risk: 0n,
    planned: true,
  };

  const begin = ({ candle, time }: KeptFill): void => {
    open.entryCandle = candle;
    open.entryTime = time;
    open.bought = 0n;
    open.boughtLots = 0;
    open.sold = 0n;
    open.soldLots = 0;
    open.fees = 0n;
    open.most = 0;
    open.risk = 0n;
    open.planned = true;
  };

  const grow = (): void => {
    for (const [i, column] of floats.entries()) floats[i] = doubled(column);
    entryCandle = doubled(entryCandle);
    exitCandle = doubled(exitCandle);
  };

  const close = ({ candle, time }: KeptFill): void => {
    if (count === entryCandle.length) grow();
    entryCandle[count] = open.entryCandle;
    exitCandle[count] = candle;
    const set = (name: (typeof FLOATS)[number], value: number): void => {
      (floats[FLOATS.indexOf(name)] as Float64Array)[count] = value;
    };
    set('entryTime', open.entryTime);
    set('exitTime', time);
    set('entryPrice', toFloat(open.bought) / (open.boughtLots * lot));
    set('exitPrice', toFloat(open.sold) / (open.soldLots * lot));
    set('quantity', open.most * lot);
    set('pnl', toFloat(open.sold - open.bought - open.fees));
    set('fees', toFloat(open.fees));
    set('risk', open.planned ? toFloat(open.risk) : Number.NaN);
    count += 1;
  };

  return {
    add(fill, value, fee, held, risk) {
      if (fill.side > 0 && held === fill.lots) begin(fill);
      open.fees += fee;
      if (fill.side > 0) {
        open.bought += value;
        open.boughtLots += fill.lots;
        if (risk === undefined) open.planned = false;
        else open.risk += risk;
        if (held > open.most) open.most = held;
        return;
      }
      open.sold += value;
      open.soldLots += fill.lots;
      if (held === 0) close(fill);
    },
    done() {
      const column = (name: (typeof FLOATS)[number]): Float64Array =>
        (floats[FLOATS.indexOf(name)] as Float64Array).slice(0, count);
      return {
        count,
        entryTime: column('entryTime'),
        exitTime: column('exitTime'),
        entryCandle: entryCandle.slice(0, count),
        exitCandle: exitCandle.slice(0, count),
        entryPrice: column('entryPrice'),
        exitPrice: column('exitPrice'),
        quantity: column('quantity'),
        pnl: column('pnl'),
        fees: column('fees'),
        risk: column('risk'),
      };
    },
  };
}
