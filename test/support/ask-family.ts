import type { StrategyFamily, TradeIntent } from '#core/agent/types.ts';
import type { CandleSeries, ClosedCandle } from '#core/domain/candle.ts';
import { type Hash, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { FamilyParameters } from '#core/domain/strategy.ts';
import type { NewsReading } from '#core/news/types.ts';

export type Asked = {
  /** Candles held; flat when absent. */
  readonly held?: number;
  readonly tranches?: number;
  readonly parameters?: FamilyParameters;
  readonly news?: NewsReading;
};

/** Asks a family at the newest candle of a tape, with its usual parameters unless told otherwise. */
export const asking =
  (family: StrategyFamily) =>
  (series: CandleSeries, { held = 0, parameters = {}, news, tranches }: Asked = {}): TradeIntent =>
    family.decide(
      {
        asOf: lastOf(series).closeTime,
        series,
        holding: held > 0,
        barsHeld: held,
        ...(tranches === undefined ? {} : { tranches }),
        ...(news === undefined ? {} : { news }),
      },
      { ...family.defaults, ...parameters },
    );

export function lastOf({ candles }: CandleSeries): ClosedCandle {
  const last = candles.at(-1);
  if (last === undefined) throw new Error('an empty tape');
  return last;
}

/** The tape with its newest candle changed. */
export const withLast = (series: CandleSeries, changes: Partial<ClosedCandle>): CandleSeries => ({
  ...series,
  candles: [...series.candles.slice(0, -1), { ...lastOf(series), ...changes }],
});

/** The closes with so many more, each by a fraction of the one before. */
export const andThen = (closes: readonly number[], count: number, drift: number): readonly number[] => {
  const from = closes.at(-1) ?? 100;
  return [...closes, ...Array.from({ length: count }, (_, i) => from * (1 + drift) ** (i + 1))];
};

/** A reading of good, plenty and calm news at the end of the tape; an event so many candles ago. */
export function newsAt(series: CandleSeries, changes: Partial<NewsReading> = {}, eventAge?: number): NewsReading {
  const asOf: UnixMs = lastOf(series).closeTime;
  const publishedAt = unixMs(asOf - (eventAge ?? 0) * INTERVAL_MS[series.interval]);
  return {
    asOf,
    items: 12,
    sources: 3,
    sentiment: 0.4,
    change: 0.1,
    risk: 'low',
    hash: 'reading' as Hash,
    ...(eventAge === undefined ? {} : { event: { tone: 'good', publishedAt, sources: 3 } }),
    ...changes,
  };
}
