import type { Fixed } from './fixed.ts';
import type { Venue } from './venue.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export type DayView = {
  readonly open: Fixed;
  readonly high: Fixed;
  readonly low: Fixed;
  readonly last: Fixed;
  readonly volume: Fixed;
  readonly trades: number;
  readonly from: number;
  readonly to: number;
};

/** The last day out of hourly candles. */
export function dayOf(venue: Venue, instrument: string): DayView {
  const to = venue.clock.now();
  const from = to - DAY_MS;
  const hours = venue.tape.candles(instrument, HOUR_MS, from, to, 25);
  const last = venue.exchange.market(instrument)?.last ?? 0n;
  let high = last;
  let low = last;
  let volume = 0n;
  let trades = 0;
  for (const hour of hours) {
    if (hour.high > high) high = hour.high;
    if (hour.low < low) low = hour.low;
    volume += hour.volume;
    trades += hour.trades;
  }
  return { open: hours[0]?.open ?? last, high, low, last, volume, trades, from, to };
}
