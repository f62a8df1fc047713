import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { ErrorState } from '../../components/states.tsx';
import type { ViewError } from '../../stores/loaded.ts';
import { SecretField, takeSecret } from './secret-field.tsx';
import { Buttons, Problem } from './sheet-parts.tsx';

export const newRecoveryCode = (): string => writeRecoveryCode(crypto.getRandomValues(new Uint8Array(RECOVERY_BYTES)));

type Props = {
  readonly code: string;
  readonly busy: boolean;
  readonly error: ViewError | null;
  readonly action: string;
  readonly onClose: () => void;
  readonly onConfirmed: () => void;
};

/** A recovery code, shown once: nothing goes on before its last group was typed back, so that no vault waits for a code that nobody has. */
export function RecoveryStep({ code, busy, error, action, onClose, onConfirmed }: Props) {
  const { t } = useTranslation();
  const last = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (takeSecret(last.current).trim().toUpperCase() !== code.split('-').at(-1))
      return setProblem(t('vault.wrongGroup'));
    setProblem(null);
    onConfirmed();
  };
  return (
    <form onSubmit={submit}>
      <p className="text-muted">{t('vault.codeText')}</p>
      <p
        data-testid="recovery-code"
        className="figure-mono mt-3 rounded-control border border-line bg-bg2 p-3 text-13 leading-6"
      >
        {/* Two rows of seven groups: easier to copy without losing one's place. */}
        <span className="block max-w-[35ch]">{code.replaceAll('-', ' ')}</span>
      </p>
      <SecretField label={t('vault.lastGroup')} ref={last} takesFocus plain />
      <Problem text={problem} />
      {error !== null && <ErrorState error={error} />}
      <Buttons onClose={onClose} action={action} disabled={busy} />
    </form>
  );
}
