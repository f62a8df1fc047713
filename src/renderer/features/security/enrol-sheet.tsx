import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ENROLMENT_BYTES, otpauthUri, writeEnrolment } from '#shared/authenticator-key.ts';
import { useAct } from '../../app/use-act.ts';
import { QrCode } from '../../components/qr-code.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { SecretField, takeSecret } from '../vault/secret-field.tsx';
import { Buttons } from '../vault/sheet-parts.tsx';
import { BackupCodes } from './backup-codes.tsx';

/** A new key with its codes, out of the page's own randomness: the face that shows them makes them (ADR 33). */
export const newEnrolment = () => writeEnrolment(crypto.getRandomValues(new Uint8Array(ENROLMENT_BYTES)));

const GROUPS = /.{4}/g;

type Props = { readonly onClose: () => void };

/** Mounted while it is open, so that each opening has a key of its own and none outlives it. */
export function EnrolSheet({ onClose }: Props) {
  const { t } = useTranslation();
  const [enrolment, setEnrolment] = useState<ReturnType<typeof newEnrolment> | null>(newEnrolment);
  const [codes, setCodes] = useState<readonly string[]>([]);
  return (
    <Sheet open onClose={onClose} title={t(enrolment === null ? 'security.codesTitle' : 'security.enrolTitle')}>
      {enrolment === null ? (
        <BackupCodes codes={codes} onDone={onClose} />
      ) : (
        <KeyStep
          enrolment={enrolment}
          onClose={onClose}
          onTaken={() => {
            // The key has done its part and is nowhere from here on; the codes are shown once.
            setCodes(enrolment.backupCodes);
            setEnrolment(null);
          }}
        />
      )}
    </Sheet>
  );
}

type StepProps = Props & { readonly enrolment: ReturnType<typeof newEnrolment>; readonly onTaken: () => void };

/** The key as a picture and as text, and the code that shows that the app has it. */
function KeyStep({ enrolment: { secret, backupCodes }, onClose, onTaken }: StepProps) {
  const { t } = useTranslation();
  const { access } = useStores();
  const { busy, error, run } = useAct();
  const [asksAtUnlock, setAsksAtUnlock] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const box = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const code = takeSecret(field.current).replaceAll(' ', '');
    if (code === '') return;
    void run(() => access.enroll({ secret, code, asksAtUnlock, backupCodes })).then((done) =>
      done ? onTaken() : undefined,
    );
  };
  return (
    <form onSubmit={submit}>
      <p className="text-muted">{t('security.enrolText')}</p>
      <div className="mt-3 flex flex-wrap items-start gap-4">
        <QrCode text={otpauthUri(secret)} label={t('security.qr')} />
        <div className="min-w-48 flex-1">
          <div className="text-12 text-muted">{t('security.key')}</div>
          <p
            data-testid="totp-key"
            className="figure-mono mt-1 rounded-control border border-line bg-bg2 p-2 text-13 leading-6"
          >
            {/* In fours, so that the eye keeps its place. */}
            {(secret.match(GROUPS) ?? []).join(' ')}
          </p>
          <SecretField label={t('security.enrolCode')} ref={field} takesFocus plain />
          <label htmlFor={box} className="mt-3 flex min-h-6 items-center gap-2 text-12">
            <input
              id={box}
              type="checkbox"
              checked={asksAtUnlock}
              onChange={(event) => setAsksAtUnlock(event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            {t('security.atUnlock')}
          </label>
        </div>
      </div>
      {error !== null && <ErrorState error={error} />}
      <Buttons onClose={onClose} action={t(busy ? 'security.enrolling' : 'security.enrolAct')} disabled={busy} />
    </form>
  );
}
