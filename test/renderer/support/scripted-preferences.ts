import { type AppEvent, type AppHandlers } from '#shared/contract/app-contract.ts';
import { DEFAULT_PREFERENCES, type Preferences, preferenceName, preferences } from '#shared/contract/preferences.ts';

type Handlers = Pick<AppHandlers, 'preferences.get' | 'preferences.set'>;

/** Preferences that last as long as the scripted engine. */
export function scriptedPreferences(
  first: Partial<Preferences>,
  tell: (now: AppEvent<'preferences.changed'>) => void,
): Handlers {
  let current: Preferences = { ...DEFAULT_PREFERENCES, welcomed: true, ...first };
  return {
    'preferences.get': () => current,
    'preferences.set'({ changes }) {
      const before = current;
      current = preferences.parse({ ...current, ...changes });
      tell(current);
      return {
        preferences: current,
        changed: preferenceName.options.filter(
          (name) => JSON.stringify(before[name]) !== JSON.stringify(current[name]),
        ),
      };
    },
  };
}
