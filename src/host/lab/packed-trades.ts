import type { TradeRecord } from '#core/statistics/types.ts';

/** Order of the numbers of one trade. A planned risk that was not there is NaN. */
const FIELDS = ['entryTime', 'exitTime', 'quantity', 'entryPrice', 'exitPrice', 'fees', 'netPnl', 'riskTaken'] as const;
/** About 13 MB; a run of more trades keeps its first ones, and its file of fills has all. */
const MOST_TRADES = 200_000;

/** Trades as one column of numbers, for the store. */
export function packTrades(trades: readonly TradeRecord[]): Float64Array<ArrayBuffer> {
  const kept = trades.slice(0, MOST_TRADES);
  const packed = new Float64Array(kept.length * FIELDS.length);
  for (const [i, trade] of kept.entries())
    for (const [k, field] of FIELDS.entries()) packed[i * FIELDS.length + k] = trade[field] ?? Number.NaN;
  return packed;
}

export function unpackTrades(packed: Float64Array): readonly TradeRecord[] {
  return Array.from({ length: packed.length / FIELDS.length }, (_, i) => {
    const [entryTime, exitTime, quantity, entryPrice, exitPrice, fees, netPnl, risk] = packed.subarray(
      i * FIELDS.length,
      (i + 1) * FIELDS.length,
    ) as unknown as readonly [number, number, number, number, number, number, number, number];
    const trade = { entryTime, exitTime, quantity, entryPrice, exitPrice, fees, netPnl };
    return Number.isNaN(risk) ? trade : { ...trade, riskTaken: risk };
  });
}
