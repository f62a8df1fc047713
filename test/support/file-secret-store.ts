import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import type { SecretStore } from '#core/ports/secret-store.ts';

/** A keychain that outlives a killed process, as a real one does: one file of names and secrets. */
export function createFileSecretStore(path: string): SecretStore {
  const read = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    } catch {
      return {};
    }
  };
  return {
    probe: async () => ({ kind: 'ready', backend: 'test keychain' }),
    get: async (account) => read()[account] ?? null,
    set: async (account, secret) => writeFileAtomic(path, JSON.stringify({ ...read(), [account]: secret })),
    async delete(account) {
      const { [account]: gone, ...rest } = read();
      writeFileAtomic(path, JSON.stringify(rest));
      return gone !== undefined;
    },
  };
}
