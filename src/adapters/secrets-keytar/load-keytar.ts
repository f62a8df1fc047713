import type * as keytar from 'keytar';

/** The part of keytar that this program uses. */
export type KeytarApi = Pick<typeof keytar, 'getPassword' | 'setPassword' | 'deletePassword'>;

/** Loads the native library. Rejects on a machine without libsecret. */
export async function loadKeytar(): Promise<KeytarApi> {
  const loaded: typeof keytar & { readonly default?: KeytarApi } = await import('keytar');
  // CommonJS: its names are on `default` under Node and on the module itself after bundling.
  return loaded.default ?? loaded;
}
