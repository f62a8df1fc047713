import { z } from 'zod';
import { MOST_MOMENTS, scorecardView } from '../contract/scorecard.ts';
import { command } from './command.ts';
import {
  FORM,
  flag,
  instrumentArg,
  intervalArg,
  momentArg,
  option,
  pathArg,
  positional,
  wholeNumber,
} from './fields.ts';

const LEAST_MOMENTS = 30;
const MOST_EVERY = 10_000;
const EVERY = `write a whole number from 1 to ${MOST_EVERY}`;
const MOMENTS = `write a whole number from ${LEAST_MOMENTS} to ${MOST_MOMENTS}`;

const show = command({
  id: 'scorecard.show',
  words: ['scorecard', 'show'],
  summary: 'Show how good the calls of rules and models have been, beside plain baselines',
  detail:
    'Every press writes down what each analyst calls, as probabilities, before anything of the outcome is known: the direction and the kind ' +
    'of market of the next 24 candles. When these have closed, a later look at that market settles it. Lower Brier scores are better. A ' +
    'model that scores worse than the rules loses its say until that changes.',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt scorecard show'],
  output: scorecardView,
});

const measure = command({
  id: 'scorecard.measure',
  words: ['scorecard', 'measure'],
  summary: 'Let rules and a model make their calls at many moments of recorded candles, and score them',
  detail:
    'Each call knows what had closed by its moment and nothing later. Nothing is written to the journal. It says how far it is; interrupting it, ' +
    'or mt lab measurements stop ID from elsewhere, stops it, and it keeps no result.',
  risk: 'admin',
  args: z.strictObject({
    instrument: positional(
      instrumentArg().optional(),
      'INSTRUMENT',
      'of the candles; BTC/USDT when left out',
      FORM.instrument,
    ),
    data: option(pathArg().optional(), 'FILE', 'candles from a CSV or CSV.gz file', FORM.path),
    imported: flag('candles that were imported before'),
    interval: option(intervalArg().optional(), 'INTERVAL', 'candle length; 1h when left out', FORM.interval),
    at: option(momentArg().optional(), 'MOMENT', 'newest moment; the end of the candles when left out', FORM.moment),
    model: option(pathArg().optional(), 'FILE', 'local model in GGUF format, measured beside the rules', FORM.path),
    every: option(wholeNumber(1, MOST_EVERY).optional(), 'N', 'candles between two moments; 24 when left out', EVERY),
    moments: option(
      wholeNumber(LEAST_MOMENTS, MOST_MOMENTS).optional(),
      'N',
      'how many moments, the newest ones; 500 when left out',
      MOMENTS,
    ),
  }),
  examples: ['mt scorecard measure BTC/USDT --data btc-1h.csv.gz --interval 1h --moments 1000'],
  output: scorecardView,
});

export const scorecardCommands = [show, measure] as const;
