import { clsx } from 'clsx';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useStore } from 'zustand';
import { ROUTES } from '../../app/routes.ts';
import { useShortcutKeys } from '../../app/shortcuts.ts';
import { useEngine, useStores } from '../../stores/stores-context.tsx';

type Props = { readonly open: boolean; readonly onNavigate: () => void };

/** Labels from 1200 px, icons with their name on hover below, a menu behind a button on very narrow or zoomed windows. */
export const Rail = memo(function Rail({ open, onNavigate }: Props) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const agents = useEngine((state) => state.status?.agentsRunning ?? 0);
  const { automation } = useStores();
  const waiting = useStore(automation.approvals, ({ data }) => data?.pending.length ?? 0);
  const counts: Partial<Record<(typeof ROUTES)[number]['screen'], { readonly count: number; readonly words: string }>> =
    {
      agents: { count: agents, words: t('shell.agentsRunning', { count: agents }) },
      approvals: { count: waiting, words: t('approvals.waiting', { count: waiting }) },
    };
  const keysOf = useShortcutKeys();
  const version = useEngine((state) => state.status?.version ?? null);
  return (
    <nav
      id="rail"
      data-region="rail"
      aria-label={t('bar.screens')}
      className={clsx(
        'w-44 shrink-0 flex-col gap-0.5 border-r border-hair bg-bg1 p-2 md:w-14 xl:w-46',
        'max-md:absolute max-md:inset-y-0 max-md:left-0 max-md:z-30 max-md:shadow-xl md:flex',
        open ? 'flex' : 'hidden',
      )}
    >
      {ROUTES.map(({ path, screen, icon: Icon }) => {
        const label = t(`shell.screens.${screen}`);
        const badge = counts[screen];
        const told = badge !== undefined && badge.count > 0 ? badge : null;
        const active = path === '/' ? location === '/' : location.startsWith(path);
        return (
          <Link
            key={path}
            href={path}
            title={`${label} (${keysOf(`go.${screen}`)})`}
            aria-label={told === null ? label : `${label}, ${told.words}`}
            aria-current={active ? 'page' : undefined}
            onClick={onNavigate}
            className={clsx(
              'fade relative flex h-9 items-center gap-3 rounded-control px-3 text-13',
              active ? 'bg-bg3 font-medium text-ink' : 'text-muted hover:bg-bg2 hover:text-ink',
            )}
          >
            {active && <span aria-hidden className="absolute inset-y-2 left-0 w-0.5 rounded-control bg-accent" />}
            <Icon aria-hidden size={16} strokeWidth={1.75} className={clsx('shrink-0', active && 'text-accent')} />
            <span className="md:hidden xl:inline">{label}</span>
            {told !== null && (
              // Drawn, not written: the name of the link says it in words.
              <span
                aria-hidden
                data-count={told.count}
                className="figure ml-auto rounded-control bg-bg3 px-1.5 text-11 text-ink before:content-[attr(data-count)] md:max-xl:absolute md:max-xl:top-0.5 md:max-xl:right-0.5 md:max-xl:px-1"
              />
            )}
          </Link>
        );
      })}
      {version !== null && (
        <span className="figure mt-auto px-3 py-1 text-11 text-faint max-xl:hidden">Master Trader {version}</span>
      )}
    </nav>
  );
});
