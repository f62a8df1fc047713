import { clsx } from 'clsx';
import { OctagonX, Power } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ResumeSheet } from './resume-sheet.tsx';
import { StopSheet } from './stop-sheet.tsx';
import { HOLD_MS, useHold } from './use-hold.ts';

/** Far right, always there. Hold it for 0.8 s or press Enter twice; once halted it shows the state and the way back. */
export function KillControl({ online }: { readonly online: boolean }) {
  const { t } = useTranslation();
  const { engine, automation } = useStores();
  const halted = useEngine((state) => state.status?.tradingState === 'halted');
  const reducing = useEngine((state) => state.status?.tradingState === 'reducing');
  const sending = useEngine((state) => state.kill.phase === 'sending');
  const [resuming, setResuming] = useState(false);
  const [stopping, setStopping] = useState(false);
  const hold = useHold(() => void engine.kill('kill switch, pressed in the window'));

  if (halted) {
    return (
      <>
        <span
          data-testid="halted"
          className="inline-flex h-8 items-center gap-1.5 rounded-control border border-danger px-2.5 text-12 font-bold text-danger"
        >
          <OctagonX aria-hidden size={14} />
          {t('stopping.halted')}
        </span>
        <Button className="h-8" data-fix="resume" disabled={!online} onClick={() => setResuming(true)}>
          {t('stopping.resume')}
        </Button>
        <ResumeSheet open={resuming} onClose={() => setResuming(false)} />
      </>
    );
  }

  const words = t(
    sending
      ? 'stopping.killSending'
      : hold.armed
        ? 'stopping.killAgain'
        : hold.holding
          ? 'stopping.killHold'
          : 'stopping.kill',
  );
  return (
    <>
      {reducing ? (
        <>
          <Button
            data-testid="reducing"
            data-fix="resume"
            className="h-8"
            disabled={!online}
            onClick={() => setResuming(true)}
          >
            {t('stopping.resume')}
          </Button>
          <ResumeSheet open={resuming} onClose={() => setResuming(false)} />
        </>
      ) : (
        <Button
          className="h-8 max-xl:hidden"
          disabled={!online}
          title={t('approvals.level.haltDoes')}
          onClick={() => void automation.halt(t('approvals.level.haltReason'))}
        >
          {t('approvals.level.halt')}
        </Button>
      )}
      <Button
        className={clsx('h-8', reducing ? 'max-xl:hidden' : 'max-sm:hidden')}
        disabled={!online || sending}
        onClick={() => {
          setStopping(true);
          void engine.askPreview();
        }}
      >
        {t('stopping.stop')}
      </Button>
      <StopSheet open={stopping} onClose={() => setStopping(false)} />
      <button
        type="button"
        data-control=""
        disabled={!online || sending}
        title={t(online ? 'stopping.killHow' : 'stopping.killOffline')}
        aria-label={t(hold.armed ? 'stopping.killNameArmed' : 'stopping.killName')}
        {...hold.handlers}
        className="relative inline-flex h-8 min-w-24 touch-none items-center justify-center gap-1.5 overflow-hidden rounded-control border border-kill bg-kill px-3 text-12 font-bold tracking-wide text-on-kill select-none disabled:opacity-55"
      >
        <span
          aria-hidden
          className="absolute inset-y-0 left-0 bg-on-kill/25"
          style={{
            width: hold.holding ? '100%' : '0%',
            transition: hold.holding ? `width ${HOLD_MS}ms linear` : 'none',
          }}
        />
        <Power aria-hidden size={14} className="relative" />
        <span className="relative">{words}</span>
      </button>
    </>
  );
}
