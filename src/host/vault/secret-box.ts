import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ExchangeKey, ExchangeKeyChange, ExchangeKeyName, ExchangeKeys } from '#core/ports/exchange-keys.ts';
import { openBox, type SealedBox, sealBox, sealedBox } from './box.ts';

const secretText = z.string().min(1).max(10_000);
const entry = z.strictObject({
  name: z.string(),
  venue: z.string(),
  addedAt: z.int(),
  apiKey: secretText,
  secret: secretText,
  password: secretText.optional(),
});
const entries = z.array(entry).max(100);
type Entry = z.infer<typeof entry>;

export const secretBoxPath = (home: string): string => join(home, 'vault', 'exchange-keys.json');
const about = (vaultId: string): string => `exchange-keys|${vaultId}`;
type Random = (size: number) => Buffer;

export type SecretBoxOptions = {
  readonly home: string;
  readonly vaultId: string;
  /** The vault's key for single values; stays in use as long as the box does. */
  readonly fieldKey: Buffer;
  readonly randomBytes: Random;
  readonly now: () => number;
  /** False while the vault is open to everybody: then nothing is taken. */
  readonly protectedByPassphrase: boolean;
  /** Told of every secret that leaves the box, so that no log ever shows one. */
  readonly hide: (secret: string) => void;
};

/** The exchange keys of a data folder: one file, sealed as a whole, so that not even the names of the accounts can be read on the disk. */
export function openSecretBox(options: SecretBoxOptions): ExchangeKeys {
  const { home, vaultId, fieldKey, randomBytes, hide } = options;
  const path = secretBoxPath(home);
  const read = (): readonly Entry[] => readEntries(path, vaultId, fieldKey);
  const write = (all: readonly Entry[]): void => writeEntries(path, vaultId, fieldKey, all, randomBytes);
  return {
    names: () => read().map(({ name, venue, addedAt }): ExchangeKeyName => ({ name, venue, addedAt })),
    put(change) {
      if (!options.protectedByPassphrase) {
        throw new Fault(
          'refused',
          'exchange keys are not stored before the vault has a passphrase',
          'set one first: mt vault set-passphrase, or "Not protected" in the window',
        );
      }
      const all = read();
      const before = all.find(({ name }) => name === change.name);
      const after = merged(before, change, options.now());
      write([...all.filter(({ name }) => name !== change.name), after]);
      return before === undefined ? 'added' : 'changed';
    },
    remove(name) {
      const all = read();
      if (!all.some((one) => one.name === name)) throw unknown(name);
      write(all.filter((one) => one.name !== name));
    },
    read(name): ExchangeKey {
      const found = read().find((one) => one.name === name);
      if (found === undefined) throw unknown(name);
      const { venue, apiKey, secret, password } = found;
      for (const text of [apiKey, secret, password]) if (text !== undefined) hide(text);
      return { name, venue, apiKey, secret, ...(password === undefined ? {} : { password }) };
    },
  };
}

/** What is absent stays as it was; only an explicit null takes the password away. Nothing can be made empty. */
function merged(before: Entry | undefined, change: ExchangeKeyChange, now: number): Entry {
  const { name, venue } = change;
  if (before !== undefined && before.venue !== venue) {
    throw new Fault(
      'refused',
      `the key "${name}" belongs to ${before.venue}`,
      'choose another name, or remove that key first',
    );
  }
  const apiKey = change.apiKey ?? before?.apiKey;
  const secret = change.secret ?? before?.secret;
  if (apiKey === undefined || secret === undefined) {
    throw new Fault(
      'usage',
      `the key "${name}" is new and lacks its ${apiKey === undefined ? 'API key' : 'secret'}`,
      'give both; only for a key that is stored already may a part be left out',
    );
  }
  const password = change.password === null ? undefined : (change.password ?? before?.password);
  return {
    name,
    venue,
    addedAt: before?.addedAt ?? now,
    apiKey,
    secret,
    ...(password === undefined ? {} : { password }),
  };
}

const unknown = (name: string): Fault =>
  new Fault('not_found', `there is no exchange key "${name}"`, 'mt keys ls lists what is stored');

/** Absent is no key at all; a file that is there and does not open is damage, and never reads as empty. */
function readEntries(path: string, vaultId: string, key: Buffer): readonly Entry[] {
  if (!existsSync(path)) return [];
  let box: SealedBox | undefined;
  try {
    box = sealedBox.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw storageFault(error, path);
  }
  const content = box === undefined ? undefined : openBox(key, box, about(vaultId));
  if (content === undefined) {
    throw new Fault(
      'storage',
      `${path} does not open: it was changed, or belongs to another vault`,
      'put it back from a backup, or remove it and store the keys again',
    );
  }
  try {
    return entries.parse(JSON.parse(content.toString('utf8')));
  } finally {
    content.fill(0);
  }
}

function writeEntries(path: string, vaultId: string, key: Buffer, all: readonly Entry[], randomBytes: Random): void {
  const content = Buffer.from(JSON.stringify(entries.parse(all)), 'utf8');
  try {
    writeFileAtomic(path, `${JSON.stringify(sealBox(key, content, about(vaultId), randomBytes))}\n`);
  } catch (error) {
    throw storageFault(error, path);
  } finally {
    content.fill(0);
  }
}

/** Writes the box to another file under another key. */
export function resealBox(
  from: string,
  to: string,
  vaultId: string,
  oldKey: Buffer,
  newKey: Buffer,
  randomBytes: Random,
): void {
  writeEntries(to, vaultId, newKey, readEntries(from, vaultId, oldKey), randomBytes);
}
