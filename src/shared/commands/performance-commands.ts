import { z } from 'zod';
import { performanceView, targetsView } from '../contract/performance.ts';
import { command } from './command.ts';
import { option } from './fields.ts';

const accountArg = () =>
  option(
    z.string().min(1, 'names no account').max(200, 'is too long').default('simulated'),
    'NAME',
    'the account; the simulated one when left out',
    'take a name from mt status',
  );

/** `30d`, or everything. */
const periodArg = () =>
  option(
    z
      .string()
      .regex(/^([1-9]\d{0,3}d|all)$/, 'is not a number of days')
      .transform((text) => (text === 'all' ? null : Number(text.slice(0, -1))))
      .pipe(z.number().max(3_650, 'is longer than ten years').nullable())
      .default(null),
    'PERIOD',
    'how far back, such as 30d; everything when left out',
    'write days as 30d, or all',
  );

const perf = command({
  id: 'perf',
  words: ['perf'],
  summary: 'Show profit and loss with its basis, by period and by who made it, and what it rests on',
  detail:
    'The total is equity less what was brought in. Figures with too little data say so. Environments are never mixed: one account at a time.',
  risk: 'read',
  args: z.strictObject({
    account: accountArg(),
    period: periodArg(),
    by: option(
      z.enum(['agent', 'regime', 'symbol', 'family'], { error: 'is no way to divide it' }).optional(),
      'WHAT',
      'divide it by agent, regime, symbol or family; by family when left out',
      'choose agent, regime, symbol or family',
    ),
  }),
  examples: ['mt perf', 'mt perf --period 30d --by regime', 'mt perf --json'],
  output: performanceView,
});

const targets = command({
  id: 'targets',
  words: ['targets'],
  summary: 'Show the goals of the product beside what was measured: met, not met, or not enough data',
  risk: 'read',
  args: z.strictObject({ account: accountArg() }),
  examples: ['mt targets', 'mt targets --json'],
  output: targetsView,
});

/** What was earned and lost, and against which goals. */
export const performanceCommands = [perf, targets] as const;
