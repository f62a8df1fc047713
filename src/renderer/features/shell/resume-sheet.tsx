import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';

type Props = { readonly open: boolean; readonly onClose: () => void };

/** Opens the gate again. The reason is written into the journal. */
export function ResumeSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  const { engine } = useStores();
  const [reason, setReason] = useState('');
  const resuming = useEngine((state) => state.resuming);
  const error = useEngine((state) => state.resumeError);
  const why = useEngine((state) => state.status?.haltReason ?? null);
  const id = useId();
  const trimmed = reason.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '') return;
    void engine.resume(trimmed).then((opened) => (opened ? onClose() : undefined));
  };

  return (
    <Sheet open={open} onClose={onClose} title={t('stopping.resumeTitle')}>
      <form onSubmit={submit}>
        <p className="text-muted">{why === null ? t('stopping.haltedPlain') : t('stopping.haltedWhy', { why })}</p>
        <label htmlFor={id} className="mt-4 mb-1 block text-12 text-muted">
          {t('stopping.reason')}
        </label>
        <input
          id={id}
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
          className="h-8 w-full rounded-control border border-line bg-bg2 px-2.5 text-13 text-ink"
        />
        {error !== null && <ErrorState error={error} />}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>{t('stopping.stayHalted')}</Button>
          <Button kind="primary" type="submit" disabled={resuming || trimmed === ''}>
            {resuming ? t('stopping.opening') : t('stopping.open')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
