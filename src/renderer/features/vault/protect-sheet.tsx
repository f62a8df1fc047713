import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Sheet } from '../../components/sheet.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { newPassphrase } from './new-passphrase.ts';
import { newRecoveryCode, RecoveryStep } from './recovery-step.tsx';
import { SecretField, takeSecret } from './secret-field.tsx';
import { Buttons, Problem } from './sheet-parts.tsx';

type Props = { readonly open: boolean; readonly onClose: () => void };
type Step = { readonly kind: 'passphrase' } | { readonly kind: 'code'; readonly code: string };

/** Sets the first passphrase: typed twice, then the recovery code, shown once and confirmed, then the data is written under a new key. */
export function ProtectSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  const { vault } = useStores();
  const { busy, error } = useStore(vault);
  /** Said before anything is typed or written on paper: the engine would refuse it at the end. */
  const running = useEngine(({ status }) => status !== null && status.cycleRunning !== null);
  const [step, setStep] = useState<Step>({ kind: 'passphrase' });
  const [problem, setProblem] = useState<string | null>(null);
  const [first, second] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  /** Between the two steps only; in no state, so that it is in no snapshot of the page's. */
  const passphrase = useRef('');

  const leave = (): void => {
    passphrase.current = '';
    for (const field of [first, second]) takeSecret(field.current);
    setProblem(null);
    vault.forgetError();
    setStep({ kind: 'passphrase' });
    onClose();
  };
  const typed = (event: FormEvent): void => {
    event.preventDefault();
    const read = newPassphrase(t, first.current, second.current);
    if ('problem' in read) return setProblem(read.problem);
    passphrase.current = read.passphrase;
    setProblem(null);
    setStep({ kind: 'code', code: newRecoveryCode() });
  };
  const confirmed = (): void => {
    if (step.kind !== 'code') return;
    void vault
      .protect({ passphrase: passphrase.current, recoveryCode: step.code })
      .then((done) => (done ? leave() : undefined));
  };

  return (
    <Sheet open={open} onClose={leave} title={t('vault.protectTitle')}>
      {step.kind === 'passphrase' ? (
        <form onSubmit={typed}>
          <p className="text-muted">{t('vault.protectWhy')}</p>
          <SecretField label={t('vault.passphrase')} ref={first} takesFocus hint={t('vault.passphraseHint')} />
          <SecretField label={t('vault.onceMore')} ref={second} />
          <Problem text={problem ?? (running ? t('vault.running') : null)} />
          <Buttons onClose={leave} action={t('vault.next')} disabled={running} />
        </form>
      ) : (
        <RecoveryStep
          code={step.code}
          busy={busy}
          error={error}
          action={t(busy ? 'vault.writing' : 'vault.set')}
          onClose={leave}
          onConfirmed={confirmed}
        />
      )}
    </Sheet>
  );
}
