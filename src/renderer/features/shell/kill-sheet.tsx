import { Check, LoaderCircle, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';

/** The steps of the kill switch, each with what it did and when; none can be skipped, all can be repeated. */
export function KillSheet() {
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
          <ol className="flex flex-col" data-testid="kill-steps">
            {kill.report.steps.map((step, index) => (
              <li key={step.name} className="flex items-start gap-3 border-t border-hair py-2 first:border-t-0">
                <span className="figure w-4 shrink-0 text-right text-faint">{index + 1}</span>
                <span className="flex min-w-0 flex-1 flex-col">
                  <span className="font-medium">{step.name}</span>
                  <span className="text-12 text-muted">{step.detail}</span>
                </span>
                <Moment ms={step.ts} form="seconds" className="text-11 leading-[1.15rem] text-faint" />
                {step.done ? (
                  <span className="inline-flex w-16 items-center justify-end gap-1 text-12 leading-[1.15rem] text-ok">
                    <Check aria-hidden size={14} /> {t('stopping.done')}
                  </span>
                ) : (
                  <span className="inline-flex w-16 items-center justify-end gap-1 text-12 leading-[1.15rem] text-danger">
                    <X aria-hidden size={14} /> {t('stopping.failed')}
                  </span>
                )}
              </li>
            ))}
          </ol>
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
}
