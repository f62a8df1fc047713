import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

type PreferenceHandlers = Pick<AppHandlers, 'preferences.get' | 'preferences.set'>;

export const createPreferenceHandlers = ({ preferences, market }: EngineParts): PreferenceHandlers => ({
  'preferences.get': () => preferences.get(),
  'preferences.set'({ changes }) {
    // A field that was given as `undefined` is one that was not given; the book leaves it out.
    const changed = preferences.change(changes as Parameters<typeof preferences.change>[0], market.clock.now());
    return { preferences: preferences.get(), changed: [...changed] };
  },
});
