import { describe, expect, it } from 'vitest';
import {
  createGeneratedMarket,
  GENERATOR_END,
  GENERATOR_EPOCH,
  GENERATOR_START,
} from '#adapters/feed-generator/generated-market.ts';
import { createGeneratorFeed, createSteppedGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { simulatedInstrument } from '#test/support/instruments.ts';

const MINUTE = INTERVAL_MS['1m'];
const bitcoin = simulatedInstrument('BTC/USDT');
const instruments = [bitcoin, simulatedInstrument('SOL/USDT')];
const never = createAbortSource().token;
const later = (minutes: number) => unixMs(GENERATOR_START + minutes * MINUTE);

function waiting(start = GENERATOR_START) {
  const clock = new TestClock(start);
  return { clock, feed: createGeneratorFeed({ seed: 7, clock, instruments }) };
}
function stepped(start = GENERATOR_START) {
  const clock = new TestClock(start);
  return { clock, feed: createSteppedGeneratorFeed({ seed: 7, clock, instruments }) };
}

/** Moves of the first fifty minutes, free of the price level. */
const moves = (seed: number, symbol: string) =>
  createGeneratedMarket(seed, simulatedInstrument(symbol))
    .minutes(GENERATOR_EPOCH, unixMs(GENERATOR_EPOCH + 50 * MINUTE))
    .map(({ open, close }) => close / open);

describe('the simulated market', () => {
  it('has a month of history at its start, on every interval it serves', () => {
    const { feed } = waiting();
    for (const [interval, least] of [
      ['1m', 600],
      ['5m', 500],
      ['15m', 500],
      ['1h', 500],
    ] as const) {
      const { series, gaps } = feed.history(bitcoin.id, interval, GENERATOR_START, least);
      expect(series.candles).toHaveLength(least);
      expect(series.candles.at(-1)?.closeTime).toBe(GENERATOR_START);
      expect(gaps).toEqual([]);
    }
    const { series } = feed.history(bitcoin.id, '1h', GENERATOR_START, 10_000);
    expect(series.candles).toHaveLength(31 * 24);
    expect(feed.span(bitcoin.id, '1h')).toEqual({ first: GENERATOR_EPOCH + INTERVAL_MS['1h'], last: GENERATOR_START });
  });

  it('is another market for another seed or symbol', () => {
    expect(moves(7, 'BTC/USDT')).toEqual(moves(7, 'BTC/USDT'));
    expect(moves(7, 'BTC/USDT')).not.toEqual(moves(8, 'BTC/USDT'));
    expect(moves(7, 'BTC/USDT')).not.toEqual(moves(7, 'ETH/USDT'));
  });

  it('remembers nothing wrongly when old days are made again', () => {
    const market = createGeneratedMarket(5, bitcoin);
    const early = () => market.minutes(GENERATOR_EPOCH, unixMs(GENERATOR_EPOCH + 2 * 1440 * MINUTE));
    const before = early();
    market.minutes(unixMs(GENERATOR_EPOCH + 100 * 1440 * MINUTE), unixMs(GENERATOR_EPOCH + 101 * 1440 * MINUTE));
    const after = early();
    expect(after[0]).not.toBe(before[0]);
    expect(after).toEqual(before);
  });

  it('refuses other instruments and intervals, the unknown past and the far future', () => {
    const { feed } = waiting(unixMs(GENERATOR_END + 5 * MINUTE));
    const cases: readonly [() => unknown, RegExp][] = [
      [() => feed.history('XAU/USD.SIM' as InstrumentId, '1m', GENERATOR_START, 5), /does not list XAU\/USD\.SIM/],
      [() => feed.history(bitcoin.id, '1d', GENERATOR_START, 5), /has no 1d candles/],
      [() => feed.history(bitcoin.id, '1h', GENERATOR_EPOCH, 5), /2026-01-01T00:00:00Z \.\. 2036-01-01T00:00:00Z/],
      [() => feed.history(bitcoin.id, '1h', unixMs(GENERATOR_END + 1), 5), /outside the simulated market/],
    ];
    for (const [work, message] of cases) {
      expect(work).toThrow(Fault);
      expect(work).toThrow(message);
    }
    expect(() => waiting().feed.history(bitcoin.id, '1m', later(1), 5)).toThrow(RangeError);
  });
});

describe('waiting for the next candle', () => {
  it('lasts until the clock has reached its close', async () => {
    const { feed, clock } = waiting();
    let answer: unknown = 'none yet';
    const done = feed.next(bitcoin.id, '5m', later(2), never).then((candle) => (answer = candle?.closeTime));
    clock.advanceTo(unixMs(later(5) - 1));
    await Promise.resolve();
    expect(answer).toBe('none yet');
    clock.advanceTo(later(5));
    await done;
    expect(answer).toBe(later(5));
  });

  it('is over at once for a candle that has closed already', async () => {
    const { feed, clock } = waiting();
    expect((await feed.next(bitcoin.id, '1m', unixMs(GENERATOR_START - 60 * MINUTE), never))?.closeTime).toBe(
      later(-59),
    );
    expect(clock.now()).toBe(GENERATOR_START);
  });

  it('ends without a candle on abort and leaves no timer behind', async () => {
    const test = new TestClock(GENERATOR_START);
    let timers = 0;
    const clock: Clock = {
      now: () => test.now(),
      setTimer(at, fire) {
        timers += 1;
        const cancel = test.setTimer(at, fire);
        return () => {
          timers -= 1;
          cancel();
        };
      },
    };
    const feed = createGeneratorFeed({ seed: 7, clock, instruments });
    const stop = createAbortSource();
    const waitingFor = feed.next(bitcoin.id, '1m', GENERATOR_START, stop.token);
    expect(timers).toBe(1);
    stop.abort('canceled');
    expect(await waitingFor).toBeUndefined();
    expect(await feed.next(bitcoin.id, '1m', GENERATOR_START, stop.token)).toBeUndefined();
    expect(timers).toBe(0);
  });

  it('ends with the simulated world', async () => {
    const { feed } = waiting();
    expect(await feed.next(bitcoin.id, '1m', GENERATOR_END, never)).toBeUndefined();
  });
});

describe('the stepped market', () => {
  it('moves the clock itself and shows the same candles as the waiting one', async () => {
    const { feed, clock } = stepped();
    const seen = [];
    for (let i = 0; i < 100; i++) seen.push(await feed.next(bitcoin.id, '15m', clock.now(), never));
    expect(clock.now()).toBe(later(1500));
    const other = waiting(later(1500)).feed.history(bitcoin.id, '15m', later(1500), 100);
    expect(seen).toEqual(other.series.candles);
  });

  it('stops when a timer on the way asks for it', async () => {
    const { feed, clock } = stepped();
    const stop = createAbortSource();
    clock.setTimer(unixMs(GENERATOR_START + 1000), () => stop.abort('time is up'));
    expect(await feed.next(bitcoin.id, '1m', GENERATOR_START, stop.token)).toBeUndefined();
  });
});
