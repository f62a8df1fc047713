import { LoaderCircle } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { KillSteps } from './kill-steps.tsx';

/** The steps of the kill switch, each with what it did and when; none can be skipped, all can be repeated. */
export const KillSheet = memo(function KillSheet() {
  const { t } = useTranslation();
  const { engine } = useStores();
  const kill = useEngine((state) => state.kill);
  const again = () => void engine.kill('kill switch, repeated in the window');
  const unfinished = kill.phase === 'done' && kill.report.steps.some((step) => !step.done);

  return (
    <Sheet open={kill.phase !== 'idle'} onClose={() => engine.dismissKill()} title={t('stopping.sheet')}>
      {kill.phase === 'sending' && (
        <p role="status" className="flex items-center gap-2 text-muted">
          <LoaderCircle aria-hidden size={16} className="spin text-warn" />
          {t('stopping.sending')}
        </p>
      )}
      {kill.phase === 'failed' && <ErrorState error={kill.error} retry={again} retryLabel={t('stopping.repeatKill')} />}
      {kill.phase === 'done' && (
        <>
          <p role="status" className="mb-3 text-muted">
            {t(
              kill.report.alreadyHalted
                ? 'stopping.alreadyHalted'
                : unfinished
                  ? 'stopping.unfinished'
                  : 'stopping.finished',
            )}
          </p>
          <KillSteps steps={kill.report.steps} />
          <div className="mt-4 flex justify-end gap-2">
            {unfinished && (
              <Button kind="danger" onClick={again}>
                {t('stopping.repeatSteps')}
              </Button>
            )}
            <Button onClick={() => engine.dismissKill()}>{t('stopping.close')}</Button>
          </div>
        </>
      )}
    </Sheet>
  );
});
