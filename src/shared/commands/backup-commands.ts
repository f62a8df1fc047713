import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { backupView } from '../contract/backup.ts';
import { unixMsNumber } from '../contract/primitives.ts';
import { command } from './command.ts';
import { FORM, flag, option, pathArg, positional } from './fields.ts';

const NAME_FORM = 'take a name from mt backup ls';
const name = () => z.string().regex(/^[\w-]{1,60}$/, 'is no name of a backup');

const now = command({
  id: 'backup.now',
  words: ['backup', 'now'],
  summary: 'Back the data folder up and check the copy',
  detail:
    'A running engine does so each hour and keeps the newest 24 and one for each of 30 days. A backup holds the journal, the lab and the ' +
    'vault header, encrypted as they are; imported candles are not in it. Copy the folder backups/ to another disk from time to time.',
  risk: 'admin',
  args: z.strictObject({}),
  examples: ['mt backup now'],
  output: backupView,
});

const list = command({
  id: 'backup.ls',
  words: ['backup', 'ls'],
  summary: 'List the backups, newest first',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt backup ls'],
  output: z.strictObject({ backups: z.array(backupView) }),
});

const verify = command({
  id: 'backup.verify',
  words: ['backup', 'verify'],
  summary: 'Check every byte, page and record of a backup',
  risk: 'read',
  args: z.strictObject({
    name: positional(name().optional(), 'NAME', 'the backup; the newest one when left out', NAME_FORM),
  }),
  examples: ['mt backup verify', 'mt backup verify 2026-08-04T12-00-00Z'],
  output: appContract['backup.verify'].output,
});

const restore = command({
  id: 'backup.restore',
  words: ['backup', 'restore'],
  summary: 'Put a backup in place of the data, which is kept aside, or into another folder',
  detail:
    'Refused while an engine runs. The backup is checked first. In the data folder the restored journal goes on, with a record that says ' +
    'so. In another folder it is for looking at, unless --take-over is given: the keychain knows that there is a newer journal.',
  risk: 'admin',
  args: z.strictObject({
    backup: positional(pathArg(), 'BACKUP', 'its name, or the full path of its folder', NAME_FORM),
    to: option(pathArg().optional(), 'DIR', 'an empty folder, instead of the data folder', FORM.path),
    takeOver: flag('with --to: the restored folder goes on in place of the newer one'),
  }),
  examples: ['mt backup restore 2026-08-04T12-00-00Z', 'mt backup restore 2026-08-04T12-00-00Z --to ../looking'],
  output: z.strictObject({
    home: z.string(),
    createdAt: unixMsNumber,
    records: z.int(),
    aside: z.string().nullable(),
  }),
});

/** Copies that outlive the disk. */
export const backupCommands = [now, list, verify, restore] as const;
