import type { KeptFill } from './fill-table.ts';
import { doubled, FIRST_ROWS, trimmed } from './growable.ts';
import type { TradeColumns } from './types.ts';

/** The round trip that is going on. Amounts in the keeper's units, quantities in lots. */
type RoundTrip = {
  /** The side that opened it. */
  direction: 1 | -1;
  entryCandle: number;
  entryTime: number;
  bought: bigint;
  boughtLots: number;
  sold: bigint;
  soldLots: number;
  fees: bigint;
  interest: bigint;
  most: number;
  risk: bigint;
  /** False as soon as one of its entries had no planned loss. */
  planned: boolean;
};

export type TradeTable = {
  /** `held` after the fill; `risk` of an entry when it had a plan. */
  add(fill: KeptFill, value: bigint, fee: bigint, held: number, risk: bigint | undefined): void;
  /** Interest: it belongs to the round trip that is open, or else to the last one. */
  charge(amount: bigint): void;
  /** The last call: the rows go with it. */
  done(): TradeColumns;
};

const FLOATS = [
  'entryTime',
  'exitTime',
  'entryPrice',
  'exitPrice',
  'quantity',
  'pnl',
  'fees',
  'risk',
  'carry',
] as const;

/** Round trips from flat to flat, `lends` when they may be short as well: summed up exactly, kept as floats once they are closed. */
export function createTradeTable(toFloat: (units: bigint) => number, lot: number, lends = false): TradeTable {
  const floats = FLOATS.map(() => new Float64Array(FIRST_ROWS));
  let entryCandle = new Int32Array(FIRST_ROWS);
  let exitCandle = new Int32Array(FIRST_ROWS);
  let direction = new Int8Array(FIRST_ROWS);
  let count = 0;
  let isOpen = false;
  let lastNet = 0n;
  let lastFees = 0n;
  let lastInterest = 0n;
  const open: RoundTrip = {
    direction: 1,
    entryCandle: 0,
    entryTime: 0,
    bought: 0n,
    boughtLots: 0,
    sold: 0n,
    soldLots: 0,
    fees: 0n,
    interest: 0n,
    most: 0,
    risk: 0n,
    planned: true,
  };

  const begin = ({ candle, time, side }: KeptFill): void => {
    isOpen = true;
    open.direction = side;
    open.entryCandle = candle;
    open.entryTime = time;
    open.bought = 0n;
    open.boughtLots = 0;
    open.sold = 0n;
    open.soldLots = 0;
    open.fees = 0n;
    open.interest = 0n;
    open.most = 0;
    open.risk = 0n;
    open.planned = true;
  };

  const grow = (): void => {
    for (const [i, column] of floats.entries()) floats[i] = doubled(column);
    entryCandle = doubled(entryCandle);
    exitCandle = doubled(exitCandle);
    direction = doubled(direction);
  };

  const set = (name: (typeof FLOATS)[number], row: number, value: number): void => {
    (floats[FLOATS.indexOf(name)] as Float64Array)[row] = value;
  };

  const setMoney = (row: number): void => {
    set('pnl', row, toFloat(lastNet));
    set('fees', row, toFloat(lastFees));
    set('carry', row, toFloat(lastInterest));
  };

  const close = ({ candle, time }: KeptFill): void => {
    if (count === entryCandle.length) grow();
    isOpen = false;
    lastNet = open.sold - open.bought - open.fees - open.interest;
    lastFees = open.fees;
    lastInterest = open.interest;
    const bought = toFloat(open.bought) / (open.boughtLots * lot);
    const sold = toFloat(open.sold) / (open.soldLots * lot);
    const isLong = open.direction > 0;
    direction[count] = open.direction;
    entryCandle[count] = open.entryCandle;
    exitCandle[count] = candle;
    set('entryTime', count, open.entryTime);
    set('exitTime', count, time);
    set('entryPrice', count, isLong ? bought : sold);
    set('exitPrice', count, isLong ? sold : bought);
    set('quantity', count, open.most * lot);
    set('risk', count, open.planned ? toFloat(open.risk) : Number.NaN);
    setMoney(count);
    count += 1;
  };

  const addPart = (
    fill: KeptFill,
    lots: number,
    value: bigint,
    fee: bigint,
    held: number,
    risk: bigint | undefined,
  ): void => {
    const opens = fill.side > 0 ? held > 0 : held < 0;
    if (opens && Math.abs(held) === lots) begin(fill);
    open.fees += fee;
    if (fill.side > 0) {
      open.bought += value;
      open.boughtLots += lots;
    } else {
      open.sold += value;
      open.soldLots += lots;
    }
    if (!opens) {
      if (held === 0) close(fill);
      return;
    }
    if (risk === undefined) open.planned = false;
    else open.risk += risk;
    if (Math.abs(held) > open.most) open.most = Math.abs(held);
  };

  return {
    add(fill, value, fee, held, risk) {
      const before = held - fill.side * fill.lots;
      const crosses = fill.side > 0 ? before < 0 && held > 0 : before > 0 && held < 0;
      if (!crosses) return addPart(fill, fill.lots, value, fee, held, risk);
      // Through zero: one round trip ends and the next begins. Value and risk divide exactly, of the fee the remainder goes on.
      const closing = Math.abs(before);
      const part = (amount: bigint): bigint => (amount * BigInt(closing)) / BigInt(fill.lots);
      addPart(fill, closing, part(value), part(fee), 0, undefined);
      const rest = risk === undefined ? undefined : risk - part(risk);
      addPart(fill, fill.lots - closing, value - part(value), fee - part(fee), held, rest);
    },
    charge(amount) {
      if (isOpen) {
        open.interest += amount;
        return;
      }
      lastNet -= amount;
      lastInterest += amount;
      if (count > 0) setMoney(count - 1);
    },
    done() {
      const column = (name: (typeof FLOATS)[number]): Float64Array =>
        trimmed(floats[FLOATS.indexOf(name)] as Float64Array<ArrayBuffer>, count);
      return {
        count,
        entryTime: column('entryTime'),
        exitTime: column('exitTime'),
        entryCandle: trimmed(entryCandle, count),
        exitCandle: trimmed(exitCandle, count),
        entryPrice: column('entryPrice'),
        exitPrice: column('exitPrice'),
        quantity: column('quantity'),
        pnl: column('pnl'),
        fees: column('fees'),
        risk: column('risk'),
        ...(lends ? { direction: trimmed(direction, count), carry: column('carry') } : {}),
      };
    },
  };
}
