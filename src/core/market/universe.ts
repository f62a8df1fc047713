import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { Fault } from '../kernel/fault.ts';
import { utcText } from '../kernel/utc-text.ts';

/**
 * Which instruments could be traded at a moment. A past that knows only today's list knows only the survivors, so delisted instruments
 * stay in the list with their last moment, and each question about the past names its own moment.
 */
export const universeAt = (instruments: readonly Instrument[], at: UnixMs): readonly Instrument[] =>
  instruments.filter((instrument) => unlisted(instrument, at) === undefined);

/** Throws Fault('not_found') that names the instrument and its date when it could not be traded at that moment. */
export function refuseUnlisted(instrument: Instrument, at: UnixMs): void {
  const why = unlisted(instrument, at);
  if (why === undefined) return;
  throw new Fault('not_found', `${instrument.symbol} ${why}: ${utcText(at)} cannot be traded`, 'choose another moment');
}

/** Throws Fault('not_found') unless the instrument was listed from the open of the first candle to the close of the last. */
export function refuseUnlistedSpan(instrument: Instrument, from: UnixMs, to: UnixMs): void {
  for (const at of [from, unixMs(to - 1)]) {
    const why = unlisted(instrument, at);
    if (why !== undefined)
      throw new Fault(
        'not_found',
        `${instrument.symbol} ${why}: candles from ${utcText(from)} to ${utcText(to)} cannot all be traded`,
        'Cut them with --from and --to to the time in which it was listed.',
      );
  }
}

/** A listing begins with its first moment and is over at its last; without dates it has neither. */
function unlisted({ listedFrom, listedUntil, venue }: Instrument, at: UnixMs): string | undefined {
  if (listedFrom !== undefined && at < listedFrom) return `was listed on ${venue} at ${utcText(listedFrom)}`;
  if (listedUntil !== undefined && at >= listedUntil) return `was taken off ${venue} at ${utcText(listedUntil)}`;
  return undefined;
}
