import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { LAB_METHODS, LAB_OBJECTIVES, labChart } from '../contract/lab.ts';
import { labRunView, labStudyView } from '../contract/lab-views.ts';
import { measurementId } from '../contract/measurements.ts';
import { unixMsNumber } from '../contract/primitives.ts';
import { command } from './command.ts';
import { amountArg, FORM, option, pathArg, positional, repeated, seedArg, words } from './fields.ts';
import { labMarketArgs, labSpanArgs } from './lab-args.ts';
import { alsoArg, countArg, detailArg, LAB_FORM, labIdArg, paramsArg, shareArg, spaceArg } from './lab-fields.ts';

/** What every run of the lab is given. Functions, because each command needs arguments of its own. */
const setupArgs = () => ({
  ...labMarketArgs(),
  detail: option(
    detailArg().optional(),
    '[FILE@]INTERVAL',
    'finer candles of the same market, which decide what high and low leave open',
    LAB_FORM.detail,
  ),
  also: repeated(
    alsoArg(),
    'MARKET',
    'another market on the same account: BASE/QUOTE[=FILE][@INTERVAL]; may be given again',
    LAB_FORM.also,
  ),
  venue: option(
    pathArg().optional(),
    'FILE',
    'what the venue was like, as JSON: fees, limits by date, faults, books',
    FORM.path,
  ),
  strategy: option(z.string().min(1).max(60), 'NAME', LAB_FORM.strategy, LAB_FORM.strategy),
  param: repeated(paramsArg(), 'NAME=VALUE', 'a parameter of the strategy; may be given again', LAB_FORM.param),
  ...labSpanArgs(),
  cash: option(
    amountArg().optional(),
    'AMOUNT',
    'starting cash; 10000 when left out, and 1000000 for sma-cross, which buys one unit whatever it costs',
    FORM.cash,
  ),
  seed: option(seedArg().optional(), 'N', 'seed of everything that is chance', FORM.seed),
  limits: option(
    z.enum(['none', 'default'], { error: 'is not a profile' }).optional(),
    'PROFILE',
    'limits: none or default; the family says which',
    LAB_FORM.limits,
  ),
  costs: option(
    z.enum(['fee-only', 'default'], { error: 'is not a profile' }).optional(),
    'PROFILE',
    'costs: fee-only or default; the family says which',
    LAB_FORM.costs,
  ),
});

const backtest = command({
  id: 'backtest',
  words: ['backtest'],
  summary: 'Play a strategy over candles and judge what came of it',
  detail:
    'Decides on closed candles, fills from the next one on. Every run names its limits and cost profile; equal run hashes mean equal ' +
    'results. A figure without enough data says so instead of a number.',
  risk: 'read',
  args: z.strictObject({
    ...setupArgs(),
    fills: option(pathArg().optional(), 'FILE', 'write every fill to this CSV file', FORM.path),
    news: repeated(
      z.array(z.string()).default([]),
      'FILE',
      'news, or the Fear & Greed index, for the families that read them; each file is a source, and may be given again',
      FORM.path,
    ),
  }),
  examples: [
    'mt backtest --data btc-1h.csv.gz --interval 1h --strategy sma-cross --param fast=20 --json',
    'mt backtest BTC/USDT --imported --strategy trend-following --from 2022-01-01 --to 2023-01-01',
  ],
  output: labRunView,
});

const searchArgs = () => ({
  ...setupArgs(),
  method: option(
    z.enum(LAB_METHODS, { error: 'is not a method' }).default('random'),
    'METHOD',
    `${LAB_METHODS.join(', ')}; random when left out`,
    LAB_FORM.method,
  ),
  space: repeated(
    spaceArg(),
    'NAME=SPAN',
    'what to search: NAME=FROM..TO[:STEP] or NAME=A,B,C; all bounds of the family when left out',
    LAB_FORM.space,
  ),
  budget: option(countArg(1, 20_000).optional(), 'N', 'most configurations to try; 200 when left out', LAB_FORM.count),
  objective: option(
    z.enum(LAB_OBJECTIVES, { error: 'is not an objective' }).default('sharpe'),
    'FIGURE',
    `what to choose by: ${LAB_OBJECTIVES.join(', ')}; sharpe when left out`,
    LAB_FORM.objective,
  ),
  workers: option(countArg(1, 64).optional(), 'N', 'threads; 2 when left out, or 1 on a single core', LAB_FORM.count),
});

const labSearch = command({
  id: 'lab.search',
  words: ['lab', 'search'],
  summary: 'Search the parameters of a strategy on several threads',
  detail:
    'Each finished configuration is kept at once: the same search given again goes on where it stopped. All configurations ever tried on ' +
    'the same candles are counted, and the best one is judged by how many there were.',
  risk: 'read',
  args: z.strictObject(searchArgs()),
  examples: [
    'mt lab search --imported --strategy sma-cross --method grid --space fast=5..50:5 --space slow=60,120',
    'mt lab search BTC/USDT --imported --interval 1h --strategy mean-reversion --budget 300',
  ],
  output: labStudyView,
});

const labWalkForward = command({
  id: 'lab.walkforward',
  words: ['lab', 'walkforward'],
  summary: 'Choose parameters in one stretch and test them in the next, again and again',
  detail:
    'Training and test are kept apart by a purge and an embargo. The newest candles are kept back: mt lab holdout judges the chosen ' +
    'configuration on them, once for each set of candles.',
  risk: 'read',
  args: z.strictObject({
    ...searchArgs(),
    kind: option(
      z.enum(['anchored', 'rolling'], { error: 'is not a kind' }).default('anchored'),
      'KIND',
      'anchored: training grows; rolling: it moves',
      LAB_FORM.kind,
    ),
    folds: option(countArg(1, 50).optional(), 'N', 'number of tests; 5 when left out', LAB_FORM.count),
    holdout: option(
      shareArg().optional(),
      'SHARE',
      'share of the candles that is kept back; 0.2 when left out',
      LAB_FORM.share,
    ),
    purge: option(
      countArg(0, 10_000_000).optional(),
      'N',
      'candles cut out before each test; a hundredth of all when left out',
      LAB_FORM.count,
    ),
    embargo: option(countArg(0, 10_000_000).optional(), 'N', 'more candles cut out before each test', LAB_FORM.count),
  }),
  examples: ['mt lab walkforward --data btc-1h.csv.gz --strategy sma-cross --space fast=5..50 --budget 50'],
  output: labStudyView,
});

const idArg = () => positional(labIdArg(), 'ID', 'a run or study, as mt lab list names it', LAB_FORM.id);

const labList = command({
  id: 'lab.list',
  words: ['lab', 'list'],
  summary: 'List back-tests, searches and walk-forwards, newest first',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt lab list'],
  output: appContract['lab.list'].output,
});

const labShow = command({
  id: 'lab.show',
  words: ['lab', 'show'],
  summary: 'Show a back-test, search or walk-forward',
  risk: 'read',
  args: z.strictObject({ id: idArg() }),
  examples: ['mt lab show B-1a2b3c4d5e6f'],
  output: appContract['lab.show'].output,
});

const labTrade = command({
  id: 'lab.trade',
  words: ['lab', 'trade'],
  summary: 'Show one trade of a back-test with the candles around it and where its protection was',
  detail: 'Runs that were kept before they said where their candles can be read again are refused: play them again.',
  risk: 'read',
  args: z.strictObject({
    id: idArg(),
    number: positional(
      z.coerce.number().int().min(1),
      'NUMBER',
      'which trade, from 1 in the order of their ends',
      'give a whole number such as 1',
    ),
  }),
  examples: ['mt lab trade B-1a2b3c4d5e6f 3'],
  output: z.strictObject({
    ...labChart.omit({ columns: true }).shape,
    /** How many are drawn in the window, and when the first of them opened. */
    candles: z.int(),
    firstOpen: unixMsNumber,
  }),
});

const labCompare = command({
  id: 'lab.compare',
  words: ['lab', 'compare'],
  summary: 'Put two to four back-tests side by side',
  risk: 'read',
  args: z.strictObject({ ids: words('ID', 'two to four runs, as mt lab list names them') }),
  examples: ['mt lab compare B-1a2b3c4d5e6f B-0f9e8d7c6b5a'],
  output: appContract['lab.compare'].output,
});

const labExport = command({
  id: 'lab.export',
  words: ['lab', 'export'],
  summary: 'Write the report of a run or study to files',
  detail: 'The HTML is one file with its charts inside; it loads nothing. Each file is replaced whole or not at all.',
  risk: 'read',
  args: z.strictObject({
    id: idArg(),
    html: option(pathArg().optional(), 'FILE', 'report with charts', FORM.path),
    csv: option(pathArg().optional(), 'FILE', 'its figures and rows as a table', FORM.path),
  }),
  examples: ['mt lab export B-1a2b3c4d5e6f --html report.html --csv report.csv'],
  output: appContract['lab.export'].output,
});

const labResume = command({
  id: 'lab.resume',
  words: ['lab', 'resume'],
  summary: 'Go on with a search or walk-forward that was stopped',
  risk: 'read',
  args: z.strictObject({ id: idArg() }),
  examples: ['mt lab resume S-1a2b3c4d5e6f'],
  output: labStudyView,
});

const labHoldout = command({
  id: 'lab.holdout',
  words: ['lab', 'holdout'],
  summary: 'Judge what a walk-forward chose on the candles kept back; possible once',
  risk: 'admin',
  args: z.strictObject({ id: idArg() }),
  examples: ['mt lab holdout W-1a2b3c4d5e6f'],
  output: labStudyView,
});

const labMeasurements = command({
  id: 'lab.measurements',
  words: ['lab', 'measurements'],
  summary: 'List the measurements of families, arbitrage and analysts since the engine started',
  detail: 'Whoever began them, the window or a terminal; they are kept while the engine runs.',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt lab measurements'],
  output: z.strictObject({ measurements: appContract['lab.measurements'].output }),
});

const labStopMeasurement = command({
  id: 'lab.measurements.stop',
  words: ['lab', 'measurements', 'stop'],
  summary: 'Stop a measurement that runs; it keeps no result',
  risk: 'admin',
  args: z.strictObject({
    id: positional(measurementId, 'ID', 'the measurement, as mt lab measurements names it', 'such as M-1a2b3c4d5e6f'),
  }),
  examples: ['mt lab measurements stop M-1a2b3c4d5e6f'],
  output: appContract['lab.stopMeasurement'].output,
});

/** The commands of the lab, in the order of the help. */
export const labCommands = [
  backtest,
  labSearch,
  labWalkForward,
  labList,
  labShow,
  labTrade,
  labCompare,
  labExport,
  labResume,
  labHoldout,
  labMeasurements,
  labStopMeasurement,
] as const;
