import { type FormEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/states.tsx';
import type { ViewError } from '../../stores/loaded.ts';
import { SecretField, takeSecret } from '../vault/secret-field.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';

type Props = {
  readonly text: ReactNode;
  readonly action: string;
  readonly busy: boolean;
  readonly error: ViewError | null;
  readonly onClose: () => void;
  readonly onGiven: (passphrase: string) => void;
};

/** Asks for the passphrase that an act brings along; the field is empty before anything is sent. */
export function PassphraseForm({ text, action, busy, error, onClose, onGiven }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const passphrase = takeSecret(field.current);
    if (passphrase !== '') onGiven(passphrase);
  };
  return (
    <form onSubmit={submit}>
      <p className="text-muted">{text}</p>
      <SecretField label={t('security.passphrase')} ref={field} takesFocus />
      {error !== null && <ErrorState error={error} />}
      <Buttons onClose={onClose} action={action} disabled={busy} />
    </form>
  );
}
