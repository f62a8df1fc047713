import { z } from 'zod';
import { appContract } from '../contract/app-contract.ts';
import { vaultStatus } from '../contract/vault.ts';
import { command } from './command.ts';
import { flag, option, positional } from './fields.ts';

/** No secret is ever an argument: a command line is seen by every process of the machine and kept in the shell's history. */
const stdin = (lines: string) => flag(`read ${lines} from standard input, a line each, instead of asking`);
const RECOVERY_DETAIL =
  'Shows a new recovery code once: 256 bits that open the vault when the passphrase or the keychain is lost. Write it on paper.';
const withCode = vaultStatus.extend({ recoveryCode: z.string() });
const keyName = () =>
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not a name of small letters, digits and dashes');
const NAME_FORM = 'a name is made of small letters, digits and dashes, for instance kraken-main';

export const vaultCommands = [
  command({
    id: 'vault.status',
    words: ['vault', 'status'],
    summary: 'Show whether the vault is open, what opens it, and what is wrong with it',
    risk: 'read',
    args: z.strictObject({}),
    examples: ['mt vault status', 'mt vault status --json'],
    output: vaultStatus,
  }),
  command({
    id: 'vault.set-passphrase',
    words: ['vault', 'set-passphrase'],
    summary: 'Lock the data by a passphrase; everything is written anew under a new key',
    detail: `${RECOVERY_DETAIL} Without passphrase and code the data is lost for good.`,
    risk: 'admin',
    args: z.strictObject({ stdin: stdin('the passphrase') }),
    examples: ['mt vault set-passphrase'],
    output: withCode,
  }),
  command({
    id: 'vault.unlock',
    words: ['vault', 'unlock'],
    aliases: [['unlock']],
    summary: 'Unlock the running engine and its window',
    risk: 'admin',
    args: z.strictObject({
      recovery: flag('unlock with the recovery code instead of the passphrase'),
      stdin: stdin('the passphrase or code (and the code of the authenticator, where it is asked for)'),
    }),
    examples: ['mt vault unlock', 'mt vault unlock --recovery'],
    output: vaultStatus,
  }),
  command({
    id: 'vault.lock',
    words: ['vault', 'lock'],
    aliases: [['lock']],
    summary: 'Lock the window and the terminal; the engine goes on',
    risk: 'admin',
    args: z.strictObject({}),
    examples: ['mt vault lock'],
    output: vaultStatus,
  }),
  command({
    id: 'vault.change-passphrase',
    words: ['vault', 'change-passphrase'],
    summary: 'Take another passphrase',
    risk: 'admin',
    args: z.strictObject({
      recovery: flag('prove yourself with the recovery code instead of the passphrase'),
      withoutKeychain: flag('for a machine that has lost its keychain for good: the passphrase alone, which is weaker'),
      stdin: stdin('the old passphrase or code, then the new passphrase'),
    }),
    examples: ['mt vault change-passphrase', 'mt vault change-passphrase --recovery'],
    output: vaultStatus,
  }),
  command({
    id: 'vault.rotate',
    words: ['vault', 'rotate'],
    summary: 'Write everything anew under a new key',
    detail: `For a key that somebody may have seen. ${RECOVERY_DETAIL} The earlier code opens nothing any more.`,
    risk: 'admin',
    args: z.strictObject({ stdin: stdin('the passphrase') }),
    examples: ['mt vault rotate'],
    output: withCode,
  }),
  command({
    id: 'vault.recovery',
    words: ['vault', 'recovery'],
    summary: 'Make a new recovery code; the earlier one opens nothing any more',
    detail: RECOVERY_DETAIL,
    risk: 'admin',
    args: z.strictObject({ stdin: stdin('the passphrase') }),
    examples: ['mt vault recovery'],
    output: withCode,
  }),
  command({
    id: 'vault.unattended',
    words: ['vault', 'unattended'],
    summary: 'Let the engine start without the passphrase, or no longer',
    detail:
      'For a machine that has to come back by itself. Warning: while it is on, whoever gets into your user account, or starts a program in it, ' +
      'can open the vault without the passphrase.',
    risk: 'admin',
    args: z.strictObject({
      switch: positional(
        z.enum(['on', 'off'], { error: 'is neither on nor off' }),
        'SWITCH',
        'on or off',
        'write on or off',
      ),
      stdin: stdin('the passphrase'),
    }),
    examples: ['mt vault unattended on', 'mt vault unattended off'],
    output: vaultStatus,
  }),
  command({
    id: 'keys.ls',
    words: ['keys', 'ls'],
    summary: 'List the stored exchange keys by name; secrets are never shown',
    risk: 'read',
    args: z.strictObject({}),
    examples: ['mt keys ls'],
    output: z.strictObject({ keys: appContract['keys.list'].output }),
  }),
  command({
    id: 'keys.add',
    words: ['keys', 'add'],
    summary: 'Store an exchange key, or change parts of one',
    detail:
      'Asks for the API key and the secret without showing them. For a key that is stored already, an empty answer keeps what is there. ' +
      'Make keys at the venue that may trade and may not withdraw.',
    risk: 'admin',
    args: z.strictObject({
      name: positional(keyName(), 'NAME', 'your word for it', NAME_FORM),
      venue: option(
        z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'is not the name of a venue'),
        'VENUE',
        'the venue it belongs to',
        'a venue is written in small letters, for instance kraken',
      ),
      withPassword: flag('the venue asks for a third secret, a password of the key'),
      stdin: stdin('API key, secret and, with --with-password, the password'),
    }),
    examples: ['mt keys add kraken-main --venue kraken'],
    output: z.strictObject({ name: z.string(), venue: z.string(), done: z.enum(['added', 'changed']) }),
  }),
  command({
    id: 'keys.remove',
    words: ['keys', 'remove'],
    summary: 'Forget an exchange key',
    risk: 'admin',
    args: z.strictObject({ name: positional(keyName(), 'NAME', 'the key, as mt keys ls lists it', NAME_FORM) }),
    examples: ['mt keys remove kraken-main'],
    output: z.strictObject({ removed: z.string() }),
  }),
] as const;
