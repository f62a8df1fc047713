import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { said } from '../../app/said.ts';
import { Panel } from '../../components/panel.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { STEP_PATHS } from './setup-steps.ts';
import { StepMark } from './step-mark.tsx';

/** Open steps that the card names; all of them are in the settings. */
const SHOWN = 4;

/** What is still to be set up, and what of today needs a look. Gone when there is neither. */
export function SetupCard() {
  const { t } = useTranslation();
  const { setup } = useStores();
  const view = useStore(setup, (state) => state.data);
  useEffect(() => void setup.refresh(), [setup]);
  if (view === null) return null;
  const open = view.steps.filter(({ done }) => !done);
  const looks = view.daily.filter(({ state }) => state === 'look');
  if (open.length === 0 && looks.length === 0) return null;
  return (
    <Panel
      title={t('setup.cardTitle', { done: view.steps.length - open.length, all: view.steps.length })}
      flush
      actions={
        <Link href="/settings/setup" className="text-12 text-accent underline">
          {t('setup.hide')}
        </Link>
      }
    >
      <ul className="text-12">
        {open.slice(0, SHOWN).map(({ id }) => (
          <li key={id} data-step={id} className="border-t border-hair first:border-t-0">
            <Link
              href={STEP_PATHS[id]}
              className="fade flex min-h-9 items-start gap-2 px-3 py-2 -outline-offset-2 hover:bg-bg2"
            >
              <span className="mt-0.5">
                <StepMark done={false} />
              </span>
              <span className="min-w-0">
                <span className="block font-bold">{t(`setup.steps.${id}.name`)}</span>
                <span className="text-muted">{t(`setup.steps.${id}.why`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {looks.length > 0 && (
        <div className="border-t border-hair px-3 py-2 text-12">
          <h3 className="text-11 font-bold text-muted">{t('setup.today')}</h3>
          <ul>
            {looks.map(({ id, detail }) => (
              <li key={id} className="mt-1">
                <span className="font-bold text-warn">{t(`setup.daily.${id}`)}</span>{' '}
                <span className="text-muted">{said(detail)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
