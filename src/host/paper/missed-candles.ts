import { payloadOf } from '#core/cycle/records.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { readCandles } from '#core/market/candle-pages.ts';
import type { LiveMarket } from '#core/ports/live-market.ts';

export type Missed = {
  readonly from: UnixMs;
  /** Whole minutes. */
  readonly to: UnixMs;
  readonly candles: readonly ClosedCandle[];
  /** Minutes in the window for which the venue gave no candle. */
  readonly minutesWithout: number;
};

export type MissedOptions = {
  readonly market: LiveMarket;
  readonly steady: Clock;
  readonly instrument: Instrument;
  /** What the agent lived on. */
  readonly interval: Interval;
  readonly from: UnixMs;
  readonly now: UnixMs;
};

const MINUTE_MS = INTERVAL_MS['1m'];
const floorTo = (moment: number, length: number): UnixMs => unixMs(Math.floor(moment / length) * length);

/** The close of the last candle that what rests has met, by the records of its cycle. */
export function playedUntil(records: readonly JournalRecord[], interval: Interval): UnixMs {
  const looked = records.reduce((newest, record) => {
    if (record.type === 'cycle.offline') return Math.max(newest, payloadOf(record, record.type).to);
    const isLook = record.type === 'agent.decided' || record.type === 'agent.spawned';
    return isLook ? Math.max(newest, floorTo(record.ts, INTERVAL_MS[interval])) : newest;
  }, 0);
  return unixMs(looked);
}

/**
 * The candles since then: the agent's own as far as whole ones have closed, minutes from there. Venues keep minutes for hours and longer
 * candles for weeks, and a whole interval decides what it would have decided while the agent watched.
 */
export async function readMissed(options: MissedOptions): Promise<Missed> {
  const { market, steady, instrument, interval, from, now } = options;
  const length = INTERVAL_MS[interval];
  const to = floorTo(now, MINUTE_MS);
  const whole = from % length === 0 ? Math.max(from, floorTo(now, length)) : from;
  const read = (of: Interval, first: number, last: number) =>
    first >= last
      ? []
      : readCandles({
          market,
          steady,
          instrumentId: instrument.id,
          interval: of,
          from: unixMs(first),
          to: unixMs(last),
          remedy: 'What the cycle left is closed when it answers.',
        });
  const candles = [...(await read(interval, from, whole)), ...(await read('1m', whole, to))];
  const known = candles.reduce((sum, { openTime, closeTime }) => sum + closeTime - openTime, 0);
  return { from, to, candles, minutesWithout: Math.max(0, Math.round((to - from - known) / MINUTE_MS)) };
}
