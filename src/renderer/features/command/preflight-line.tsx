import { Check, CircleX, Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { environmentTag, sentence } from '#shared/format/names.ts';
import { ageText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { useFeedAge, useStaleFeed } from '../shell/use-feed-age.ts';
import { FIX, focusFix, rowsNow } from './preflight.ts';

const ICON = { ready: Check, note: Info, blocked: CircleX } as const;
const TONE = { ready: 'text-ok', note: 'text-warn', blocked: 'text-danger' } as const;

/** Everything a press needs, each with its state, and for what is not ready the way to what puts it right. */
export function PreflightLine() {
  const { t } = useTranslation();
  const { preflight } = useStores();
  const [, navigate] = useLocation();
  const { data, error } = useStore(preflight);
  const environment = useEngine((state) => state.status?.environment ?? null);
  const age = useFeedAge();
  const stale = useStaleFeed();
  if (data === null)
    return error === null ? (
      <p className="text-12 text-muted">{t('command.preflightWaits')}</p>
    ) : (
      <ErrorState error={error} retry={() => void preflight.refresh()} />
    );
  const rows = rowsNow(data, stale);
  const fix = (name: (typeof rows)[number]['name']): void => {
    navigate(FIX[name].path);
    focusFix(FIX[name].mark);
  };
  return (
    <ul aria-label={t('command.preflight')} className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-12">
      {rows.map(({ name, state, detail, remedy }) => {
        const Icon = ICON[state];
        return (
          <li
            key={name}
            data-state={state}
            data-row={name}
            className="figure flex items-center gap-1.5 whitespace-nowrap"
            {...(remedy === null ? {} : { title: sentence(said(remedy)) })}
            {...(name === 'account' && environment !== null ? { 'data-env': environmentTag(environment) } : {})}
          >
            <Icon aria-hidden size={13} className={TONE[state]} />
            <span className="sr-only">{t(`command.state.${state}`)}: </span>
            <span className="text-muted">{t(`command.row.${name}`)}</span>
            <span className={state === 'ready' ? 'max-xl:sr-only' : undefined}>
              {name === 'data' && state !== 'blocked' && age !== null
                ? t('command.dataAge', { age: ageText(age) })
                : said(detail)}
            </span>
            {remedy !== null && <span className="sr-only">. {said(remedy)}</span>}
            {state !== 'ready' && (
              <Button kind="quiet" className="h-6 px-1.5 text-11 underline" onClick={() => fix(name)}>
                {t(`command.fix.${name}`)}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
