import type { KeptFill } from './fill-table.ts';
import type { TradeColumns } from './types.ts';

/** Amounts in the keeper's units; quantities in lots. */
type RoundTrip = {
  readonly entryCandle: number;
  readonly entryTime: number;
  exitCandle: number;
  exitTime: number;
  bought: bigint;
  boughtLots: number;
  sold: bigint;
  soldLots: number;
  fees: bigint;
  most: number;
  /** Undefined as soon as one of the entries had no planned loss. */
  risk: bigint | undefined;
};

export type TradeTable = {
  /** `held` after the fill; `risk` of an entry when it had a plan. */
  add(fill: KeptFill, value: bigint, fee: bigint, held: number, risk: bigint | undefined): void;
  done(toFloat: (units: bigint) => number, lot: number): TradeColumns;
};

/** Round trips from flat to flat. One object a trade, none a candle. */
export function createTradeTable(): TradeTable {
  const closed: RoundTrip[] = [];
  let open: RoundTrip | undefined;

  const begin = ({ candle, time }: KeptFill): RoundTrip => ({
    entryCandle: candle,
    entryTime: time,
    exitCandle: candle,
    exitTime: time,
    bought: 0n,
    boughtLots: 0,
    sold: 0n,
    soldLots: 0,
    fees: 0n,
    most: 0,
    risk: 0n,
  });

  return {
    add(fill, value, fee, held, risk) {
      open ??= begin(fill);
      open.fees += fee;
      if (fill.side > 0) {
        open.bought += value;
        open.boughtLots += fill.lots;
        open.risk = risk === undefined || open.risk === undefined ? undefined : open.risk + risk;
        if (held > open.most) open.most = held;
        return;
      }
      open.sold += value;
      open.soldLots += fill.lots;
      if (held > 0) return;
      open.exitCandle = fill.candle;
      open.exitTime = fill.time;
      closed.push(open);
      open = undefined;
    },
    done(toFloat, lot) {
      const floats = (pick: (trade: RoundTrip) => number): Float64Array => Float64Array.from(closed, pick);
      return {
        count: closed.length,
        entryTime: floats((trade) => trade.entryTime),
        exitTime: floats((trade) => trade.exitTime),
        entryCandle: Int32Array.from(closed, (trade) => trade.entryCandle),
        exitCandle: Int32Array.from(closed, (trade) => trade.exitCandle),
        entryPrice: floats((trade) => toFloat(trade.bought) / (trade.boughtLots * lot)),
        exitPrice: floats((trade) => toFloat(trade.sold) / (trade.soldLots * lot)),
        quantity: floats((trade) => trade.most * lot),
        pnl: floats((trade) => toFloat(trade.sold - trade.bought - trade.fees)),
        fees: floats((trade) => toFloat(trade.fees)),
        risk: floats((trade) => (trade.risk === undefined ? Number.NaN : toFloat(trade.risk))),
      };
    },
  };
}
