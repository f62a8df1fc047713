import { writeFileSync } from 'node:fs';
import type { ClosedCandle } from '#core/domain/candle.ts';

/** Writes candles in the format that the product imports. */
export function writeCandleFile(path: string, candles: readonly ClosedCandle[]): string {
  const rows = candles.map((c) => [c.openTime, c.open, c.high, c.low, c.close, c.volume].join(','));
  writeFileSync(path, `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return path;
}
