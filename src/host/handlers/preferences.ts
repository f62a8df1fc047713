import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { english } from '#shared/i18n/en/words.ts';
import { type Bound, bind } from '#shared/shortcuts/bindings.ts';
import type { EngineParts } from '../parts.ts';

type PreferenceHandlers = Pick<AppHandlers, 'preferences.get' | 'preferences.set'>;

const refusedKeys = ({ id, keys, problem }: Bound['refused'][number]): Fault =>
  new Fault(
    'usage',
    `the shortcut ${id} cannot have the keys ${keys}`,
    english.shortcuts.problems[problem.code].replace('{{other}}', 'other' in problem ? problem.other : ''),
  );

export const createPreferenceHandlers = ({ preferences, market }: EngineParts): PreferenceHandlers => ({
  'preferences.get': () => preferences.get(),
  'preferences.set'({ changes }) {
    const [bad] = bind(changes.shortcutRemaps ?? {}).refused;
    if (bad !== undefined) throw refusedKeys(bad);
    // A field that was given as `undefined` is one that was not given; the book leaves it out.
    const changed = preferences.change(changes as Parameters<typeof preferences.change>[0], market.clock.now());
    return { preferences: preferences.get(), changed: [...changed] };
  },
});
