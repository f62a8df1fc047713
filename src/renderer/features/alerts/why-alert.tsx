import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlertView } from '#shared/contract/alerts.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { viewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';

/** What a kind means, and the switch that silences it; the engine says which must always be told. */
export function WhyAlert({ kind }: Pick<AlertView, 'kind'>) {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const found = useStore(alerts.kinds).data?.find((one) => one.kind === kind);
  const [problem, setProblem] = useState<string | null>(null);
  const mute = (muted: boolean): void => {
    alerts.mute(kind, muted).then(
      () => setProblem(null),
      (error: unknown) => setProblem(viewError(error).message),
    );
  };
  return (
    <div className="text-12 text-muted">
      <p>{t(`alerts.kinds.${kind}.why`)}</p>
      {found?.mutable === 'never' && <p className="mt-1">{t('alerts.muteRefused')}</p>}
      {found?.mutable === 'not live' && <p className="mt-1">{t('alerts.mutedLive')}</p>}
      {found !== undefined && found.mutable !== 'never' && (
        <Button className="mt-1.5" onClick={() => mute(!found.muted)}>
          {t(found.muted ? 'alerts.unmute' : 'alerts.mute')}
        </Button>
      )}
      {problem !== null && (
        <p role="alert" className="mt-1 text-danger">
          {said(problem)}
        </p>
      )}
    </div>
  );
}
