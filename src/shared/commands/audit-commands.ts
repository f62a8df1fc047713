import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { auditExport, auditVerdict } from '../contract/audit.ts';
import { command } from './command.ts';
import { FORM, option, pathArg, positional, seqArg } from './fields.ts';

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

const exportCommand = command({
  id: 'audit.export',
  words: ['audit', 'export'],
  summary: 'Write the journal as a proof that anybody can check without this program',
  detail:
    'The folder gets the proof, the program that checks it (node verify.mjs NAME.mtproof) and a description of the format. The records are ' +
    'readable in it. With --record it shows one record alone, and with --saved as well that nothing before an earlier head was changed.',
  risk: 'admin',
  args: z.strictObject({
    dir: positional(pathArg().optional(), 'DIR', 'folder to write into; RECORD_LOGS here when left out', FORM.path),
    record: option(seqArg().optional(), 'SEQ', 'one record instead of all', FORM.seq),
    saved: option(pathArg().optional(), 'FILE', 'with --record: a head that its reader has kept, as JSON', FORM.path),
  }),
  examples: ['mt audit export', 'mt audit export /media/usb --record 42'],
  output: auditExport,
});

/** The journal as evidence. */
export const auditCommands = [verify, status, exportCommand] as const;
