import { randomBytes } from 'node:crypto';
import { Fault } from '#core/kernel/fault.ts';
import type { SecretStore, SecretStoreState } from '#core/ports/secret-store.ts';
import { type KeytarApi, loadKeytar } from './load-keytar.ts';
import { withTimeout } from './with-timeout.ts';

export type KeytarOptions = {
  /**
   * How long one keychain call may take. A keyring answers in milliseconds, but the session bus can hang for good, and a desktop may be
   * asking its user for the keyring's password meanwhile. Default 10,000 ms.
   */
  readonly timeoutMs?: number;
  /** Replaces the loading of the native library, for machines and tests without it. */
  readonly load?: () => Promise<KeytarApi>;
};

const BACKENDS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
};
const UNTIL_THEN = 'until then the key lies in a file that only your user can read';

/**
 * The system keychain behind keytar. `service` groups this program's entries. The native library is loaded on first use, so that a
 * machine without it gets a state and not a crash. A locked keyring answers null to `get`; only a failed `probe` tells it apart.
 */
export function createKeytarStore(service: string, options: KeytarOptions = {}): SecretStore {
  const backend = BACKENDS[process.platform] ?? 'Secret Service keyring';
  const timeoutMs = options.timeoutMs ?? 10_000;
  let library: Promise<KeytarApi> | undefined;
  let hung = false;

  const load = (): Promise<KeytarApi> => {
    library ??= (options.load ?? loadKeytar)();
    return library;
  };

  /** One call with a deadline. After a call that never came back no other is tried: each would hold one of Node's few worker threads. */
  const call = async <T>(work: (keytar: KeytarApi) => Promise<T>): Promise<T> => {
    const keytar = await load();
    if (hung) throw new Error(`an earlier call is still waiting for the ${backend}`);
    const running = work(keytar);
    return withTimeout(running, timeoutMs, () => {
      hung = true;
      const free = (): void => {
        hung = false;
      };
      running.then(free, free);
      return new Error(`the ${backend} did not answer within ${timeoutMs} ms`);
    });
  };

  const orFault = async <T>(work: (keytar: KeytarApi) => Promise<T>): Promise<T> => {
    try {
      return await call(work);
    } catch (error) {
      const { why, remedy } = describe(error, backend);
      throw new Fault('locked', why, remedy);
    }
  };

  const missing = (error: unknown): SecretStoreState => {
    const { why, remedy } = describe(error, backend);
    return { kind: 'missing', backend, why, remedy: `${remedy}; ${UNTIL_THEN}` };
  };

  return {
    async probe(): Promise<SecretStoreState> {
      const account = `probe-${randomBytes(8).toString('hex')}`;
      const value = randomBytes(16).toString('hex');
      try {
        await call((keytar) => keytar.setPassword(service, account, value));
        const found = await call((keytar) => keytar.getPassword(service, account));
        await call((keytar) => keytar.deletePassword(service, account));
        if (found === value) return { kind: 'ready', backend };
        return missing(new Error('the keyring is locked: it does not give back what it was given'));
      } catch (error) {
        return missing(error);
      }
    },
    get: (account) => orFault((keytar) => keytar.getPassword(service, account)),
    set: (account, secret) => orFault((keytar) => keytar.setPassword(service, account, secret)),
    delete: (account) => orFault((keytar) => keytar.deletePassword(service, account)),
  };
}

/** What is wrong, in words for the owner. The library's own text never holds a value. */
function describe(error: unknown, backend: string): { readonly why: string; readonly remedy: string } {
  const text = error instanceof Error ? error.message : String(error);
  const linux = process.platform === 'linux';
  if (/native addon|libsecret|Cannot find (module|package)|ERR_DLOPEN/i.test(text)) {
    return {
      why: "the keychain's own library is missing on this machine",
      remedy: linux ? 'install libsecret-1-0 and a keyring such as gnome-keyring' : 'install the program again',
    };
  }
  if (/locked collection|is locked|InteractionNotAllowed/i.test(text)) {
    return { why: `the ${backend} is locked`, remedy: 'unlock it and start again' };
  }
  return {
    why: `the ${backend} cannot be used: ${text}`,
    remedy: linux
      ? 'start a keyring such as gnome-keyring in your login session and unlock it'
      : 'unlock the keychain and start again',
  };
}
