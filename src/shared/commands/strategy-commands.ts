import { z } from 'zod';
import { strategySwitch, strategyView } from '../contract/strategies.ts';
import { command } from './command.ts';
import { positional } from './fields.ts';

const list = command({
  id: 'strategies.ls',
  words: ['strategies', 'ls'],
  summary: 'List the strategy families, what they do and which judgements they answer',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt strategies ls'],
  output: z.strictObject({ strategies: z.array(strategyView) }),
});

const show = command({
  id: 'strategies.show',
  words: ['strategies', 'show'],
  summary: 'Explain a strategy family: its parameters with their bounds, and when it does not trade',
  risk: 'read',
  args: z.strictObject({
    name: positional(
      z.string().min(1).max(60),
      'NAME',
      'a family, as mt strategies ls names it',
      'take a name from mt strategies ls',
    ),
  }),
  examples: ['mt strategies show scalping'],
  output: strategyView,
});

const switches = command({
  id: 'strategies.switches',
  words: ['strategies', 'switches'],
  summary: 'List when a market went from one family to another, and why',
  detail:
    'Inside one regime the family of last time is kept until memory refuses it or another one is ahead by 0.1 R on average.',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt strategies switches', 'mt strategies switches --json'],
  output: z.strictObject({ switches: z.array(strategySwitch) }),
});

/** The commands that explain strategies, in the order of the help. */
export const strategyCommands = [list, show, switches] as const;
