import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { REVIEWED_STEPS } from '#shared/contract/setup.ts';
import { usePreference } from '../../app/preferences.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { STEP_PATHS, type StepId } from '../setup/setup-steps.ts';
import { StepMark } from '../setup/step-mark.tsx';

type Reviewed = (typeof REVIEWED_STEPS)[number];
const isReviewed = (id: StepId): id is Reviewed => REVIEWED_STEPS.some((step) => step === id);

/** Every step of the set-up with where it is done, and the checks of the day. */
export function SetupSection() {
  const { t } = useTranslation();
  const { setup, preferences } = useStores();
  const loaded = useStore(setup);
  const reviewed = usePreference('setupReviewed');
  useEffect(() => void setup.refresh(), [setup]);
  return (
    <LoadedView loaded={loaded} what={t('setup.title')} retry={() => void setup.refresh()} cancel={setup.giveUp}>
      {({ steps, daily }) => (
        <>
          <p className="max-w-prose px-3 py-3 text-12 text-muted">{t('setup.intro')}</p>
          <ol className="text-12">
            {steps.map(({ id, done, detail }) => (
              <li
                key={id}
                id={`setting-setup-${id}`}
                tabIndex={-1}
                data-step={id}
                data-done={done}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-hair px-3 py-2.5"
              >
                <StepMark done={done} />
                <span className="min-w-56 flex-1">
                  <span className="block text-13 font-medium">{t(`setup.steps.${id}.name`)}</span>
                  <span className="text-muted">{t(`setup.steps.${id}.why`)}</span>
                  <span className="block text-11 text-faint">{said(detail)}</span>
                </span>
                {STEP_PATHS[id] !== '/settings/setup' && (
                  <Link href={STEP_PATHS[id]} className="px-1 py-1 text-accent underline">
                    {t('setup.open')}
                  </Link>
                )}
                {isReviewed(id) && !done && (
                  <Button onClick={() => void preferences.change({ setupReviewed: [...reviewed, id] })}>
                    {t('setup.keep')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
          <h3 className="border-t border-hair px-3 pt-3 text-12 font-bold">{t('setup.today')}</h3>
          <ul className="px-3 pt-1 pb-3 text-12">
            {daily.map(({ id, state, detail }) => (
              <li key={id} data-daily={id} className="flex flex-wrap items-baseline gap-x-3 py-1">
                <span className={state === 'ok' ? 'text-up' : 'text-warn'}>{t(`setup.${state}`)}</span>
                <span className="font-medium">{t(`setup.daily.${id}`)}</span>
                <span className="text-muted">{said(detail)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </LoadedView>
  );
}
