import { z } from 'zod';
import { approvalId, approvalList, approvalView, chosenModeText, modeView } from '../contract/automation.ts';
import { briefPrompt } from '../contract/brief-prompt.ts';
import { agentSpecView } from '../contract/cycle.ts';
import { engineContract, engineStatus } from '../contract/engine.ts';
import { command } from './command.ts';
import { amountArg, FORM, option, positional, reasonArg, wholeNumber } from './fields.ts';

const MODE_FORM = 'choose one of full, semi, manual; emergency is entered with mt kill and left with mt resume';
const ID_FORM = 'take an id from mt approvals, for instance AP-3';
const MOST_POSITIONS = 100;
const MOST_CANDLES = 100_000;

const mode = command({
  id: 'mode',
  words: ['mode'],
  summary: 'Show what asks the master, or change it',
  detail:
    'full: agents act alone inside their limits. semi: an agent begins only when its brief is approved. manual: agents take no new risk. ' +
    'Lowering is instant; raising needs a reason and, once it is set up, a second proof.',
  risk: 'admin',
  args: z.strictObject({
    mode: positional(
      z.enum(chosenModeText.options, { error: 'is not a mode to choose' }).optional(),
      'MODE',
      'full, semi or manual; shows what holds when left out',
      MODE_FORM,
    ),
    reason: option(reasonArg().optional(), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt mode', 'mt mode semi', 'mt mode full --reason "a quiet week"'],
  output: modeView,
});

const approvals = command({
  id: 'approvals',
  words: ['approvals'],
  summary: 'List what waits for the master and what was decided, or show one in full',
  risk: 'read',
  args: z.strictObject({
    id: positional(
      approvalId.optional(),
      'ID',
      'the approval to show with its evidence and what its agent would be told; all of them when left out',
      ID_FORM,
    ),
  }),
  examples: ['mt approvals', 'mt approvals AP-3'],
  output: z.union([approvalList, z.strictObject({ approval: approvalView, spec: agentSpecView, prompt: briefPrompt })]),
});

const approve = command({
  id: 'approve',
  words: ['approve'],
  summary: 'Approve what waits, lowered first where an option says so',
  detail: 'Limits can only be lowered. One decision stands: when another face was quicker, this says so.',
  risk: 'increase',
  args: z.strictObject({
    id: positional(approvalId, 'ID', 'the approval', ID_FORM),
    maxSize: option(amountArg().optional(), 'AMOUNT', 'most that may be bought, in the quote asset', FORM.amount),
    risk: option(
      amountArg().optional(),
      'FRACTION',
      'planned loss of one trade, as a fraction of the equity',
      'a fraction such as 0.0025',
    ),
    maxPositions: option(
      wholeNumber(1, MOST_POSITIONS).optional(),
      'N',
      'most positions at a time',
      'a whole number from 1',
    ),
    maxBars: option(wholeNumber(2, MOST_CANDLES).optional(), 'N', 'candles that it may live', 'a whole number from 2'),
  }),
  examples: ['mt approve AP-3', 'mt approve AP-3 --max-size 100 --risk 0.0025'],
  output: approvalView,
});

const reject = command({
  id: 'reject',
  words: ['reject'],
  summary: 'Reject what waits; the cycle ends with a debrief and nothing risked',
  risk: 'reduce',
  args: z.strictObject({
    id: positional(approvalId, 'ID', 'the approval', ID_FORM),
    reason: option(reasonArg(), 'TEXT', 'why, for the record', FORM.text),
  }),
  examples: ['mt reject AP-3 --reason "news in ten minutes"'],
  output: approvalView,
});

const levelArgs = () =>
  z.strictObject({
    reason: option(reasonArg().default('from the terminal'), 'TEXT', 'why, for the record', FORM.text),
  });

const halt = command({
  id: 'halt',
  words: ['halt'],
  summary: 'Level 1 of 3: no new entries; agents go on with what they hold. Until mt resume',
  detail:
    'Entries that rest are withdrawn. The levels: mt halt, mt flatten (and close what is held), mt kill (emergency).',
  risk: 'reduce',
  args: levelArgs(),
  examples: ['mt halt', 'mt halt --reason "news in ten minutes"'],
  output: engineStatus,
});

const flatten = command({
  id: 'flatten',
  words: ['flatten'],
  summary: 'Level 2 of 3: no new entries, and close what is held in order. Until mt resume',
  detail:
    'Agents end with a debrief and a lesson each. When it has to be quicker and surer than that: mt kill, level 3.',
  risk: 'reduce',
  args: levelArgs(),
  examples: ['mt flatten --reason "weekend"'],
  output: engineContract['engine.flatten'].output,
});

export const automationCommands = [mode, approvals, approve, reject] as const;
/** Beside `mt kill`, the third. */
export const levelCommands = [halt, flatten] as const;
