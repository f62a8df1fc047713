import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import type { KeytarApi } from '#adapters/secrets-keytar/load-keytar.ts';

/** What the library says on a machine without libsecret. */
const noLibrary = async (): Promise<KeytarApi> => {
  throw new Error('Failed to load keytar native addon, checked ["../build/Release"] on prebuilds/linux-x64');
};
const never: KeytarApi = {
  getPassword: () => new Promise(() => {}),
  setPassword: () => new Promise(() => {}),
  deletePassword: () => new Promise(() => {}),
};

describe('the keychain store', () => {
  it('is a state with a remedy, never a crash, where the native library is missing', async () => {
    const store = createKeytarStore('test', { load: noLibrary });
    const state = await store.probe();
    expect(state).toMatchObject({ kind: 'missing', why: "the keychain's own library is missing on this machine" });
    if (process.platform === 'linux') {
      expect(state).toMatchObject({
        remedy: expect.stringMatching(
          /^install libsecret-1-0 .* until then the key lies in a file that only your user can read$/,
        ),
      });
    }
    await expect(store.get('x')).rejects.toMatchObject({ name: 'Fault', code: 'locked' });
    await expect(store.set('x', 'y')).rejects.toMatchObject({ name: 'Fault', code: 'locked' });
    await expect(store.delete('x')).rejects.toMatchObject({ name: 'Fault', code: 'locked' });
  });

  it('calls a keyring that swallows what it is given locked', async () => {
    const hole: KeytarApi = {
      getPassword: async () => null,
      setPassword: async () => {},
      deletePassword: async () => false,
    };
    const state = await createKeytarStore('test', { load: async () => hole }).probe();
    expect(state).toMatchObject({ kind: 'missing', why: expect.stringContaining('locked') });
  });

  describe('when the session bus hangs', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });
    it('gives up after its timeout and does not pile up calls', async () => {
      let calls = 0;
      const counted: KeytarApi = {
        ...never,
        setPassword: () => {
          calls += 1;
          return new Promise(() => {});
        },
      };
      const store = createKeytarStore('test', { load: async () => counted, timeoutMs: 5000 });
      const first = store.probe();
      await vi.advanceTimersByTimeAsync(5000);
      expect(await first).toMatchObject({
        kind: 'missing',
        why: expect.stringContaining('did not answer within 5000 ms'),
      });
      expect(await store.probe()).toMatchObject({ kind: 'missing', why: expect.stringContaining('earlier call') });
      expect(calls).toBe(1);
    });
  });
});
