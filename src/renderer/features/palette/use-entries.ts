import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShortcutKeys } from '../../app/shortcuts.ts';
import { nextTheme, themeStore } from '../../app/theme.ts';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { type Entries, entriesOf } from './entries.ts';

/** What the palette finds, made of what has been loaded for the screens: opening it asks the engine for nothing. */
export function useEntries(): Entries {
  const { t } = useTranslation();
  const { agents, market } = useStores();
  const choice = useStore(themeStore, (state) => state.choice);
  const listed = useStore(agents.list, (state) => state.data);
  const instruments = useStore(market.instruments, (state) => state.data);
  const lockable = useEngine((state) => state.status?.protection.protected ?? false);
  const keysOf = useShortcutKeys();
  return useMemo(
    () =>
      entriesOf(t, {
        agents: listed ?? [],
        instruments: instruments ?? [],
        lockable,
        keysOf,
        theme: t('bar.theme', { now: t(`bar.themes.${choice}`), next: t(`bar.themes.${nextTheme(choice)}`) }),
      }),
    [t, listed, instruments, lockable, choice, keysOf],
  );
}
