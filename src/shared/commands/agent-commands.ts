import { z } from 'zod';
import { agentDraft, agentLog, agentPrompt, agentsContract, agentText } from '../contract/agents.ts';
import { cycleView } from '../contract/cycle.ts';
import { chosenArgs } from './chosen-args.ts';
import { command } from './command.ts';
import { FORM, flag, instrumentArg, intervalArg, option, positional, reasonArg } from './fields.ts';
import { countArg } from './lab-fields.ts';
import { environmentArgs, livePriceArgs } from './venue-args.ts';

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

const pause = command({
  id: 'agent.pause',
  words: ['agent', 'pause'],
  summary: 'Let one agent open and add nothing more, at once; its stop and target rest, and it closes as ever',
  detail:
    'What it had sent to open is canceled. It stays so until mt agent resume; a second time changes nothing. The others go on.',
  risk: 'reduce',
  args: z.strictObject({
    run: runArg(),
    reason: option(reasonArg().default('from the terminal'), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt agent pause A-1f2e3d4c', 'mt agent pause 12 --reason "news in ten minutes"'],
  output: agentsContract['agents.pause'].output,
});

const resume = command({
  id: 'agent.resume',
  words: ['agent', 'resume'],
  summary: 'Let a paused agent open again; asks for a proof that it is you',
  risk: 'admin',
  args: z.strictObject({ run: runArg(), reason: option(reasonArg(), 'TEXT', 'why, for the record', FORM.text) }),
  examples: ['mt agent resume A-1f2e3d4c --reason "the news are out"'],
  output: agentsContract['agents.resume'].output,
});

const clone = command({
  id: 'agents.clone',
  words: ['agents', 'clone'],
  summary: 'Start an agent like an earlier one, changed where you say so; its lineage names the parent',
  detail:
    'Family, parameters and limits are those of the agent, its instrument and interval too; no limit goes above what an agent may have now. ' +
    'It trades on the simulated market, or with --venue on live prices.',
  risk: 'increase',
  args: z.strictObject({
    run: runArg(),
    on: option(instrumentArg().optional(), 'INSTRUMENT', 'another instrument than its parent traded', FORM.instrument),
    interval: option(intervalArg().optional(), 'INTERVAL', 'another candle length', FORM.interval),
    ...livePriceArgs(),
    ...environmentArgs(),
    ...chosenArgs(),
  }),
  examples: ['mt agents clone A-1f2e3d4c', 'mt agents clone 12 --set fastLength=10 --budget 300 --brief'],
  output: z.union([cycleView, agentDraft]),
});

/** What one of several agents was told, did, and how it is ended. */
export const agentCommands = [show, log, pause, resume, retire, clone] as const;
