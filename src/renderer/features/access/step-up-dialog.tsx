import { type FormEvent, memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { SecretField, takeSecret } from '../vault/secret-field.tsx';

/** Asks who it is before the engine does what raises risk, autonomy or rights; then what was asked for goes on by itself. */
export const StepUpDialog = memo(function StepUpDialog() {
  const { t } = useTranslation();
  const { stepUp } = useStores();
  const { asking, busy, error } = useStore(stepUp);
  const field = useRef<HTMLInputElement>(null);
  const confirm = asking?.needs === 'confirm';
  const byCode = asking?.needs === 'totp';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (confirm) return void stepUp.give({ kind: 'confirm' });
    const text = takeSecret(field.current).trim();
    if (text !== '') void stepUp.give(byCode ? { kind: 'code', code: text } : { kind: 'passphrase', passphrase: text });
  };

  return (
    <Sheet open={asking !== null} onClose={() => stepUp.refuse()} title={t('access.stepUp.title')} above>
      <form onSubmit={submit} data-testid="step-up">
        <p className="font-medium first-letter:uppercase">{said(asking?.why ?? '')}.</p>
        <p className="mt-1.5 text-muted">{t(confirm ? 'access.stepUp.confirmText' : 'access.stepUp.proofText')}</p>
        {asking !== null && !confirm && (
          <SecretField label={t(byCode ? 'access.code' : 'access.passphrase')} ref={field} takesFocus plain={byCode} />
        )}
        {error !== null && <ErrorState error={error} />}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => stepUp.refuse()}>{t('access.cancel')}</Button>
          {asking !== null && asking.biometric !== null && !confirm && (
            <Button disabled={busy} onClick={() => void stepUp.give({ kind: 'biometric' })}>
              {t('access.stepUp.biometric', { name: asking.biometric })}
            </Button>
          )}
          <Button kind="primary" type="submit" disabled={busy}>
            {t(busy ? 'access.stepUp.proving' : confirm ? 'access.stepUp.confirm' : 'access.stepUp.prove')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
});
