import { z } from 'zod';
import { candleFetchView, venueCheckView, venueList } from '../contract/venues.ts';
import { command } from './command.ts';
import { FORM, flag, instrumentArg, intervalArg, momentArg, option, positional } from './fields.ts';
import { urlArg, VENUE_FORM, venueArg } from './venue-args.ts';

const list = command({
  id: 'venue.ls',
  words: ['venue', 'ls'],
  summary: 'List the venues with what they can do and how sure that is',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt venue ls'],
  output: venueList,
});

const check = command({
  id: 'venue.check',
  words: ['venue', 'check'],
  summary: 'Try everything that is used of a venue, at its test system or on this machine',
  detail:
    'Places orders far from the market, looks them up, repeats an id, lets one expire and cancels all. It never runs against real money. ' +
    'Without stored keys only the market is tried. The outcome is the grade of the venue.',
  risk: 'admin',
  args: z.strictObject({
    id: positional(venueArg(), 'ID', 'the venue', VENUE_FORM),
    sandbox: flag("against the venue's own test system"),
    url: urlArg(),
    key: option(
      z.string().max(40).optional(),
      'NAME',
      'stored keys to use; those of the venue when left out',
      'list the stored keys with mt keys ls',
    ),
  }),
  examples: ['mt venue check kraken --url http://127.0.0.1:8080', 'mt venue check bybit --sandbox --key bybit-test'],
  output: venueCheckView,
});

const fetch = command({
  id: 'data.fetch',
  words: ['data', 'fetch'],
  summary: 'Bring candles from a venue into the data folder',
  detail:
    'Needs no keys. A repeat goes on where the stored candles end. Holes in what the venue hands out are kept as holes and listed.',
  risk: 'admin',
  args: z.strictObject({
    venue: positional(venueArg(), 'VENUE', 'where from', VENUE_FORM),
    instrument: positional(instrumentArg(), 'INSTRUMENT', 'what of', FORM.instrument),
    interval: positional(intervalArg(), 'INTERVAL', 'candle length', FORM.interval),
    from: option(momentArg(), 'MOMENT', 'candles that open at or after it (UTC)', FORM.moment),
    to: option(momentArg().optional(), 'MOMENT', 'candles that open before it (UTC); now when left out', FORM.moment),
    url: urlArg(),
  }),
  examples: ['mt data fetch binance BTC/USDT 1h --from 2024-01-01'],
  output: candleFetchView,
});

/** The commands for venues, in the order of the help. */
export const venueCommands = [fetch, list, check] as const;
