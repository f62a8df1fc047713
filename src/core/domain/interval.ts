/** Candle intervals and their length in milliseconds. */
export const INTERVAL_MS = {
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
} as const;

export type Interval = keyof typeof INTERVAL_MS;
export const INTERVALS = Object.keys(INTERVAL_MS) as readonly Interval[];
export const isInterval = (text: string): text is Interval => Object.hasOwn(INTERVAL_MS, text);
