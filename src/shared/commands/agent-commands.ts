import { z } from 'zod';
import { agentLog, agentPrompt, agentsContract, agentText } from '../contract/agents.ts';
import { command } from './command.ts';
import { FORM, flag, option, positional, reasonArg } from './fields.ts';
import { countArg } from './lab-fields.ts';

const runArg = () =>
  positional(
    agentText,
    'RUN',
    'an agent by its id, or its run by the id, the beginning of it, or the number of its cycle',
    'take an id from mt agents',
  );

const show = command({
  id: 'agents.show',
  words: ['agents', 'show'],
  summary: 'Show what an agent was told, part by part',
  detail:
    'With --diff: what differs from the templates, and from what an earlier agent was told (a parent, else the one before it on the instrument).',
  risk: 'read',
  args: z.strictObject({ run: runArg(), diff: flag('show what differs instead of the whole text') }),
  examples: ['mt agents show A-1f2e3d4c', 'mt agents show 12 --diff'],
  output: agentPrompt,
});

const log = command({
  id: 'agents.log',
  words: ['agents', 'log'],
  summary: 'List the decisions of an agent with their reasons, every hold included, a page at a time',
  risk: 'read',
  args: z.strictObject({
    run: runArg(),
    from: option(countArg(0, 1_000_000).default(0), 'N', 'first decision to show; 0 is the oldest', 'a whole number'),
    limit: option(
      countArg(1, 500).default(50),
      'N',
      'how many at most; 50 when left out',
      'a whole number from 1 to 500',
    ),
  }),
  examples: ['mt agents log A-1f2e3d4c', 'mt agents log 12 --from 50 --limit 20'],
  output: agentLog,
});

const retire = command({
  id: 'agents.retire',
  words: ['agents', 'retire'],
  summary: 'End one agent in order: what it holds is sold, stop and target rest until the sale fills; the others go on',
  risk: 'reduce',
  args: z.strictObject({
    run: runArg(),
    reason: option(reasonArg().default('from the terminal'), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt agents retire A-1f2e3d4c', 'mt agents retire 12 --reason "enough of this instrument"'],
  output: agentsContract['agents.retire'].output,
});

/** What one of several agents was told, did, and how it is ended. */
export const agentCommands = [show, log, retire] as const;
