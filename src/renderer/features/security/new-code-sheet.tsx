import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { newRecoveryCode, RecoveryStep } from '../vault/recovery-step.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

/** Both end with a new recovery code; `rotate` writes all data under another key as well. */
export type NewCodeKind = 'recovery' | 'rotate';
type Props = { readonly kind: NewCodeKind; readonly open: boolean; readonly onClose: () => void };

export function NewCodeSheet({ kind, open, onClose }: Props) {
  const { t } = useTranslation();
  const { access } = useStores();
  const { busy, error, run, forget } = useAct();
  const [code, setCode] = useState<string | null>(null);
  /** Between the two steps only; in no state, so that it is in no snapshot of the page's. */
  const passphrase = useRef('');

  const leave = (): void => {
    passphrase.current = '';
    setCode(null);
    forget();
    onClose();
  };
  const confirmed = (recoveryCode: string): void => {
    const given = { passphrase: passphrase.current, recoveryCode };
    void run(() => (kind === 'rotate' ? access.rotate(given) : access.newRecoveryCode(given))).then((done) =>
      done ? leave() : undefined,
    );
  };

  return (
    <Sheet open={open} onClose={leave} title={t(kind === 'rotate' ? 'security.rotateTitle' : 'security.renewTitle')}>
      {code === null ? (
        <PassphraseForm
          text={t('security.typePassphrase')}
          action={t('security.goOn')}
          busy={false}
          error={null}
          onClose={leave}
          onGiven={(given) => {
            passphrase.current = given;
            setCode(newRecoveryCode());
          }}
        />
      ) : (
        <RecoveryStep
          code={code}
          busy={busy}
          error={error}
          action={t(busy ? 'vault.writing' : 'security.keep')}
          onClose={leave}
          onConfirmed={() => confirmed(code)}
        />
      )}
    </Sheet>
  );
}
