import type { FactId, Hash, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';

export type FactUnit = 'fraction' | 'index' | 'price' | 'ratio' | 'score' | 'bars' | 'count';

/** A measured property of the snapshot. The model cites ids; it never writes a number that code uses. */
export type Fact = {
  readonly id: FactId;
  /** Machine name such as `adx14` */
  readonly name: string;
  /** One plain phrase for the master, such as `trend strength (ADX 14)`. */
  readonly label: string;
  readonly value: number;
  readonly unit: FactUnit;
  readonly interval: Interval;
};

/** A chart or candle pattern that one of the newest candles completed. */
export type PatternReading = {
  /** Name in the pattern catalogue such as `double-bottom`. */
  readonly name: string;
  readonly label: string;
  readonly direction: 'bullish' | 'bearish' | 'neutral';
  /** Candles ago; 0 is the newest one. */
  readonly age: number;
};

/** Derived features of one snapshot. Stage 2's output; immutable. */
export type MarketContext = {
  readonly snapshotHash: Hash;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly asOf: UnixMs;
  readonly dataAgeMs: number;
  readonly lastClose: number;
  readonly facts: readonly Fact[];
  /** Of the newest 48 candles, newest first. */
  readonly patterns: readonly PatternReading[];
  readonly hash: Hash;
};
