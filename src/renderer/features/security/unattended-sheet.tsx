import { useTranslation } from 'react-i18next';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

type Props = { readonly on: boolean; readonly open: boolean; readonly onClose: () => void };

/** Lets the vault open without the passphrase, or takes that back; either way with the passphrase. */
export function UnattendedSheet({ on, open, onClose }: Props) {
  const { t } = useTranslation();
  const { access } = useStores();
  const { busy, error, run, forget } = useAct();
  const leave = (): void => {
    forget();
    onClose();
  };
  return (
    <Sheet open={open} onClose={leave} title={t(on ? 'security.unattendedOn' : 'security.unattendedOff')}>
      <PassphraseForm
        text={t('security.unattendedNote')}
        action={t(on ? 'security.turnOn' : 'security.turnOff')}
        busy={busy}
        error={error}
        onClose={leave}
        onGiven={(passphrase) =>
          void run(() => access.setUnattended(passphrase, on)).then((done) => (done ? leave() : undefined))
        }
      />
    </Sheet>
  );
}
