import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { SecretField, takeSecret } from './secret-field.tsx';

type Props = { readonly open: boolean; readonly onClose: () => void };
type Step = { readonly kind: 'passphrase' } | { readonly kind: 'code'; readonly code: string };

const LEAST_CHARACTERS = 10;

/** Sets the first passphrase: typed twice, then the recovery code, shown once and confirmed, then the data is written under a new key. */
export function ProtectSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  const { vault } = useStores();
  const { busy, error } = useStore(vault);
  /** Said before anything is typed or written on paper: the engine would refuse it at the end. */
  const running = useEngine(({ status }) => status !== null && status.cycleRunning !== null);
  const [step, setStep] = useState<Step>({ kind: 'passphrase' });
  const [problem, setProblem] = useState<string | null>(null);
  const [first, second, last] = [
    useRef<HTMLInputElement>(null),
    useRef<HTMLInputElement>(null),
    useRef<HTMLInputElement>(null),
  ];
  /** Between the two steps only; in no state, so that it is in no snapshot of the page's. */
  const passphrase = useRef('');

  const leave = (): void => {
    passphrase.current = '';
    for (const field of [first, second, last]) takeSecret(field.current);
    setProblem(null);
    vault.forgetError();
    setStep({ kind: 'passphrase' });
    onClose();
  };
  const typed = (event: FormEvent): void => {
    event.preventDefault();
    const [one, other] = [takeSecret(first.current), takeSecret(second.current)];
    if (one !== other) return setProblem(t('vault.differ'));
    if (Array.from(one).length < LEAST_CHARACTERS) return setProblem(t('vault.tooShort', { least: LEAST_CHARACTERS }));
    passphrase.current = one;
    setProblem(null);
    setStep({ kind: 'code', code: writeRecoveryCode(crypto.getRandomValues(new Uint8Array(RECOVERY_BYTES))) });
  };
  const confirmed = (event: FormEvent): void => {
    event.preventDefault();
    if (step.kind !== 'code') return;
    if (takeSecret(last.current).trim().toUpperCase() !== step.code.split('-').at(-1))
      return setProblem(t('vault.wrongGroup'));
    setProblem(null);
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
        <form onSubmit={confirmed}>
          <p className="text-muted">{t('vault.codeText')}</p>
          <p
            data-testid="recovery-code"
            className="figure-mono mt-3 rounded-control border border-line bg-bg2 p-3 text-13 leading-6"
          >
            {/* Two rows of seven groups: easier to copy without losing one's place. */}
            <span className="block max-w-[35ch]">{step.code.replaceAll('-', ' ')}</span>
          </p>
          <SecretField label={t('vault.lastGroup')} ref={last} takesFocus plain />
          <Problem text={problem} />
          {error !== null && <ErrorState error={error} />}
          <Buttons onClose={leave} action={busy ? t('vault.writing') : t('vault.set')} disabled={busy} />
        </form>
      )}
    </Sheet>
  );
}

const Problem = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p role="alert" className="mt-2 text-12 text-danger">
      {text}
    </p>
  );

type ButtonsProps = { readonly onClose: () => void; readonly action: string; readonly disabled: boolean };

function Buttons({ onClose, action, disabled }: ButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="mt-4 flex justify-end gap-2">
      <Button onClick={onClose} disabled={disabled}>
        {t('vault.cancel')}
      </Button>
      <Button kind="primary" type="submit" disabled={disabled}>
        {action}
      </Button>
    </div>
  );
}
