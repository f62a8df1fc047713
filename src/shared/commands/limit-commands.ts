import { z } from 'zod';
import { limitName, riskPolicy } from '../contract/limits.ts';
import { command } from './command.ts';
import { FORM, option, positional, reasonArg } from './fields.ts';

const limits = command({
  id: 'limits.show',
  words: ['limits', 'show'],
  summary: 'Show the limits of the whole engine',
  detail: 'Fractions, not percent: 0.01 is one percent. An agent may only be tighter.',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt limits show'],
  output: riskPolicy,
});

const limitsSet = command({
  id: 'limits.set',
  words: ['limits', 'set'],
  summary: 'Change one limit; tightening is instant, loosening needs a reason',
  detail:
    'The change is a record in the journal. Hard bounds hold whatever is asked: the bands of drawdown can only be tightened.',
  risk: 'admin',
  args: z.strictObject({
    name: positional(limitName, 'NAME', 'which limit', `choose one of ${limitName.options.join(', ')}`),
    value: positional(
      z.string().min(1).max(60),
      'VALUE',
      'what it shall be',
      'a plain number, for instance 0.01 or 20',
    ),
    reason: option(reasonArg().optional(), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt limits set dayLoss 0.01', 'mt limits set maxOpenOrders 30 --reason "more instruments"'],
  output: z.strictObject({ policy: riskPolicy, changed: z.array(limitName) }),
});

export const limitCommands = [limits, limitsSet] as const;
