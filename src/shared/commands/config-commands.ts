import { z } from 'zod';
import { preferenceName, preferences } from '../contract/preferences.ts';
import { command } from './command.ts';
import { positional } from './fields.ts';

const name = () =>
  positional(preferenceName, 'NAME', 'which preference', `choose one of ${preferenceName.options.join(', ')}`);

const configGet = command({
  id: 'config.get',
  words: ['config', 'get'],
  summary: 'Show what the master prefers, or one preference',
  detail: 'Language, money, time, looks, locking and quiet hours. Limits of risk are elsewhere: mt limits show.',
  risk: 'read',
  args: z.strictObject({
    name: positional(
      preferenceName.optional(),
      'NAME',
      'which preference; all of them when left out',
      `choose one of ${preferenceName.options.join(', ')}`,
    ),
  }),
  examples: ['mt config get', 'mt config get timeZone'],
  output: preferences.partial(),
});

const configSet = command({
  id: 'config.set',
  words: ['config', 'set'],
  summary: 'Change one preference',
  detail:
    'Switches are on or off; none clears what may be empty. A rate is written 129.25@2026-11-20 (shillings for a dollar, and its ' +
    'day), quiet hours 22:00-07:00, other keys for shortcuts as JSON. The change is a record in the journal.',
  risk: 'admin',
  args: z.strictObject({
    name: name(),
    value: positional(z.string().min(1).max(2000), 'VALUE', 'what it shall be', 'see mt config get for what it is now'),
  }),
  examples: [
    'mt config set displayCurrency KES',
    'mt config set kesRate 129.25@2026-11-20',
    'mt config set idleMinutes 10',
  ],
  output: z.strictObject({ preferences, changed: z.array(preferenceName) }),
});

export const configCommands = [configGet, configSet] as const;
