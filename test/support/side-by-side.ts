import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { createGeneratedMarket, GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { loadInstruments } from '#adapters/instruments/load-instruments.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { createSeriesFeed } from '#core/market/series-feed.ts';
import { stepTogether, type Walker } from '#core/market/step-together.ts';
import type { MarketFeed } from '#core/ports/market-feed.ts';
import type { EngineConfig } from '#host/engine-config.ts';
import type { SimulatedMarket } from '#host/simulated-market.ts';
import { tempFolder } from './temp-folder.ts';

const RESOURCES = resolve(import.meta.dirname, '../../resources');
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** Resources that list so many coins instead of the few of the product: `AAA/USDT`, `BBB/USDT` and so on. */
export function resourcesWith(coins: number) {
  const folder = tempFolder('mt-resources');
  for (const name of ['audit', 'icons', 'prompts']) symlinkSync(join(RESOURCES, name), join(folder.path, name));
  mkdirSync(join(folder.path, 'instruments'));
  const listed = JSON.parse(readFileSync(join(RESOURCES, 'instruments', 'simulated.json'), 'utf8'));
  const names = Array.from({ length: coins }, (_, i) => String.fromCodePoint(65 + i).repeat(3));
  const instruments = names.map((base) => ({ ...listed.instruments[0], base }));
  const file = join(folder.path, 'instruments', 'simulated.json');
  writeFileSync(file, JSON.stringify({ ...listed, instruments }));
  return { path: folder.path, remove: folder.remove, symbols: names.map((name) => `${name}/USDT`), file };
}

export type Tapes = ReadonlyMap<string, readonly ClosedCandle[]>;

const movedTo = (candles: readonly ClosedCandle[], start: number): readonly ClosedCandle[] =>
  candles.map((candle, i) => ({
    ...candle,
    openTime: unixMs(start + i * MINUTE_MS),
    closeTime: unixMs(start + (i + 1) * MINUTE_MS),
  }));

/** One stretch of a recorded tape of minutes for each symbol, all moved to the same days, as if they were coins that trade side by side. */
export function stretchesOf(path: string, symbols: readonly string[], days: number): Tapes {
  const { series } = readCandleFile(path, '1m');
  const length = days * 1_440;
  return new Map(
    symbols.map((symbol, i) => [symbol, movedTo(series.candles.slice(i * length, (i + 1) * length), GENERATOR_START)]),
  );
}

/** The same from the generator, for whoever has no recorded candles. */
export function generatedStretches(file: string, days: number, seed: number): Tapes {
  return new Map(
    loadInstruments(file).map((instrument) => [
      instrument.symbol,
      createGeneratedMarket(seed, instrument).minutes(GENERATOR_START, unixMs(GENERATOR_START + days * DAY_MS)),
    ]),
  );
}

/** The standing market of an engine made of tapes; it opens so many days into them. */
export function marketOf(tapes: Tapes, historyDays: number) {
  const start = unixMs(GENERATOR_START + historyDays * DAY_MS);
  const clock = new TestClock(start);
  const together = stepTogether(clock, () => setImmediate());
  const open: NonNullable<EngineConfig['market']> = ({ instruments, seed }): SimulatedMarket => {
    const feeds = new Map<InstrumentId, MarketFeed>(instruments.map((one) => [one.id, tapeFeed(one)]));
    function tapeFeed(instrument: Instrument): MarketFeed {
      const series = { interval: '1m' as const, candles: tapes.get(instrument.symbol) ?? [] };
      return createSeriesFeed({ source: { kind: 'generator', seed }, name: 'the tape', instrument, series, clock });
    }
    const of = (id: InstrumentId): MarketFeed => {
      const feed = feeds.get(id);
      if (feed === undefined) throw new TypeError(`there is no tape of ${id}`);
      return feed;
    };
    const seat = (walker: Walker): MarketFeed => ({
      source: { kind: 'generator', seed },
      instruments: () => instruments,
      history: (id, interval, until, count) => of(id).history(id, interval, until, count),
      span: (id, interval) => of(id).span(id, interval),
      async next(id, interval, after, abort) {
        const length = INTERVAL_MS[interval];
        const closeTime = unixMs((Math.floor(after / length) + 1) * length);
        if (closeTime > of(id).span(id, interval).last) return undefined;
        if (!(await walker.wait(closeTime, abort))) return undefined;
        return of(id).history(id, interval, closeTime, 1).series.candles[0];
      },
    });
    const join = () => {
      const walker = together.join();
      return { feed: seat(walker), turn: () => walker.turn(), leave: () => walker.leave() };
    };
    const feed: MarketFeed = {
      // Its own `next` is replaced: whoever asks once is there for as long as it waits.
      ...seat({ wait: () => Promise.resolve(false), turn: () => Promise.resolve(), leave: () => {} }),
      async next(...asked) {
        const once = join();
        try {
          return await once.feed.next(...asked);
        } finally {
          once.leave();
        }
      },
    };
    return { seed, speed: 0, clock, feed, join };
  };
  return { open, clock, together };
}
