import type { UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import { Fault } from '../kernel/fault.ts';

/** Steps and minimums as they were from a moment on. Venues change them; a simulation of the past must not use today's. */
export type InstrumentLimits = Pick<Instrument, 'tickSize' | 'lotSize' | 'minQuantity' | 'minNotional'> & {
  readonly validFrom: UnixMs;
};

export type LimitsAt = { readonly instrument: Instrument; readonly known: boolean };

/**
 * The rules of an instrument at a moment: those of the newest version that was valid then. `known` is false before the oldest version,
 * where it is the best guess, and when there is no history at all: then only today's are known, and a report should say so.
 */
export function limitsAt(instrument: Instrument, history: readonly InstrumentLimits[], at: UnixMs): LimitsAt {
  const [oldest] = history;
  if (oldest === undefined) return { instrument, known: false };
  let found = oldest;
  for (const version of history) if (version.validFrom <= at) found = version;
  const { validFrom, ...limits } = found;
  return { instrument: { ...instrument, ...limits }, known: validFrom <= at };
}

/** Throws Fault('bad_data') unless the versions are in order of their dates. */
export function checkHistory(history: readonly InstrumentLimits[]): void {
  for (let i = 1; i < history.length; i++)
    if ((history[i]?.validFrom ?? 0) <= (history[i - 1]?.validFrom ?? 0))
      throw new Fault(
        'bad_data',
        'limits of an instrument are not in order of their dates',
        'Sort them, oldest first.',
      );
}
