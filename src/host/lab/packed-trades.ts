import type { TradeRecord } from '#core/statistics/types.ts';

/** Order of the numbers of one trade. What was not there is NaN. `side` is 1 for long and -1 for short. */
const FIELDS = ['entryTime', 'exitTime', 'quantity', 'entryPrice', 'exitPrice', 'fees', 'netPnl', 'riskTaken'] as const;
const WIDTH = FIELDS.length + 2;
/** About 16 MB; a run of more trades keeps its first ones, and its file of fills has all. */
const MOST_TRADES = 200_000;

/** Trades as one column of numbers, for the store. */
export function packTrades(trades: readonly TradeRecord[]): Float64Array<ArrayBuffer> {
  const kept = trades.slice(0, MOST_TRADES);
  const packed = new Float64Array(kept.length * WIDTH);
  for (const [i, trade] of kept.entries()) {
    for (const [k, field] of FIELDS.entries()) packed[i * WIDTH + k] = trade[field] ?? Number.NaN;
    packed[i * WIDTH + FIELDS.length] = trade.direction === 'short' ? -1 : 1;
    packed[i * WIDTH + FIELDS.length + 1] = trade.carry ?? Number.NaN;
  }
  return packed;
}

/** `count` trades were played. Rows that were kept before there were short trades have neither side nor interest. */
export function unpackTrades(packed: Float64Array, count: number): readonly TradeRecord[] {
  const kept = Math.min(count, MOST_TRADES);
  const width = kept === 0 ? WIDTH : packed.length / kept;
  return Array.from({ length: kept }, (_, i) => {
    const row = packed.subarray(i * width, (i + 1) * width);
    const at = (k: number): number => row[k] ?? Number.NaN;
    const [risk, side, carry] = [at(7), at(8), at(9)];
    return {
      entryTime: at(0),
      exitTime: at(1),
      quantity: at(2),
      entryPrice: at(3),
      exitPrice: at(4),
      fees: at(5),
      netPnl: at(6),
      ...(Number.isNaN(risk) ? {} : { riskTaken: risk }),
      ...(side === -1 ? { direction: 'short' as const } : {}),
      ...(Number.isNaN(carry) ? {} : { carry }),
    };
  });
}
