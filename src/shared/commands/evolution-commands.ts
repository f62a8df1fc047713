import { z } from 'zod';
import { lineageView, reviewView } from '../contract/evolution.ts';
import { labStudyView } from '../contract/lab-views.ts';
import { command } from './command.ts';
import { amountArg, FORM, option, pathArg, positional, repeated, seedArg } from './fields.ts';
import { labMarketArgs, labSpanArgs } from './lab-args.ts';
import { countArg, LAB_FORM, shareArg } from './lab-fields.ts';

const GENOME_FORM = 'take an id from mt lab lineage';

const familiesArg = () => z.array(z.string().min(1).max(60)).min(1, 'is missing').max(8, 'names more than eight');

const labEvolve = command({
  id: 'lab.evolve',
  words: ['lab', 'evolve'],
  summary: 'Breed templates of agents, and judge the best of them on candles that chose nothing',
  detail:
    'Genomes of the named families mutate and cross over. They are compared in windows; the best alone is judged on a proof after them, ' +
    'and the newest candles stay locked. Everything tried is counted and paid for. What passes becomes a candidate for paper, never ' +
    'more. The same evolution given again goes on where it stopped.',
  risk: 'read',
  args: z.strictObject({
    ...labMarketArgs(),
    family: repeated(familiesArg(), 'NAME', 'a family to breed; may be given again', LAB_FORM.strategy),
    population: option(
      countArg(2, 500).optional(),
      'N',
      'configurations of each generation; 16 when left out',
      LAB_FORM.count,
    ),
    generations: option(countArg(1, 200).optional(), 'N', 'number of generations; 8 when left out', LAB_FORM.count),
    folds: option(countArg(1, 20).optional(), 'N', 'number of windows; 4 when left out', LAB_FORM.count),
    holdout: option(
      shareArg().optional(),
      'SHARE',
      'share of the candles that stays locked; 0.2 when left out',
      LAB_FORM.share,
    ),
    purge: option(
      countArg(0, 10_000_000).optional(),
      'N',
      'candles cut out before the proof and the holdout; a hundredth of all when left out',
      LAB_FORM.count,
    ),
    embargo: option(countArg(0, 10_000_000).optional(), 'N', 'more candles cut out there', LAB_FORM.count),
    ...labSpanArgs(),
    cash: option(amountArg().optional(), 'AMOUNT', 'starting cash of each run; 10000 when left out', FORM.cash),
    seed: option(seedArg().optional(), 'N', 'seed of everything that is chance', FORM.seed),
    workers: option(countArg(1, 64).optional(), 'N', 'threads; 2 when left out, or 1 on a single core', LAB_FORM.count),
  }),
  examples: ['mt lab evolve --data btc-1h.csv.gz --interval 1h --family trend-following --generations 10 --seed 7'],
  output: labStudyView,
});

const labLineage = command({
  id: 'lab.lineage',
  words: ['lab', 'lineage'],
  summary: 'Show from which genomes one came, how each did, and what was decided about it',
  risk: 'read',
  args: z.strictObject({
    id: positional(
      z.string().regex(/^[EG]-[0-9a-f]{12}$/, 'is not the id of an evolution or a genome'),
      'ID',
      'an evolution, as mt lab list names it, or a genome of one',
      GENOME_FORM,
    ),
  }),
  examples: ['mt lab lineage E-1a2b3c4d5e6f', 'mt lab lineage G-0f9e8d7c6b5a --json'],
  output: lineageView,
});

const labReview = command({
  id: 'lab.review',
  words: ['lab', 'review'],
  summary: 'Judge a promoted genome on newer candles, and demote it when its results decay',
  risk: 'read',
  args: z.strictObject({
    id: positional(
      z.string().regex(/^G-[0-9a-f]{12}$/, 'is not the id of a genome'),
      'ID',
      'a promoted genome',
      GENOME_FORM,
    ),
    data: option(
      pathArg().optional(),
      'FILE',
      'candles that reach beyond its study; the imported ones when left out',
      FORM.path,
    ),
  }),
  examples: ['mt lab review G-0f9e8d7c6b5a --data btc-1h-newer.csv.gz'],
  output: reviewView,
});

export const evolutionCommands = [labEvolve, labLineage, labReview] as const;
