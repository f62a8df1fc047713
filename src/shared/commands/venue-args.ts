import { z } from 'zod';
import { venueId } from '../contract/venues.ts';
import { flag, option } from './fields.ts';

export const venueArg = () =>
  z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(venueId);
export const VENUE_FORM = 'a venue is written as mt venue ls lists it, for instance binance';
export const urlArg = () =>
  option(z.string().max(200).optional(), 'URL', 'a stand-in on this machine', 'write http://127.0.0.1:PORT');

/** The live prices of a venue as the market of a cycle. A function, because each command needs arguments of its own. */
export const livePriceArgs = () => ({
  venue: option(venueArg().optional(), 'ID', 'live prices of this venue instead of the simulated market', VENUE_FORM),
  url: urlArg(),
});

/** What is done with them. Paper when none is given. */
export const environmentArgs = () => ({
  paper: flag('with --venue: fills are simulated on its live candles, on an account that lasts'),
  shadow: flag("the same, and each order is compared with the venue's order book; nothing is sent"),
  live: flag('with real money; locked until the validation gate was passed'),
});
