import type { MarketSource } from '#shared/market-source.ts';
import type { CandleSeries, ClosedCandle } from '../domain/candle.ts';
import type { InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { INTERVAL_MS, INTERVALS, type Interval } from '../domain/interval.ts';
import { Fault } from '../kernel/fault.ts';
import type { TestClock } from '../kernel/test-clock.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { MarketFeed } from '../ports/market-feed.ts';
import { aggregate, isCoarser } from './aggregate.ts';
import { countClosedBy, findGaps } from './candle-series.ts';
import { stepClockTo } from './step-clock.ts';

export type SeriesFeedOptions = {
  readonly source: MarketSource;
  /** How messages call the data, such as `the file`. */
  readonly name: string;
  readonly instrument: Instrument;
  readonly series: CandleSeries;
  /** `next` moves it; start it anywhere at or before the moment of the decision. */
  readonly clock: TestClock;
  /** Lets the caller's other work run between two candles (a cancel button, a window). The order of market events does not depend on it. */
  readonly breathe?: () => Promise<void>;
};

type Ends = { readonly first: ClosedCandle; readonly last: ClosedCandle };

/**
 * A feed over a series held in memory: the past up to the clock, then one candle after another, each moving the clock to its close.
 * Coarser intervals are aggregated from it; finer ones do not exist in it. Throws Fault('bad_data') when the series is empty.
 */
export function createSeriesFeed(options: SeriesFeedOptions): MarketFeed {
  const { source, name, instrument, series, clock, breathe } = options;
  const last = series.candles.at(-1);
  if (last === undefined)
    throw new Fault('bad_data', `${name} holds no candle.`, 'Give data with at least one candle.');
  const known = new Map<Interval, readonly ClosedCandle[]>([[series.interval, series.candles]]);
  const available = INTERVALS.filter((other) => other === series.interval || isCoarser(other, series.interval));

  const candlesOf = (instrumentId: InstrumentId, interval: Interval): readonly ClosedCandle[] => {
    if (instrumentId !== instrument.id)
      throw new Fault('not_found', `${name} does not hold ${instrumentId}.`, `It holds ${instrument.id}.`);
    const found = known.get(interval);
    if (found !== undefined) return found;
    if (!available.includes(interval))
      throw new Fault(
        'not_found',
        `${name} holds ${series.interval} candles; ${interval} candles cannot be made of them.`,
        `Ask for one of ${available.join(', ')}.`,
      );
    const coarse = aggregate(series, interval, last.closeTime).series.candles;
    known.set(interval, coarse);
    return coarse;
  };

  const endsOf = (candles: readonly ClosedCandle[], interval: Interval): Ends => {
    const [first, newest] = [candles[0], candles.at(-1)];
    if (first !== undefined && newest !== undefined) return { first, last: newest };
    throw new Fault(
      'not_found',
      `${name} is too short for one whole ${interval} candle.`,
      `Ask for ${series.interval} candles or give more data.`,
    );
  };

  /** One interval after the newest close another candle should be there: from then on the data has ended. */
  const refuseOutside = (ends: Ends, interval: Interval, moment: UnixMs): void => {
    if (moment >= ends.first.closeTime && moment < ends.last.closeTime + INTERVAL_MS[interval]) return;
    const where = moment < ends.first.closeTime ? 'before' : 'after';
    throw new Fault(
      'not_found',
      `${utcText(moment)} is ${where} the data: ${name} holds ${utcText(ends.first.openTime)} .. ${utcText(ends.last.openTime)} ` +
        `(open times of its ${interval} candles).`,
      `Choose a moment from ${utcText(ends.first.closeTime)} to ${utcText(ends.last.closeTime)}.`,
    );
  };

  return {
    source,
    instruments: () => [instrument],
    history: (instrumentId, interval, until, count) => {
      const candles = candlesOf(instrumentId, interval);
      if (until > clock.now()) throw new RangeError(`history until ${until} was asked for at ${clock.now()}`);
      refuseOutside(endsOf(candles, interval), interval, until);
      const end = countClosedBy(candles, until);
      const newest = candles.slice(Math.max(0, end - count), end);
      return { series: { interval, candles: newest }, gaps: findGaps(newest, interval) };
    },
    next: (instrumentId, interval, after, abort) => {
      const candles = candlesOf(instrumentId, interval);
      const candle = candles[countClosedBy(candles, after)];
      if (abort.aborted || candle === undefined) return Promise.resolve(undefined);
      return stepClockTo(clock, candle.closeTime, abort, breathe).then((reached) => (reached ? candle : undefined));
    },
    span: (instrumentId, interval) => {
      const ends = endsOf(candlesOf(instrumentId, interval), interval);
      return { first: ends.first.closeTime, last: ends.last.closeTime };
    },
  };
}
