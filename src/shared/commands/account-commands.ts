import { z } from 'zod';
import { accountView } from '../contract/accounts.ts';
import { accountText, SIMULATED_ACCOUNT } from '../contract/orders.ts';
import { portfolioView } from '../contract/portfolio.ts';
import { command } from './command.ts';
import { amountArg, FORM, flag, instrumentArg, option, positional, reasonArg, repeated } from './fields.ts';

const nameArg = () =>
  positional(
    accountText,
    'NAME',
    'your word for the account; its keys carry the same name',
    'write small letters, digits and dashes',
  );

const list = command({
  id: 'account.ls',
  words: ['account', 'ls'],
  summary: 'List the accounts at venues and how they stand',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt account ls'],
  output: z.strictObject({ accounts: z.array(accountView) }),
});

const add = command({
  id: 'account.add',
  words: ['account', 'add'],
  summary: 'Connect an account at a venue whose keys were stored',
  detail:
    'Store its keys first: mt keys add NAME. On a sandbox orders are real and money is not. On a live account nothing new is bought: live is ' +
    'locked until the validation gate was passed.',
  risk: 'admin',
  args: z.strictObject({
    name: nameArg(),
    exchange: option(
      z.string().regex(/^[a-z0-9]{2,40}$/, 'is not the id of an exchange'),
      'ID',
      'the exchange, such as binance or kraken',
      'list them with mt venue ls',
    ),
    live: flag('the real account; without it the test system of the exchange'),
    url: option(
      z.string().max(100).optional(),
      'URL',
      'a stand-in on this machine, for tests',
      'write it as http://127.0.0.1:PORT',
    ),
    trade: repeated(
      z.array(instrumentArg()).default(['BTC/USDT']),
      'INSTRUMENT',
      'what may be traded on it; BTC/USDT when left out',
      FORM.instrument,
    ),
  }),
  examples: [
    'mt account add binance-test --exchange binance',
    'mt account add kraken-eur --exchange kraken --trade BTC/EUR --trade ETH/EUR',
  ],
  output: accountView,
});

const remove = command({
  id: 'account.remove',
  words: ['account', 'remove'],
  summary: 'Forget an account; its records stay',
  risk: 'admin',
  args: z.strictObject({ name: nameArg() }),
  examples: ['mt account remove binance-test'],
  output: z.strictObject({ accounts: z.array(accountView) }),
});

const reset = command({
  id: 'account.reset',
  words: ['account', 'reset'],
  summary: 'Let the simulated account begin anew; what was before stays in the records',
  detail:
    'Only while nothing is held, ordered or run. Results, peak and locked profit count from then on; lessons, scores, limits and the rule by which ' +
    'profit is locked stay. It is a record of its own in the journal, and asks for a proof of who asks.',
  risk: 'admin',
  args: z.strictObject({
    // A schema of its own: what is known about an argument hangs on the identity of its schema.
    name: positional(
      z.literal(SIMULATED_ACCOUNT, { error: 'is not the simulated account' }),
      'ACCOUNT',
      'the account, typed as it is called: simulated',
      `only ${SIMULATED_ACCOUNT} can begin anew`,
    ),
    cash: option(amountArg().default('10000'), 'AMOUNT', 'what it begins with; 10000 when left out', FORM.cash),
    reason: option(reasonArg(), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: [
    'mt account reset simulated --reason "start over"',
    'mt account reset simulated --cash 500 --reason "as I would"',
  ],
  output: portfolioView,
});

/** The commands for accounts, in the order of the help. */
export const accountCommands = [list, add, remove, reset] as const;
