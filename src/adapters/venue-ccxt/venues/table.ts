import type { VenueTraits } from '../venue-traits.ts';
import { binance } from './binance.ts';
import { bybit } from './bybit.ts';
import { gate, genericVenue } from './generic.ts';
import { kraken } from './kraken.ts';
import { okx } from './okx.ts';

/** Venues with a row of their own, checked ones first. */
export const VENUES: readonly VenueTraits[] = [binance, kraken, bybit, okx, gate];

/** The row of a venue; a cautious one for those that have none. */
export const traitsOf = (id: string): VenueTraits => VENUES.find((venue) => venue.id === id) ?? genericVenue(id);
