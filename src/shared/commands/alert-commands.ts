import { z } from 'zod';
import { alertKind, alertKindView, alertList, appAlertRead, priceAlertId, priceAlertView } from '../contract/alerts.ts';
import { command } from './command.ts';
import { amountArg, FORM, flag, instrumentArg, option, positional, wholeNumber } from './fields.ts';

const MOST_ROWS = 500;
const venueArg = () => z.string().regex(/^[a-z0-9]{2,40}$/, 'is not the id of a venue');
const VENUE_FORM = 'mt venue ls lists the venues';

const list = command({
  id: 'alerts',
  words: ['alerts'],
  summary: 'List what the engine had to tell, newest first',
  detail:
    'The last 500 are kept, those that were muted or came in quiet hours too; the column TOLD says why one was not told.',
  risk: 'read',
  args: z.strictObject({
    unread: flag('only those that nobody has read'),
    limit: option(
      wholeNumber(1, MOST_ROWS).optional(),
      'N',
      'how many; 20 when left out',
      'a whole number from 1 to 500',
    ),
  }),
  examples: ['mt alerts', 'mt alerts --unread --json'],
  output: alertList,
});

const read = command({
  id: 'alerts.read',
  words: ['alerts', 'read'],
  summary: 'Mark an alert as read, or all of them',
  risk: 'admin',
  args: z.strictObject({
    id: positional(
      wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
      'ID',
      'which one, as mt alerts lists it; all when left out',
      'take a number from mt alerts',
    ),
  }),
  examples: ['mt alerts read', 'mt alerts read 12'],
  output: appAlertRead,
});

const kinds = command({
  id: 'alerts.kinds',
  words: ['alerts', 'kinds'],
  summary: 'List every kind of alert, how urgent it is and whether it may be muted',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt alerts kinds'],
  output: z.strictObject({ kinds: z.array(alertKindView) }),
});

const mute = command({
  id: 'alerts.mute',
  words: ['alerts', 'mute'],
  summary: 'Keep a kind of alert in the list without being told of it, or be told again',
  detail: 'Refused for what must always be told. The change is a record in the journal.',
  risk: 'admin',
  args: z.strictObject({
    kind: positional(alertKind, 'KIND', 'which kind', 'take a kind from mt alerts kinds'),
    off: flag('be told of it again'),
  }),
  examples: ['mt alerts mute agent_spawned', 'mt alerts mute agent_spawned --off'],
  output: z.strictObject({ kinds: z.array(alertKindView) }),
});

const price = command({
  id: 'alert.price',
  words: ['alert', 'price'],
  summary: 'Be told when a price reaches a level',
  detail:
    'Closed candles decide. It outlives a restart. The prices of a venue are looked at while an agent follows them; those of the simulated ' +
    'market while the engine runs (mt up, or the window).',
  risk: 'admin',
  args: z.strictObject({
    instrument: positional(instrumentArg(), 'INSTRUMENT', 'whose price', FORM.instrument),
    side: positional(
      z.enum(['above', 'below'], { error: 'is neither above nor below' }),
      'SIDE',
      'above or below',
      'write above or below',
    ),
    level: positional(amountArg(), 'PRICE', 'the level', FORM.amount),
    venue: option(venueArg().optional(), 'VENUE', 'whose prices; the simulated market when left out', VENUE_FORM),
    repeat: flag('each time it comes back to the level, not only once'),
  }),
  examples: ['mt alert price BTC/USDT above 65000', 'mt alert price ETH/USDT below 2000 --venue binance --repeat'],
  output: priceAlertView,
});

const prices = command({
  id: 'alert.prices',
  words: ['alert', 'prices'],
  summary: 'List the price alerts that are set',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt alert prices'],
  output: z.strictObject({ prices: z.array(priceAlertView) }),
});

const remove = command({
  id: 'alert.remove',
  words: ['alert', 'remove'],
  summary: 'Take a price alert away',
  risk: 'admin',
  args: z.strictObject({ id: positional(priceAlertId, 'ID', 'which one', 'take an id from mt alert prices') }),
  examples: ['mt alert remove P-1'],
  output: z.strictObject({ prices: z.array(priceAlertView) }),
});

export const alertCommands = [list, read, kinds, mute, price, prices, remove] as const;
