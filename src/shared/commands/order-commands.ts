import { z } from 'zod';
import { agentText } from '../contract/agents.ts';
import {
  accountText,
  manualBook,
  orderOutcome,
  orderPreview,
  requestKey,
  SIMULATED_ACCOUNT,
  tightenedStop,
} from '../contract/orders.ts';
import { sideText } from '../contract/primitives.ts';
import { command } from './command.ts';
import { amountArg, FORM, instrumentArg, option, positional } from './fields.ts';

const accountArg = () =>
  option(
    accountText.default(SIMULATED_ACCOUNT),
    'ACCOUNT',
    'which account; simulated when left out',
    'an account is written in small letters, for instance simulated or binance-test; list them with mt account ls',
  );

const what = () => ({
  instrument: positional(instrumentArg(), 'INSTRUMENT', 'what to trade', FORM.instrument),
  quantity: positional(amountArg(), 'QUANTITY', 'how much of the base asset', FORM.amount),
  limit: option(amountArg().optional(), 'PRICE', 'worst price; a market order when left out', FORM.amount),
});

const keyArg = () =>
  option(
    requestKey.optional(),
    'KEY',
    'your own name for this order: the same key again sends nothing new',
    'a key is 8 to 64 letters, digits, - and _',
  );

const buy = command({
  id: 'order.buy',
  words: ['order', 'buy'],
  summary: 'Buy by hand, through the same risk gate as an agent',
  detail:
    'A purchase needs a --stop. Stop and target rest with it as soon as it fills, and shrink when part of it is sold. At a venue only the ' +
    'stop rests, and a market order goes as a limit a little beyond the price, which caps what it may cost. With --limit it waits ' +
    'while an engine runs (mt up, or the window); when the engine ends, what would still buy is taken back.',
  risk: 'increase',
  args: z.strictObject({
    ...what(),
    stop: option(amountArg().optional(), 'PRICE', 'where the purchase is given up, below the price', FORM.amount),
    take: option(amountArg().optional(), 'PRICE', 'where the gain is taken, above the price', FORM.amount),
    account: accountArg(),
    key: keyArg(),
  }),
  examples: [
    'mt order buy BTC/USDT 0.01 --stop 58000',
    'mt order buy BTC/USDT 0.01 --limit 60000 --stop 58500 --take 64000',
  ],
  output: orderOutcome,
});

const sell = command({
  id: 'order.sell',
  words: ['order', 'sell'],
  summary: 'Sell by hand what was bought by hand',
  risk: 'reduce',
  args: z.strictObject({ ...what(), account: accountArg(), key: keyArg() }),
  examples: ['mt order sell BTC/USDT 0.005', 'mt order sell BTC/USDT 0.005 --limit 64000'],
  output: orderOutcome,
});

const preview = command({
  id: 'order.preview',
  words: ['order', 'preview'],
  summary: 'What the risk gate would answer to an order by hand, and what it would cost and risk; nothing is sent',
  risk: 'read',
  args: z.strictObject({
    side: positional(sideText, 'SIDE', 'buy or sell', 'give buy or sell'),
    ...what(),
    stop: option(amountArg().optional(), 'PRICE', 'where the purchase is given up, below the price', FORM.amount),
    take: option(amountArg().optional(), 'PRICE', 'where the gain is taken, above the price', FORM.amount),
    account: accountArg(),
  }),
  examples: ['mt order preview buy BTC/USDT 0.01 --stop 58000'],
  output: orderPreview,
});

const cancel = command({
  id: 'order.cancel',
  words: ['order', 'cancel'],
  aliases: [['cancel']],
  summary: 'Cancel an order by hand',
  risk: 'reduce',
  args: z.strictObject({
    id: positional(
      z.string().regex(/^mt[0-9a-f]{16}$/, 'is not the id of an order'),
      'ID',
      'the order, as mt order ls lists it',
      'take an id from mt order ls',
    ),
    account: accountArg(),
  }),
  examples: ['mt order cancel mt0123456789abcdef'],
  output: manualBook,
});

const close = command({
  id: 'order.close',
  words: ['order', 'close'],
  aliases: [['close']],
  summary: 'Sell everything that was bought by hand of an instrument; its stop rests until the sale fills',
  risk: 'reduce',
  args: z.strictObject({
    instrument: positional(instrumentArg(), 'INSTRUMENT', 'what to close', FORM.instrument),
    account: accountArg(),
    key: keyArg(),
  }),
  examples: ['mt order close BTC/USDT'],
  output: orderOutcome,
});

const tighten = command({
  id: 'order.tighten',
  words: ['order', 'tighten'],
  summary: 'Move the stop of an open position toward less risk; it cannot be moved back',
  detail:
    'Of what is held by hand, or with --agent of what that agent holds. A stop further from the market is refused by the risk gate.',
  risk: 'reduce',
  args: z.strictObject({
    instrument: positional(instrumentArg(), 'INSTRUMENT', 'what is held', FORM.instrument),
    stop: positional(amountArg(), 'PRICE', 'where it is given up from now on, nearer to the market', FORM.amount),
    agent: option(
      agentText.optional(),
      'AGENT',
      'whose position; yours by hand when left out',
      'take an id from mt agents',
    ),
    account: accountArg(),
  }),
  examples: ['mt order tighten BTC/USDT 59200', 'mt order tighten BTC/USDT 59200 --agent A-1f3c'],
  output: tightenedStop,
});

const list = command({
  id: 'order.ls',
  words: ['order', 'ls'],
  aliases: [['orders']],
  summary: 'List the orders, fills and holdings by hand',
  risk: 'read',
  args: z.strictObject({ account: accountArg() }),
  examples: ['mt order ls'],
  output: manualBook,
});

/** The commands for orders by hand, in the order of the help. */
export const orderCommands = [buy, sell, preview, cancel, close, tighten, list] as const;
