import type { ClosedCandle } from '#core/domain/candle.ts';
import type { Decimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import {
  type GeneratedRegime,
  type Minute,
  type ProcessState,
  type Streams,
  startState,
  stepMinute,
} from './market-process.ts';
import { profileFor } from './market-profile.ts';

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** About 70 MB at most for three instruments; older days are made again when asked for. */
const KEPT_DAYS = 64;

/** The first minute of every simulated market: 2026-01-01T00:00:00Z. */
export const GENERATOR_EPOCH = unixMs(Date.UTC(2026, 0, 1));
/** The simulated market opens for decisions here, 2026-02-01T00:00:00Z, with a month of history behind it. */
export const GENERATOR_START = unixMs(Date.UTC(2026, 1, 1));
/** Ten years: the end of the simulated world, so that a far moment is refused and not computed for minutes. */
export const GENERATOR_END = unixMs(Date.UTC(2036, 0, 1));

type Day = { readonly candles: readonly ClosedCandle[]; readonly regimes: readonly GeneratedRegime[] };

/** All minutes of one instrument. The same seed and symbol give the same minute, in whatever order minutes are asked for. */
export type GeneratedMarket = {
  /** The candles that open in [from, to), both whole minutes since the epoch. */
  minutes(from: UnixMs, to: UnixMs): readonly ClosedCandle[];
  /** The regime that the process was in; what an analyst should find. Never shown to one. */
  regimeAt(openTime: UnixMs): GeneratedRegime;
};

/**
 * Days are made one after another, each from the state that the day before left and from streams of its own, and kept for a while.
 * Every day's first state stays, so that a forgotten day costs one day of work and not all the days before it.
 */
export function createGeneratedMarket(seed: number, instrument: Instrument): GeneratedMarket {
  const profile = profileFor(instrument);
  const onGrid = candleGrid(instrument);
  const root = createRng(seed).fork('market').fork(instrument.symbol);
  const firstStates: ProcessState[] = [startState(profile, root.fork('start'))];
  const days = new Map<number, Day>();

  const make = (index: number): Day => {
    let state = firstStates[index];
    if (state === undefined) throw new Error(`day ${index} was asked for before the day before it`);
    const streams = streamsOf(root, index);
    const candles: ClosedCandle[] = [];
    const regimes: GeneratedRegime[] = [];
    for (let i = 0; i < DAY_MINUTES; i++) {
      const [minute, after] = stepMinute(state, profile, streams);
      candles.push(onGrid(minute, GENERATOR_EPOCH + index * DAY_MS + i * MINUTE_MS));
      regimes.push(after.regime);
      state = after;
    }
    firstStates[index + 1] = state;
    return { candles, regimes };
  };

  const dayAt = (index: number): Day => {
    for (let i = firstStates.length - 1; i < index; i++) remember(days, i, make(i));
    const day = days.get(index) ?? make(index);
    remember(days, index, day);
    return day;
  };

  return {
    minutes(from, to) {
      const found: ClosedCandle[] = [];
      for (let at = from; at < to; ) {
        const index = Math.floor((at - GENERATOR_EPOCH) / DAY_MS);
        const dayStart = GENERATOR_EPOCH + index * DAY_MS;
        const end = Math.min(to, dayStart + DAY_MS);
        const { candles } = dayAt(index);
        found.push(...candles.slice((at - dayStart) / MINUTE_MS, (end - dayStart) / MINUTE_MS));
        at = unixMs(end);
      }
      return found;
    },
    regimeAt(openTime) {
      const index = Math.floor((openTime - GENERATOR_EPOCH) / DAY_MS);
      const minute = Math.floor(((openTime - GENERATOR_EPOCH) % DAY_MS) / MINUTE_MS);
      const regime = dayAt(index).regimes[minute];
      if (regime === undefined) throw new RangeError(`no minute opens at ${openTime}`);
      return regime;
    },
  };
}

/** Keeps the day as the newest one and forgets the one that was used longest ago. */
function remember(days: Map<number, Day>, index: number, day: Day): void {
  days.delete(index);
  days.set(index, day);
  if (days.size <= KEPT_DAYS) return;
  const oldest = days.keys().next();
  if (!oldest.done) days.delete(oldest.value);
}

function streamsOf(root: Rng, day: number): Streams {
  const own = root.fork(`day ${day}`);
  return { regime: own.fork('regime'), price: own.fork('price'), jump: own.fork('jump'), volume: own.fork('volume') };
}

/** Brings a float to whole steps of a grid. A whole number divided by a power of ten is the float whose shortest text lies on the grid. */
function gridOf(step: Decimal): (value: number) => number {
  const units = Number(step.units);
  const power = Number(10n ** BigInt(step.scale));
  return (value) => (Math.max(1, Math.round((value * power) / units)) * units) / power;
}

/** Made once for a market: a month of one is a quarter of a million figures, and a power of ten takes longer than all else of them. */
function candleGrid({ tickSize, lotSize }: Instrument): (minute: Minute, openTime: number) => ClosedCandle {
  const price = gridOf(tickSize);
  const quantity = gridOf(lotSize);
  return (minute, openTime) =>
    ({
      openTime: unixMs(openTime),
      closeTime: unixMs(openTime + MINUTE_MS),
      open: price(minute.open),
      high: price(minute.high),
      low: price(minute.low),
      close: price(minute.close),
      volume: quantity(minute.volume),
    }) as ClosedCandle;
}
