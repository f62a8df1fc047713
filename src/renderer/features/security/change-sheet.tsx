import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { newPassphrase } from '../vault/new-passphrase.ts';
import { SecretField, takeSecret } from '../vault/secret-field.tsx';
import { Buttons, Problem } from '../vault/sheet-parts.tsx';

type Props = { readonly open: boolean; readonly onClose: () => void };

/** Another passphrase, by the one that holds or by the recovery code. */
export function ChangeSheet({ open, onClose }: Props) {
  const { t } = useTranslation();
  const { access } = useStores();
  const { busy, error, run, forget } = useAct();
  const [recovery, setRecovery] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const old = useRef<HTMLInputElement>(null);
  const [first, second] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];

  const leave = (): void => {
    for (const field of [old, first, second]) takeSecret(field.current);
    setProblem(null);
    forget();
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const held = takeSecret(old.current);
    const read = newPassphrase(t, first.current, second.current);
    if ('problem' in read) return setProblem(read.problem);
    if (held === '') return;
    setProblem(null);
    void run(() =>
      access.changePassphrase({
        credential: recovery ? { kind: 'recovery', code: held } : { kind: 'passphrase', passphrase: held },
        passphrase: read.passphrase,
        // A machine that has lost its keychain for good is mended by mt, not by the way.
        withoutKeychain: false,
      }),
    ).then((done) => (done ? leave() : undefined));
  };

  return (
    <Sheet open={open} onClose={leave} title={t('security.changeTitle')}>
      <form onSubmit={submit}>
        <SecretField
          key={recovery ? 'code' : 'passphrase'}
          ref={old}
          takesFocus
          plain={recovery}
          label={t(recovery ? 'vault.recoveryCode' : 'security.current')}
        />
        <Button kind="quiet" className="mt-1" onClick={() => setRecovery(!recovery)}>
          {t(recovery ? 'vault.usePassphrase' : 'vault.useRecovery')}
        </Button>
        <SecretField label={t('security.next')} ref={first} hint={t('vault.passphraseHint')} />
        <SecretField label={t('vault.onceMore')} ref={second} />
        <Problem text={problem} />
        {error !== null && <ErrorState error={error} />}
        <Buttons onClose={leave} action={t(busy ? 'security.changing' : 'security.change')} disabled={busy} />
      </form>
    </Sheet>
  );
}
