import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { nextTheme, themeStore } from '../../app/theme.ts';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import type { PaletteActions } from './entries.ts';

/** What the palette's entries do, beside what only the shell can open. */
export function usePaletteActions(opens: Pick<PaletteActions, 'shortcuts' | 'alerts'>): PaletteActions {
  const stores = useStores();
  const [, navigate] = useLocation();
  const lockable = useEngine((state) => state.status?.protection.protected ?? false);
  return useMemo(
    () => ({
      ...opens,
      go: navigate,
      showInstrument(instrument) {
        stores.market.select({ instrument, cycle: null });
        navigate('/market');
      },
      type(line) {
        stores.terminalLine.ask(line);
        navigate('/terminal');
      },
      theme: () => void stores.preferences.change({ theme: nextTheme(themeStore.getState().choice) }),
      lock: lockable ? () => void stores.vault.lock() : null,
    }),
    [opens, stores, navigate, lockable],
  );
}
