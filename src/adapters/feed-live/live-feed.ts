import type { CandleGap, ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { countClosedBy, findGaps } from '#core/market/candle-series.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';

export type LiveSeries = { readonly instrumentId: InstrumentId; readonly interval: Interval };

export type LiveFeedOptions = {
  readonly market: LiveMarket;
  /** What will be asked of the feed; it holds nothing else. */
  readonly series: readonly LiveSeries[];
  /** Candles of the past that are fetched before the feed opens. */
  readonly history: number;
};

export type LiveFeed = MarketFeed & { close(): void };

type Kept = {
  readonly candles: ClosedCandle[];
  readonly waiting: Set<() => void>;
};

const keyOf = (instrumentId: InstrumentId, interval: Interval): string => `${instrumentId} ${interval}`;

/** All closed candles from `from` until now, page after page. Throws Fault('unreachable') when the venue does not answer. */
async function readAll(
  market: LiveMarket,
  { instrumentId, interval }: LiveSeries,
  from: UnixMs,
): Promise<ClosedCandle[]> {
  const candles: ClosedCandle[] = [];
  let next: UnixMs | undefined = from;
  while (next !== undefined) {
    const answer = await market.candles(instrumentId, interval, next, market.venueNow());
    if (answer.kind === 'failed')
      throw new Fault(
        'unreachable',
        `${market.venue} did not hand out candles: ${answer.reason}`,
        'Try again when it answers.',
      );
    candles.push(...answer.value.candles);
    next = answer.value.next;
  }
  return candles;
}

/**
 * A venue's live candles as the market: the past is fetched before it opens, and each candle follows once it has closed. A candle that the
 * stream missed (a lost connection, a machine that slept) is fetched before the next one is handed on, so that none is left out in between.
 * Throws a Fault when an instrument is unknown or the venue does not answer.
 */
export async function openLiveFeed({ market, series, history }: LiveFeedOptions): Promise<LiveFeed> {
  const listed = await market.instruments();
  if (listed.kind === 'failed')
    throw new Fault('unreachable', `${market.venue} cannot be reached: ${listed.reason}`, 'Try again when it answers.');
  const instruments: Instrument[] = [];
  const kept = new Map<string, Kept>();
  for (const one of series) {
    const instrument = listed.value.find(({ id }) => id === one.instrumentId);
    if (instrument === undefined)
      throw new Fault('not_found', `${market.venue} does not trade ${one.instrumentId}`, 'See what it trades.');
    if (!instruments.includes(instrument)) instruments.push(instrument);
    const from = unixMs(market.venueNow() - (history + 1) * INTERVAL_MS[one.interval]);
    kept.set(keyOf(one.instrumentId, one.interval), { candles: await readAll(market, one, from), waiting: new Set() });
  }

  const keptOf = (instrumentId: InstrumentId, interval: Interval): Kept => {
    const found = kept.get(keyOf(instrumentId, interval));
    if (found !== undefined) return found;
    throw new Fault(
      'not_found',
      `this feed does not hold ${interval} candles of ${instrumentId}`,
      `It holds ${series.map((one) => keyOf(one.instrumentId, one.interval)).join(', ')}.`,
    );
  };

  /** In order whatever arrives: what lies between is fetched first, and what is known already is left alone. */
  const arrivals = new Map<string, Promise<void>>();
  const take = async (one: LiveSeries, candle: ClosedCandle): Promise<void> => {
    const { candles, waiting } = keptOf(one.instrumentId, one.interval);
    const after = candles.at(-1)?.closeTime ?? candle.openTime;
    if (candle.openTime > after) {
      // When the venue does not answer now, the hole stays a hole and is listed as one.
      const between = await readAll(market, one, after).catch((): ClosedCandle[] => []);
      for (const missed of between)
        if (missed.openTime >= after && missed.openTime < candle.openTime) candles.push(missed);
    }
    if (candle.openTime >= (candles.at(-1)?.closeTime ?? 0)) candles.push(candle);
    for (const wake of Array.from(waiting)) wake();
  };

  const stopListening = market.subscribe((event) => {
    if (event.kind !== 'candle') return;
    const { instrumentId, interval, candle } = event;
    const key = keyOf(instrumentId, interval);
    if (!kept.has(key)) return;
    const before = arrivals.get(key) ?? Promise.resolve();
    arrivals.set(
      key,
      before.then(() => take({ instrumentId, interval }, candle)),
    );
  });
  const watching = instruments.map(({ id }) =>
    market.watch(
      id,
      series.flatMap((one) => (one.instrumentId === id ? [one.interval] : [])),
    ),
  );
  let closed = false;

  return {
    source: { kind: 'venue', venue: market.venue },
    instruments: () => instruments,
    history(instrumentId, interval, until, count) {
      const { candles } = keptOf(instrumentId, interval);
      if (until > market.venueNow()) throw new RangeError(`history until ${until} was asked for before it was`);
      const end = countClosedBy(candles, until);
      const newest = candles.slice(Math.max(0, end - count), end);
      const gaps: readonly CandleGap[] = findGaps(newest, interval);
      return { series: { interval, candles: newest }, gaps };
    },
    next(instrumentId, interval, after, abort) {
      const { candles, waiting } = keptOf(instrumentId, interval);
      return new Promise((resolve) => {
        const finish = (candle: ClosedCandle | undefined): void => {
          waiting.delete(look);
          stop();
          resolve(candle);
        };
        const look = (): void => {
          const candle = candles[countClosedBy(candles, after)];
          if (candle !== undefined || abort.aborted || closed) finish(abort.aborted ? undefined : candle);
        };
        let stop = (): void => undefined;
        stop = abort.onAbort(() => {
          waiting.delete(look);
          resolve(undefined);
        });
        waiting.add(look);
        look();
      });
    },
    span(instrumentId, interval) {
      const { candles } = keptOf(instrumentId, interval);
      const [first, last] = [candles[0], candles.at(-1)];
      if (first === undefined || last === undefined)
        throw new Fault(
          'not_found',
          `${market.venue} has no ${interval} candle of ${instrumentId}`,
          'Ask for another one.',
        );
      return { first: first.closeTime, last: last.closeTime };
    },
    close() {
      closed = true;
      stopListening();
      for (const stop of watching) stop();
      for (const { waiting } of kept.values()) for (const wake of Array.from(waiting)) wake();
    },
  };
}
