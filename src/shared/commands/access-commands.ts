import { z } from 'zod';
import { accessEntry, accessView } from '../contract/access.ts';
import { command } from './command.ts';
import { flag, option } from './fields.ts';

export const accessCommands = [
  command({
    id: 'access.status',
    words: ['access', 'status'],
    summary: 'Show what proves that it is you, and how many backup codes are left',
    risk: 'read',
    args: z.strictObject({}),
    examples: ['mt access status'],
    output: accessView,
  }),
  command({
    id: 'access.log',
    words: ['access', 'log'],
    summary: 'List who came, what was proved and what was refused, newest first',
    risk: 'read',
    args: z.strictObject({
      limit: option(
        z.coerce.number().int().min(1).max(500).default(50),
        'N',
        'at most this many',
        'a whole number to 500',
      ),
    }),
    examples: ['mt access log', 'mt access log --limit 200'],
    output: z.strictObject({ entries: z.array(accessEntry) }),
  }),
  command({
    id: 'access.totp.enroll',
    words: ['access', 'totp', 'enroll'],
    summary: 'Make an authenticator app the second factor',
    detail:
      'Shows a new key once, takes a code of the app to see that it has it, and shows ten backup codes once. Needs a terminal: the key is for ' +
      'the eyes of one person.',
    risk: 'admin',
    args: z.strictObject({ atUnlock: flag('ask for a code at every unlock as well') }),
    examples: ['mt access totp enroll', 'mt access totp enroll --at-unlock'],
    output: accessView,
  }),
  command({
    id: 'access.totp.disable',
    words: ['access', 'totp', 'disable'],
    summary: 'Forget the authenticator; the passphrase proves it is you again',
    risk: 'admin',
    args: z.strictObject({}),
    examples: ['mt access totp disable'],
    output: accessView,
  }),
  command({
    id: 'access.backup-codes',
    words: ['access', 'backup-codes'],
    summary: 'Make ten new backup codes; the earlier ones open nothing any more',
    risk: 'admin',
    args: z.strictObject({}),
    examples: ['mt access backup-codes'],
    output: accessView,
  }),
] as const;
