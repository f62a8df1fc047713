import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { nextTheme, themeStore } from '../../app/theme.ts';
import { useStores } from '../../stores/stores-context.tsx';

const ICON = { system: Monitor, dark: Moon, light: Sun } as const;

export function ThemeToggle() {
  const choice = useStore(themeStore, (state) => state.choice);
  const { t } = useTranslation();
  const { preferences } = useStores();
  const Icon = ICON[choice];
  const label = t('bar.theme', { now: t(`bar.themes.${choice}`), next: t(`bar.themes.${nextTheme(choice)}`) });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => void preferences.change({ theme: nextTheme(choice) })}
      className="fade flex size-8 items-center justify-center rounded-control text-muted hover:bg-bg2 hover:text-ink"
    >
      <Icon aria-hidden size={16} />
    </button>
  );
}
