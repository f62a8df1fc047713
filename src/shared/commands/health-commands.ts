import { z } from 'zod';
import { healthView, logLine } from '../contract/health.ts';
import { setupView } from '../contract/setup.ts';
import { command } from './command.ts';
import { option, wholeNumber } from './fields.ts';

const health = command({
  id: 'health',
  words: ['health'],
  summary: 'Show each part of the engine with what is wrong with it and what to do',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt health', 'mt health --json'],
  output: healthView,
});

const logs = command({
  id: 'logs',
  words: ['logs'],
  summary: 'Show the newest lines of the running engine’s log',
  detail: 'The log lives in the memory of the engine and holds no secret; nothing of it is written to the disk.',
  risk: 'read',
  args: z.strictObject({
    level: option(
      z.enum(['info', 'warn', 'error']).optional(),
      'LEVEL',
      'this and what is graver; info when left out',
      'choose info, warn or error',
    ),
    limit: option(wholeNumber(1, 500).optional(), 'N', 'lines at most, 100 when left out', 'write a whole number'),
  }),
  examples: ['mt logs', 'mt logs --level warn --limit 20'],
  output: z.strictObject({ lines: z.array(logLine) }),
});

const setup = command({
  id: 'setup',
  words: ['setup'],
  summary: 'Show how far the set-up is, and what of today is worth a look',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt setup'],
  output: setupView,
});

/** How the engine itself is, and how far its master has set it up. */
export const healthCommands = [health, logs, setup] as const;
