import { setImmediate } from 'node:timers/promises';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import type { BookLevel, LiveMarket, LiveMarketEvent, MarketHealth } from '#core/ports/live-market.ts';
import type { LivePrices } from '#host/live-prices.ts';

export type Tapes = Partial<Record<Interval, readonly ClosedCandle[]>>;

/** A venue whose prices are a tape and whose time is moved by the test. Nobody can send an order to it: it has no place for one. */
export type TapeMarket = {
  readonly prices: LivePrices;
  readonly clock: TestClock;
  /** Moves time, and tells each candle at its close (or `lateMs` after it) to whoever follows. */
  advanceTo(moment: UnixMs, lateMs?: number): Promise<void>;
  /** What each question is answered, one after another; the last answer stands from then on. */
  setHealth(...answers: readonly [MarketHealth, ...MarketHealth[]]): void;
  setBook(book: { readonly bids: readonly BookLevel[]; readonly asks: readonly BookLevel[] } | undefined): void;
  /** What was asked of the venue, by kind. */
  readonly asked: Map<string, number>;
  /** Connections that are open now. */
  open(): number;
};

const LISTED = 'BINANCE';
/** Turns of the event loop after which everything that follows from one candle has happened. */
const TURNS = 6;

export const listedOn = (instrument: Instrument, venue = LISTED): Instrument => ({
  ...instrument,
  id: `${instrument.symbol}.${venue}` as InstrumentId,
  venue,
});

export function tapeMarket(tapes: Tapes, instrument: Instrument, start: UnixMs): TapeMarket {
  const clock = new TestClock(start);
  const asked = new Map<string, number>();
  const listeners = new Set<(event: LiveMarketEvent) => void>();
  const watched = new Map<Interval, number>();
  let health: MarketHealth[] = [{ kind: 'live' }];
  let book: { readonly bids: readonly BookLevel[]; readonly asks: readonly BookLevel[] } | undefined;
  let connections = 0;
  const count = (what: string): void => void asked.set(what, (asked.get(what) ?? 0) + 1);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  };

  const open = (): LiveMarket => {
    connections += 1;
    const mine = new Set<(event: LiveMarketEvent) => void>();
    return {
      venue: instrument.venue,
      async instruments() {
        count('instruments');
        return { kind: 'ok', value: [instrument] };
      },
      async candles(_id, interval, from, to) {
        count('candles');
        const candles = (tapes[interval] ?? []).filter(
          ({ openTime, closeTime }) => openTime >= from && openTime < to && closeTime <= clock.now(),
        );
        return { kind: 'ok', value: { candles, next: undefined } };
      },
      async ticker() {
        count('ticker');
        return { kind: 'failed', reason: 'a tape has none' };
      },
      watch(_id, intervals) {
        count('watch');
        for (const interval of intervals) watched.set(interval, (watched.get(interval) ?? 0) + 1);
        return () => {
          for (const interval of intervals) watched.set(interval, (watched.get(interval) ?? 0) - 1);
        };
      },
      book: () => (book === undefined ? undefined : { instrumentId: instrument.id, at: clock.now(), ...book }),
      health: () => (health.length > 1 ? health.shift() : health[0]) ?? { kind: 'live' },
      venueNow: () => clock.now(),
      clockTrouble: () => undefined,
      subscribe(listener) {
        listeners.add(listener);
        mine.add(listener);
        return () => void listeners.delete(listener);
      },
      settled: () => Promise.resolve(true),
      async close() {
        connections -= 1;
        for (const listener of mine) listeners.delete(listener);
      },
    };
  };

  return {
    clock,
    asked,
    prices: { clock, steady: clock, open: () => Promise.resolve(open()) },
    open: () => connections,
    async advanceTo(moment, lateMs = 0) {
      const from = clock.now();
      const due = (Object.entries(tapes) as [Interval, readonly ClosedCandle[]][])
        .flatMap(([interval, candles]) =>
          candles
            .filter(({ closeTime }) => closeTime > from && closeTime <= moment)
            .map((candle) => ({ interval, candle })),
        )
        .toSorted((a, b) => a.candle.closeTime - b.candle.closeTime);
      for (const { interval, candle } of due) {
        clock.advanceTo(unixMs(Math.max(clock.now(), candle.closeTime + lateMs)));
        if ((watched.get(interval) ?? 0) === 0) continue;
        for (const listener of Array.from(listeners))
          listener({ kind: 'candle', instrumentId: instrument.id, interval, candle });
        await settle();
      }
      clock.advanceTo(unixMs(Math.max(clock.now(), moment)));
      await settle();
    },
    setHealth: (...answers) => {
      health = [...answers];
    },
    setBook: (next) => {
      book = next;
    },
  };
}
