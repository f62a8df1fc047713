import { Monitor, Moon, Sun } from 'lucide-react';
import { useStore } from 'zustand';
import { type ThemeChoice, themeStore } from '../../app/theme.ts';
import { useStores } from '../../stores/stores-context.tsx';

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'dark', dark: 'light', light: 'system' };
const ICON = { system: Monitor, dark: Moon, light: Sun } as const;
const WORD = { system: 'as the system', dark: 'dark', light: 'light' } as const;

export function ThemeToggle() {
  const choice = useStore(themeStore, (state) => state.choice);
  const { preferences } = useStores();
  const Icon = ICON[choice];
  const label = `Theme: ${WORD[choice]}. Switch to ${WORD[NEXT[choice]]}.`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => void preferences.change({ theme: NEXT[choice] })}
      className="fade flex size-8 items-center justify-center rounded-control text-muted hover:bg-bg2 hover:text-ink"
    >
      <Icon aria-hidden size={16} />
    </button>
  );
}
