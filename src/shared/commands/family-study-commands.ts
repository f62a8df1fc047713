import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { candleArgs } from './candle-args.ts';
import { command } from './command.ts';
import { amountArg, FORM, feeArg, instrumentArg, option, pathArg, positional, repeated, seedArg } from './fields.ts';
import { countArg, LAB_FORM } from './lab-fields.ts';

const labFamilies = command({
  id: 'lab.families',
  words: ['lab', 'families'],
  summary: 'Measure every strategy family over the regimes of the past, in one report',
  detail:
    'A few configurations of each family over windows of bull, bear, crash and sideways markets and in a purged walk-forward, with costs, and ' +
    'significance deflated for everything that was tried. Minutes on years of hourly candles.',
  risk: 'admin',
  args: z.strictObject({
    instrument: positional(
      instrumentArg().optional(),
      'INSTRUMENT',
      'whose rules hold; the steps of its prices when left out',
      FORM.instrument,
    ),
    ...candleArgs('1h'),
    only: repeated(
      z.array(z.string()).default([]),
      'FAMILY',
      'this family alone, as mt strategies ls names it; may be given again',
      'take a name from mt strategies ls',
    ),
    news: repeated(
      z.array(z.string()).default([]),
      'FILE',
      'news, or the Fear & Greed index, for the families that read them; each file is a source, and may be given again',
      FORM.path,
    ),
    feeBps: option(feeArg().optional(), 'BPS', 'fee of each fill in basis points; 10 when left out', FORM.fee),
    cash: option(amountArg().optional(), 'AMOUNT', 'cash of each run; 10000 when left out', FORM.cash),
    seed: option(seedArg().optional(), 'N', 'seed of everything that is chance', FORM.seed),
    workers: option(countArg(1, 8).optional(), 'N', 'threads; 2 when left out', LAB_FORM.count),
    html: option(pathArg().optional(), 'FILE', 'report as a page', FORM.path),
    csv: option(pathArg().optional(), 'FILE', 'each configuration and window as a table', FORM.path),
    markdown: option(pathArg().optional(), 'FILE', 'the tables as text', FORM.path),
  }),
  examples: ['mt lab families --data btc-1h.csv.gz --interval 1h --html families.html'],
  output: appContract['lab.measureFamilies'].output,
});

export const familyStudyCommands = [labFamilies] as const;
