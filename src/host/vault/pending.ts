import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncFile } from '#adapters/files/durable.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';
import { type FoundHeader, type HeaderBody, type SlotRecord, writeHeader } from './header.ts';
import { finishRekeyed, removeLeftOver } from './rekey.ts';
import { headerPath, openKeyPath, type VaultOptions } from './vault-options.ts';

/**
 * Brings to its end what a change has left to do, in this process or in one that was killed, and writes a header of the first version as
 * the present one. Answers the header as it stands then. Throws Fault `storage`.
 */
export async function finishPending(
  { body, mac }: FoundHeader,
  dek: Buffer,
  options: Pick<VaultOptions, 'home' | 'secrets' | 'onStep'>,
): Promise<HeaderBody> {
  const { home, secrets, onStep = () => undefined } = options;
  removeLeftOver(home, body.pending?.folder);
  if (body.pending === undefined) return mac === undefined ? writeHeader(headerPath(home), dek, body) : body;
  const { folder, forget } = body.pending;
  if (folder !== undefined) finishRekeyed(home, folder, onStep);
  onStep('forget');
  const kept: SlotRecord[] = [];
  for (const slot of forget) if (!(await forgotten(slot, home, secrets))) kept.push(slot);
  onStep('settle');
  const { pending: _done, ...rest } = body;
  // What the keychain would not delete now is tried again at the next start.
  const settled = kept.length === 0 ? rest : { ...rest, pending: { forget: kept } };
  return writeHeader(headerPath(home), dek, settled);
}

/** Destroys the key that a slot of before leads to. False when the keychain cannot be asked. */
async function forgotten(slot: SlotRecord, home: string, secrets: SecretStore): Promise<boolean> {
  switch (slot.kind) {
    case 'open_file':
      forgetFile(openKeyPath(home));
      return true;
    case 'open_keychain':
    case 'unlock':
    case 'unattended':
      try {
        await secrets.delete(slot.account);
        return true;
      } catch (error) {
        if (error instanceof Fault) return false;
        throw error;
      }
    case 'passphrase':
    case 'recovery':
      return true;
  }
}

/** Overwritten first: a removed file's blocks stay on the disk until something else needs them. Disks that write elsewhere keep them anyway. */
function forgetFile(path: string): void {
  if (!existsSync(path)) return;
  writeFileSync(path, Buffer.alloc(statSync(path).size), { flag: 'r+' });
  syncFile(path);
  rmSync(path, { force: true });
}
