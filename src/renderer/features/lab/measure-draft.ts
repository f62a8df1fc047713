import type { StoredSeriesView } from '#shared/contract/data.ts';
import type { ArbitrageAsked } from '../../stores/measurements-store.ts';

/** Fields of the two forms of measuring, as text; each check answers whether it can't be used. */
export const wholeWrong = (text: string, least: number, most: number): boolean =>
  !/^\d{1,9}$/.test(text.trim()) || Number(text) < least || Number(text) > most;
export const bpsWrong = (text: string): boolean => !/^\d{1,4}(\.\d{1,8})?$/.test(text.trim());
export const amountWrong = (text: string): boolean => !/^\d{1,15}(\.\d{1,18})?$/.test(text.trim()) || Number(text) <= 0;

/** A market of an arbitrage measurement: an imported series by its name, or a file with all that says what it is. */
export type MarketDraft = {
  /** The key of a series; empty means a file. */
  readonly series: string;
  readonly venue: string;
  readonly instrument: string;
  readonly path: string;
  readonly feeBps: string;
};
export const NEW_MARKET: MarketDraft = { series: '', venue: '', instrument: '', path: '', feeBps: '' };

export const keyOfSeries = ({ venue, instrument }: StoredSeriesView): string => `${venue.toLowerCase()} ${instrument}`;

export type MarketFault = 'venue' | 'instrument' | 'path' | 'feeBps';

/** What of a market can't be used yet. */
export function marketFaults({ series, venue, instrument, path, feeBps }: MarketDraft): readonly MarketFault[] {
  const faults: readonly (readonly [MarketFault, boolean])[] = [
    ['venue', series === '' && !/^[a-z0-9][a-z0-9-]{0,39}$/.test(venue.trim())],
    ['instrument', series === '' && !/^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/.test(instrument.trim().toUpperCase())],
    ['path', series === '' && path.trim() === ''],
    ['feeBps', feeBps.trim() !== '' && bpsWrong(feeBps)],
  ];
  return faults.filter(([, wrong]) => wrong).map(([name]) => name);
}

/** The market as the engine is asked for it. */
export function marketOf(draft: MarketDraft): ArbitrageAsked['markets'][number] {
  const fee = draft.feeBps.trim() === '' ? {} : { feeBps: draft.feeBps.trim() };
  const [venue = '', instrument = ''] = draft.series.split(' ');
  return draft.series === ''
    ? { venue: draft.venue.trim(), instrument: draft.instrument.trim().toUpperCase(), path: draft.path.trim(), ...fee }
    : { venue, instrument, ...fee };
}
