import { z } from 'zod';
import { lessonDetail, lessonId, memoryCell, memoryLesson, memorySummary, revokeAnswer } from '../contract/memory.ts';
import { command } from './command.ts';
import { FORM, option, positional, reasonArg } from './fields.ts';

const idArg = () => positional(lessonId, 'ID', 'the lesson, as mt memory ls lists it', 'take an id from mt memory ls');

const list = command({
  id: 'memory.ls',
  words: ['memory', 'ls'],
  summary: 'List what cycles have taught, newest first, and whether it still has a say',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt memory ls'],
  output: z.strictObject({ lessons: z.array(memoryLesson) }),
});

const show = command({
  id: 'memory.show',
  words: ['memory', 'show'],
  summary: 'Show where a lesson comes from, what it is worth and which decisions recalled it',
  risk: 'read',
  args: z.strictObject({ id: idArg() }),
  examples: ['mt memory show L-607f9a43435e'],
  output: lessonDetail,
});

const revoke = command({
  id: 'memory.revoke',
  words: ['memory', 'revoke'],
  summary: 'Strike a lesson out for every later decision, and list the decisions that knew it',
  detail: 'A record in the journal. Decisions that were made stay as they were, and so do repeats of them.',
  risk: 'admin',
  args: z.strictObject({ id: idArg(), reason: option(reasonArg(), 'TEXT', 'why, for the record', FORM.text) }),
  examples: ['mt memory revoke L-607f9a43435e --reason "the feed was wrong that day"'],
  output: revokeAnswer,
});

const posteriors = command({
  id: 'memory.posteriors',
  words: ['memory', 'posteriors'],
  summary: 'Show what a trade of each family is expected to bring in each regime, with its interval',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt memory posteriors', 'mt memory posteriors --json'],
  output: z.strictObject({ cells: z.array(memoryCell) }),
});

const summary = command({
  id: 'memory.summary',
  words: ['memory', 'summary'],
  summary: 'Show what the system has learned, by regime and family, and how much of it is measured to help',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt memory summary'],
  output: memorySummary,
});

export const memoryCommands = [list, show, revoke, posteriors, summary] as const;
