import { z } from 'zod';
import { promptPartDetail, promptPartView } from '../contract/prompts.ts';
import { command } from './command.ts';
import { FORM, option, pathArg, positional, reasonArg, wholeNumber } from './fields.ts';

const part = () => positional(z.string(), 'PART', 'name of the part, such as role or family-reversal');

const list = command({
  id: 'prompts.ls',
  words: ['prompts', 'ls'],
  summary: 'List the parts that agents’ instructions are made of',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt prompts ls'],
  output: z.strictObject({ parts: z.array(promptPartView) }),
});

const show = command({
  id: 'prompts.show',
  words: ['prompts', 'show'],
  summary: 'Show a part, how it differs from the one that ships, and every earlier text',
  risk: 'read',
  args: z.strictObject({ part: part() }),
  examples: ['mt prompts show role'],
  output: promptPartDetail,
});

const edit = command({
  id: 'prompts.edit',
  words: ['prompts', 'edit'],
  summary: 'Write a part anew; agents that are spawned from now on get it',
  detail:
    'The text must use exactly the placeholders that the part has. What an agent may do is bounded by its envelope and the gate, whatever ' +
    'its instructions say; the questions to the model itself cannot be edited.',
  risk: 'admin',
  args: z.strictObject({
    part: part(),
    file: option(pathArg(), 'FILE', 'the new text, without front matter', FORM.path),
    reason: option(reasonArg(), 'TEXT', 'why, for the journal', FORM.text),
  }),
  examples: ['mt prompts edit role --file role.md --reason "shorter"'],
  output: promptPartDetail,
});

const restore = command({
  id: 'prompts.restore',
  words: ['prompts', 'restore'],
  summary: 'Let the part that ships, or an earlier version, hold again',
  risk: 'admin',
  args: z.strictObject({
    part: part(),
    version: option(
      wholeNumber(1, 1_000_000).optional(),
      'N',
      'an earlier version; the one that ships when left out',
      'write a whole number',
    ),
    reason: option(reasonArg(), 'TEXT', 'why, for the journal', FORM.text),
  }),
  examples: ['mt prompts restore role --reason "back to the original"'],
  output: promptPartDetail,
});

/** What agents are told, as the master can change it. */
export const promptCommands = [list, show, edit, restore] as const;
