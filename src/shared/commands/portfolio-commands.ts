import { z } from 'zod';
import { accountText, SIMULATED_ACCOUNT } from '../contract/orders.ts';
import { PORTFOLIO_FILES, portfolioFile } from '../contract/portfolio.ts';
import { portfolioEvent, profitView } from '../contract/profit.ts';
import { rebalanceView, targetsAnswer } from '../contract/rebalance.ts';
import { command } from './command.ts';
import { amountArg, FORM, flag, option, positional, reasonArg, words } from './fields.ts';

const decimalArg = () => z.string().regex(/^\d{1,15}(\.\d{1,18})?$/, 'is not a plain number of 0 or more');

const profitShow = command({
  id: 'portfolio.profit.show',
  words: ['portfolio', 'profit', 'show'],
  summary: 'Show how much profit is locked, and by what rule',
  detail:
    'Of the standing simulated account. What is locked stays on the account; nothing may spend it or be sized from it.',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt portfolio profit show'],
  output: profitView,
});

const profitSet = command({
  id: 'portfolio.profit.set',
  words: ['portfolio', 'profit', 'set'],
  summary: 'Choose the share of each new profit that is locked; less than before needs a reason',
  detail:
    'New is what the closed results of the account, after all costs, have above the highest they ever were. ' +
    'What was earned before a policy is not new. The change is a record in the journal.',
  risk: 'admin',
  args: z.strictObject({
    share: option(decimalArg().optional(), 'FRACTION', 'share that is locked, 0 to 1', 'a fraction: 0.5 is half'),
    threshold: option(
      decimalArg().optional(),
      'AMOUNT',
      'the least new profit that is looked at',
      'a plain amount of 0 or more',
    ),
    reason: option(reasonArg().optional(), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt portfolio profit set --share 0.5 --threshold 10', 'mt portfolio profit set --share 0 --reason "grow"'],
  output: profitView,
});

const profitRelease = command({
  id: 'portfolio.profit.release',
  words: ['portfolio', 'profit', 'release'],
  summary: 'Let locked profit be risked again; needs a reason',
  risk: 'increase',
  args: z.strictObject({
    amount: option(amountArg().optional(), 'AMOUNT', 'how much; all of it when left out', FORM.amount),
    reason: option(reasonArg(), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt portfolio profit release --amount 50 --reason "reinvest"'],
  output: profitView.extend({ released: z.string() }),
});

const targetsShow = command({
  id: 'portfolio.targets.show',
  words: ['portfolio', 'targets', 'show'],
  summary: 'Show the target weights of what is held by hand',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt portfolio targets show'],
  output: targetsAnswer,
});

const fraction = () => z.string().regex(/^[01](\.\d{1,12})?$/, 'is not a fraction from 0 to 1');

const targetsSet = command({
  id: 'portfolio.targets.set',
  words: ['portfolio', 'targets', 'set'],
  summary: 'Set all target weights anew; what they leave is cash',
  detail: 'Of what is held by hand on the simulated account. Nothing is traded: that is mt portfolio rebalance.',
  risk: 'admin',
  args: z.strictObject({
    weights: words('INSTRUMENT=WEIGHT', 'a weight as a fraction, such as BTC/USDT=0.2; none means all cash'),
    band: option(
      fraction().default('0.05'),
      'FRACTION',
      'how far off a weight may be; 0.05 when left out',
      'such as 0.05',
    ),
    minNotional: option(decimalArg().default('10'), 'AMOUNT', 'the least trade; 10 when left out', FORM.amount),
    stop: option(fraction().default('0.02'), 'FRACTION', 'stop below a purchase; 0.02 when left out', 'such as 0.02'),
    reason: option(reasonArg().default('set by hand'), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt portfolio targets set BTC/USDT=0.2 ETH/USDT=0.1 --band 0.03'],
  output: targetsAnswer,
});

const rebalance = command({
  id: 'portfolio.rebalance',
  words: ['portfolio', 'rebalance'],
  summary: 'Trade what is held by hand back to its target weights, sales first, through the gate',
  risk: 'increase',
  args: z.strictObject({ preview: flag('show what it would trade and why, and do nothing') }),
  examples: ['mt portfolio rebalance --preview', 'mt portfolio rebalance --json'],
  output: rebalanceView,
});

const log = command({
  id: 'portfolio.log',
  words: ['portfolio', 'log'],
  summary: 'Show what was locked, released and rebalanced, and why',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt portfolio log --json'],
  output: z.strictObject({ events: z.array(portfolioEvent) }),
});

const exportFile = command({
  id: 'portfolio.export',
  words: ['portfolio', 'export'],
  summary: 'Write fills, orders or positions as CSV to the terminal: UTC times, exact decimals',
  risk: 'read',
  args: z.strictObject({
    what: positional(z.enum(PORTFOLIO_FILES), 'TABLE', 'fills, orders or positions', 'give fills, orders or positions'),
    account: option(
      accountText.default(SIMULATED_ACCOUNT),
      'ACCOUNT',
      'which account; simulated when left out',
      'list them with mt account ls',
    ),
  }),
  examples: ['mt portfolio export fills', 'mt portfolio export orders --account binance-test'],
  output: portfolioFile,
});

/** The commands about the portfolio as a whole, in the order of the help. */
export const portfolioCommands = [
  profitShow,
  profitSet,
  profitRelease,
  targetsShow,
  targetsSet,
  rebalance,
  log,
  exportFile,
] as const;
