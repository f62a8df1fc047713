import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useLocation } from 'wouter';
import { useStore } from 'zustand';
import { Panel } from '../../components/panel.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { SECTIONS } from './sections.ts';

type Found = { readonly section: string; readonly id: string; readonly label: string; readonly where: string };

/** The list of sections, the search over all of them, and the open one. */
export function SettingsScreen({ section }: { readonly section: string | null }) {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const loaded = useStore(preferences);
  const { error } = useStore(preferences.refusal);
  const [, navigate] = useLocation();
  const [wanted, setWanted] = useState('');
  const [aim, setAim] = useState<string | null>(null);
  const open = SECTIONS.find(({ id }) => id === section);

  useEffect(() => {
    if (aim === null || open === undefined) return;
    const row = document.getElementById(`setting-${aim}`);
    row?.scrollIntoView({ block: 'center' });
    row?.focus();
  }, [aim, open]);

  if (open === undefined) return <Redirect to={`/settings/${SECTIONS[0]?.id ?? ''}`} replace />;
  const text = wanted.trim().toLocaleLowerCase();
  const found: readonly Found[] =
    text === ''
      ? []
      : SECTIONS.flatMap(({ id: section, title, settings }) =>
          settings
            .map(({ id, label }) => ({ section, id, label: label(t), where: title(t) }))
            .filter(({ label, where }) => `${where} ${label}`.toLocaleLowerCase().includes(text)),
        );

  return (
    <div className="flex min-h-full flex-col gap-3 p-3 md:flex-row">
      <h1 className="sr-only">{t('settings.title')}</h1>
      <nav aria-label={t('settings.sections')} className="flex shrink-0 flex-col gap-2 md:w-52">
        <div className="relative">
          <Search aria-hidden size={14} className="absolute top-2 left-2.5 text-muted" />
          <input
            type="search"
            value={wanted}
            placeholder={t('settings.search')}
            aria-label={t('settings.search')}
            onChange={(event) => setWanted(event.target.value)}
            className="h-8 w-full rounded-control border border-line bg-bg2 pr-2 pl-8 text-12 text-ink"
          />
        </div>
        <p role="status" className="sr-only">
          {text !== '' && t('settings.found', { count: found.length })}
        </p>
        {text === '' ? (
          <ul className="flex flex-wrap gap-0.5 md:flex-col">
            {SECTIONS.map(({ id, title, icon: Icon }) => (
              <li key={id}>
                <Link
                  href={`/settings/${id}`}
                  onClick={() => setAim(null)}
                  aria-current={id === open.id ? 'page' : undefined}
                  className={clsx(
                    'fade flex h-8 items-center gap-2.5 rounded-control px-2.5 text-13',
                    id === open.id ? 'bg-bg3 font-medium text-ink' : 'text-muted hover:bg-bg2 hover:text-ink',
                  )}
                >
                  <Icon aria-hidden size={14} className="shrink-0" />
                  {title(t)}
                </Link>
              </li>
            ))}
          </ul>
        ) : found.length === 0 ? (
          <p className="px-2.5 text-12 text-muted">{t('settings.nothingFound', { text: wanted.trim() })}</p>
        ) : (
          <ul className="flex flex-col gap-0.5">
            {found.map((one) => (
              <li key={`${one.section} ${one.id}`}>
                <button
                  type="button"
                  onClick={() => {
                    setWanted('');
                    setAim(one.id);
                    navigate(`/settings/${one.section}`);
                  }}
                  className="fade flex min-h-8 w-full flex-col rounded-control px-2.5 py-1 text-left text-13 hover:bg-bg2"
                >
                  {one.label}
                  <span className="text-11 text-muted">{one.where}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </nav>
      <Panel title={open.title(t)} flush className="max-w-4xl flex-1 md:self-start">
        {error !== null && (
          <>
            <p className="px-3 pt-3 text-12 font-bold">{t('settings.notKept')}</p>
            <ErrorState error={error} />
          </>
        )}
        <LoadedView
          loaded={loaded}
          what={t('settings.loading')}
          retry={() => void preferences.refresh()}
          cancel={preferences.giveUp}
        >
          {() => <open.Component />}
        </LoadedView>
      </Panel>
    </div>
  );
}
