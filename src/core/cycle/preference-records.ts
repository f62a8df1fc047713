import type { PreferenceName, Preferences } from '#shared/contract/preferences.ts';

/** What the records say of what the master prefers. */
export type PreferencePayloads = {
  /** All of them after the change, so that the newest record alone says what holds. */
  'preferences.changed': { readonly preferences: Preferences; readonly changed: readonly PreferenceName[] };
};
