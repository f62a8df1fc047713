import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { auditVerdict } from '../contract/audit.ts';
import { command } from './command.ts';
import { FORM, option, pathArg } from './fields.ts';

const verify = command({
  id: 'audit.verify',
  words: ['audit', 'verify'],
  summary: 'Check every record of the journal against its hashes, its signed heads and the keychain',
  detail:
    'Names the first bad record and who disagrees with it. With --saved it also checks that the journal still begins with the records ' +
    'that an earlier head was signed over; mt audit status --json prints such a head.',
  risk: 'read',
  args: z.strictObject({
    saved: option(pathArg().optional(), 'FILE', 'a head that was kept elsewhere, as JSON', FORM.path),
  }),
  examples: ['mt audit verify', 'mt audit verify --saved head-of-monday.json'],
  output: auditVerdict,
});

const status = command({
  id: 'audit.status',
  words: ['audit', 'status'],
  summary: 'Show the newest signed head of the journal and the key that signs',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt audit status', 'mt audit status --json'],
  output: appContract['audit.status'].output,
});

/** The journal as evidence. */
export const auditCommands = [verify, status] as const;
