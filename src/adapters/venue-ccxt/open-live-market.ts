import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import type { Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { LiveMarket, LiveMarketEvent } from '#core/ports/live-market.ts';
import { type Account, ask, venueNow } from './account-call.ts';
import { venueTime } from './account-queries.ts';
import type { CcxtClient } from './exchange.ts';
import { candlePage } from './market/candle-pages.ts';
import { pollCandles } from './market/candle-poll.ts';
import { watchClockJumps } from './market/clock-jump.ts';
import { checkKrakenBooks } from './market/kraken-checksum.ts';
import { createSequenceCheck, type SequenceCheck } from './market/sequence-check.ts';
import { askTicker } from './market/two-source.ts';
import { type WatchedInstrument, watchInstrument } from './market/watch-instrument.ts';
import { type OpenExchange, type OpenExchangeOptions, openExchange } from './open-exchange.ts';
import { instrumentsOf } from './parse/instruments.ts';
import { symbolOf, venueCode } from './parse/symbols.ts';
import { createVenueClock, type VenueClock } from './venue-clock.ts';

export type CcxtLiveMarket = LiveMarket & { readonly open: OpenExchange; readonly clock: VenueClock };

/** Live prices of a venue of ccxt. Loads its code; the network is asked for the first thing that is wanted. */
export async function openLiveMarket(options: OpenExchangeOptions): Promise<CcxtLiveMarket> {
  const open = await openExchange(options, { money: false });
  const { exchange, traits } = open;
  const { clocks, chance } = options;
  const account: Account = { exchange, traits, open, clocks, offsetMs: () => clock.offsetMs() };
  const clock = createVenueClock(clocks, () => venueTime(account));
  exchange.milliseconds = () => Math.round(clocks.wall.now() + clock.offsetMs());
  const listeners = new Set<(event: LiveMarketEvent) => void>();
  const watched = new Map<InstrumentId, { readonly instrument: WatchedInstrument; users: number }>();
  let closed = false;

  const emit = (event: LiveMarketEvent): void => {
    for (const listener of Array.from(listeners)) listener(event);
  };
  const instruments = (): readonly WatchedInstrument[] => [...watched.values()].map(({ instrument }) => instrument);

  let resyncing = false;
  const resync = (): void => {
    if (resyncing || closed) return;
    resyncing = true;
    // Not within the message that showed the fault: ccxt is still reading it.
    queueMicrotask(() => {
      exchange.orderbooks = {};
      void exchange
        .close()
        .catch(() => undefined)
        .finally(() => {
          resyncing = false;
        });
    });
  };
  const gapEverywhere = (detail: string): void => {
    for (const { health } of instruments()) health.spoil('gap', detail);
    resync();
  };

  const checks = new WeakMap<CcxtClient, SequenceCheck>();
  const original = exchange.handleMessage;
  exchange.handleMessage = (client, message) => {
    const check = checks.get(client) ?? createSequenceCheck(exchange.id);
    checks.set(client, check);
    const gap = check.read(message);
    if (gap !== undefined) gapEverywhere(`${gap.stream}: ${gap.expected} was followed by ${gap.got}`);
    original.call(exchange, client, message);
  };
  if (traits.bookCheck === 'own')
    checkKrakenBooks(exchange, ({ symbol, expected, got }) =>
      gapEverywhere(`${symbol}: the checksum is ${got} and should be ${expected}`),
    );

  const stopClock = watchClockJumps(
    clocks,
    (ms) => {
      for (const { health, guard } of instruments()) {
        health.spoil('clock', `the clock jumped by ${Math.round(ms)} ms`);
        health.spoil('gap', 'everything is read anew after a jump of the clock');
        guard.reset(clocks.steady.now());
      }
      resync();
      void clock.measure().then((measured) => {
        if (measured) for (const { health } of instruments()) health.clear('clock');
        return measured;
      });
    },
    () => {
      for (const instrument of instruments()) instrument.tick();
    },
  );

  const symbolFor = (instrumentId: InstrumentId): string => {
    const symbol = symbolOf(instrumentId, exchange.id);
    if (symbol !== undefined) return symbol;
    throw new Fault('not_found', `${instrumentId} is not an instrument of ${exchange.id}.`, 'Name one of its own.');
  };

  return {
    open,
    clock,
    venue: venueCode(exchange.id),
    instruments: () =>
      ask(
        account,
        'data',
        undefined,
        () => exchange.loadMarkets(),
        (markets) => {
          const found = instrumentsOf(markets, { exchangeId: exchange.id, precisionMode: exchange.precisionMode });
          return found.length === 0 ? undefined : found;
        },
      ),
    candles: (instrumentId, interval, from, to) => candlePage(account, instrumentId, interval, from, to),
    ticker: (instrumentId) => askTicker(account, instrumentId, symbolFor(instrumentId)),
    watch(instrumentId, intervals: readonly Interval[]) {
      const symbol = symbolFor(instrumentId);
      if (clock.measuredAt() === undefined) void clock.measure();
      const known = watched.get(instrumentId);
      const entry = known ?? {
        instrument: watchInstrument({ account, instrumentId, symbol, chance, emit, resync }),
        users: 0,
      };
      entry.users += 1;
      watched.set(instrumentId, entry);
      const polls = intervals.map((interval) =>
        pollCandles(
          {
            steady: clocks.steady,
            venueNow: () => venueNow(account),
            page: (id, length, from, to) => candlePage(account, id, length, from, to),
            onCandle: (candle) => emit({ kind: 'candle', instrumentId, interval, candle }),
          },
          instrumentId,
          interval,
        ),
      );
      let canceled = false;
      return () => {
        if (canceled) return;
        canceled = true;
        for (const stop of polls) stop();
        entry.users -= 1;
        if (entry.users > 0) return;
        entry.instrument.stop();
        watched.delete(instrumentId);
      };
    },
    book: (instrumentId) => watched.get(instrumentId)?.instrument.book(),
    health: (instrumentId) =>
      watched.get(instrumentId)?.instrument.health.now() ?? {
        kind: 'stale',
        reason: 'starting',
        detail: 'it is not watched',
        since: clocks.wall.now(),
      },
    venueNow: () => unixMs(venueNow(account)),
    clockTrouble: () => clock.trouble(),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    settled(abort) {
      const allLive = (): boolean => instruments().every(({ health }) => health.now().kind === 'live');
      return new Promise((resolve) => {
        const look = (): void => {
          if (!allLive()) return;
          finish(true);
        };
        const finish = (live: boolean): void => {
          listeners.delete(look);
          stop();
          resolve(live);
        };
        listeners.add(look);
        const stop = abort.onAbort(() => {
          listeners.delete(look);
          resolve(false);
        });
        look();
      });
    },
    async close() {
      closed = true;
      stopClock();
      clock.stop();
      for (const { instrument } of watched.values()) instrument.stop();
      watched.clear();
      await open.close();
    },
  };
}
