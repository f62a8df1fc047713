import { z } from 'zod';
import { call, event } from './define.ts';
import { environmentText, nothing, shortText, unixMsNumber } from './primitives.ts';

/**
 * Secrets go one way: into the engine. No answer and no event holds one; the recovery code is made by the face that shows it. Faces must
 * not keep what they send.
 */
const passphraseText = z.string().min(1).max(1000);
const recoveryText = z.string().min(1).max(200);
const secretText = z.string().min(1).max(10_000);

/** What the owner brings to an unlock. */
const credential = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('passphrase'),
    passphrase: passphraseText,
    /** Beside the passphrase, where the master wants an unlock to ask for it. */
    code: z.string().min(6).max(40).optional(),
  }),
  z.strictObject({ kind: z.literal('recovery'), code: recoveryText }),
]);
const protection = z.strictObject({ passphrase: passphraseText, recoveryCode: recoveryText });

export const vaultSlot = z.enum(['open_keychain', 'open_file', 'unlock', 'passphrase', 'recovery', 'unattended']);

export const vaultStatus = z.strictObject({
  /**
   * `open`: no passphrase yet. `unlocked`: it was given. `locked`: the engine runs, the faces show nothing. `sealed`: nothing is open until
   * the passphrase comes. `changing`: the data is being written under another key.
   */
  state: z.enum(['open', 'unlocked', 'locked', 'sealed', 'changing']),
  /** Ways that open this vault. */
  slots: z.array(vaultSlot),
  /** What is traded in while the engine runs, for a face that may show nothing else; null while nothing is open. */
  environment: environmentText.nullable(),
  /** What was traded in when it was open last, from a note beside the vault; null where there is none. Nothing is decided by it. */
  lastEnvironment: environmentText.nullable(),
  label: shortText,
  /** Why it is sealed although it should have opened by itself, or why the keychain keeps its part. */
  problem: shortText.nullable(),
  remedy: shortText.nullable(),
  /** Wrong passphrases that are still free, and the wait before the next one is taken. */
  attempts: z.strictObject({ left: z.int(), waitMs: z.int() }),
  /** Trading is halted by the file KILL; holds while sealed. */
  killFlag: z.boolean(),
  /** An unlock needs a code of the authenticator beside the passphrase. */
  asksCode: z.boolean(),
  /** Whether a crash of the engine could write its memory to the disk. */
  coreDumps: z.enum(['off', 'possible', 'unknown']),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

const keyName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not a name of small letters, digits and dashes');
const venueName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'is not the name of a venue');
const exchangeKeyName = z.strictObject({ name: keyName, venue: venueName, addedAt: unixMsNumber });

/** Measuring the cost of a passphrase takes seconds, and writing a large data folder anew takes minutes. */
const CHANGE_MS = 60_000;
const REWRITE_MS = 1_800_000;

export const vaultContract = {
  'vault.status': call('view', nothing, vaultStatus),
  'vault.changed': event('view', vaultStatus),
  'vault.unlock': call('admin', credential, vaultStatus, CHANGE_MS),
  /** The faces lose their data and their rights until the next unlock; the engine goes on. */
  'vault.lock': call(
    'trade',
    z.strictObject({ why: z.enum(['by hand', 'idle', 'suspend', 'the screen was locked']).default('by hand') }),
    vaultStatus,
  ),
  /** A new key, every database written anew under it. */
  'vault.set_passphrase': call('admin', protection, vaultStatus, REWRITE_MS),
  'vault.change_passphrase': call(
    'admin',
    z.strictObject({ credential, passphrase: passphraseText, withoutKeychain: z.boolean().default(false) }),
    vaultStatus,
    CHANGE_MS,
  ),
  /** As setting one: a new key and a new recovery code, for the same passphrase. */
  'vault.rotate': call('admin', protection, vaultStatus, REWRITE_MS),
  'vault.new_recovery': call(
    'admin',
    z.strictObject({ credential, recoveryCode: recoveryText }),
    vaultStatus,
    CHANGE_MS,
  ),
  'vault.unattended': call('admin', z.strictObject({ credential, on: z.boolean() }), vaultStatus, CHANGE_MS),
  'keys.list': call('view', nothing, z.array(exchangeKeyName)),
  /** Adds a key, or changes the parts given: what is absent stays as it was, and nothing can be made empty. */
  'keys.put': call(
    'admin',
    z.strictObject({
      name: keyName,
      venue: venueName,
      apiKey: secretText.optional(),
      secret: secretText.optional(),
      password: secretText.nullable().optional(),
    }),
    z.strictObject({ done: z.enum(['added', 'changed']) }),
  ),
  'keys.remove': call('admin', z.strictObject({ name: keyName }), z.strictObject({ removed: z.literal(true) })),
} as const;
