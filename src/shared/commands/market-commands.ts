import { z } from 'zod';
import { chartView } from '../contract/market.ts';
import { portfolioView } from '../contract/portfolio.ts';
import { unixMsNumber } from '../contract/primitives.ts';
import { command } from './command.ts';
import { FORM, intervalArg, option, positional, usualInstrument } from './fields.ts';
import { countArg } from './lab-fields.ts';

const MOST_CANDLES = 5000;
const USUAL_CANDLES = 200;

const chart = command({
  id: 'chart',
  words: ['chart'],
  summary: 'Draw the price of an instrument, with entry, stop and target of the newest cycle on it',
  detail:
    'A line of the closes, in braille dots. With --json the candles themselves, as numbers for drawing and not for accounts.',
  risk: 'read',
  args: z.strictObject({
    instrument: usualInstrument(),
    interval: positional(intervalArg().default('5m'), 'INTERVAL', 'candle length; 5m when left out', FORM.interval),
    candles: option(
      countArg(2, MOST_CANDLES).default(USUAL_CANDLES),
      'N',
      `how many of the newest candles; ${USUAL_CANDLES} when left out`,
      `a whole number from 2 to ${MOST_CANDLES}`,
    ),
  }),
  examples: ['mt chart', 'mt chart ETH/USDT 15m', 'mt chart BTC/USDT 1h --candles 500 --json'],
  output: chartView.omit({ columns: true }).extend({
    candles: z.array(
      z.strictObject({
        openTime: unixMsNumber,
        open: z.number(),
        high: z.number(),
        low: z.number(),
        close: z.number(),
        volume: z.number(),
      }),
    ),
  }),
});

const portfolio = command({
  id: 'portfolio.show',
  words: ['portfolio', 'show'],
  aliases: [['positions'], ['fills'], ['balance']],
  summary: 'Show what the standing account holds, its open orders, its newest fills and its balance',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt portfolio show'],
  output: portfolioView,
});

/** Looking at the market and at what is held of it. */
export const marketCommands = [chart, portfolio] as const;
