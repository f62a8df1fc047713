import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Setting } from '../../components/setting.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { EnrolSheet, newEnrolment } from './enrol-sheet.tsx';

/** The authenticator app: enrolled or not, its backup codes, and going without it. */
export function TotpSetting() {
  const { t } = useTranslation();
  const { access, vault } = useStores();
  const loaded = useStore(access.status);
  const bare = useStore(vault, ({ status }) => status?.state === 'open');
  const { busy, error, run } = useAct();
  const [enrolling, setEnrolling] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  const renew = (): void => {
    const { backupCodes } = newEnrolment();
    // Shown only once the engine has them: until then the old ones hold.
    void run(() => access.newBackupCodes(backupCodes)).then((done) => (done ? setCodes(backupCodes) : undefined));
  };
  return (
    <>
      <LoadedView
        loaded={loaded}
        what={t('security.loading')}
        retry={() => void access.status.refresh()}
        cancel={access.status.giveUp}
      >
        {({ totp }) => (
          <Setting
            id="totp"
            label={t('security.totp')}
            note={
              <>
                {t('security.totpNote')}
                <span className="mt-1 block text-ink">
                  {totp.enrolled ? t('security.totpIs', { left: totp.backupCodesLeft }) : t('security.totpNone')}{' '}
                  {totp.enrolled && totp.asksAtUnlock && t('security.totpAtUnlock')}
                </span>
                {totp.waitMs > 0 && (
                  <span className="block text-warn">
                    {t('security.totpWait', { seconds: Math.ceil(totp.waitMs / 1000) })}
                  </span>
                )}
                {bare && <span className="block">{t('security.afterPassphrase')}</span>}
              </>
            }
          >
            {() =>
              totp.enrolled ? (
                <div className="flex flex-wrap items-center gap-2">
                  <ConfirmButton
                    label={t('security.newCodes')}
                    ask={t('security.newCodesAsk')}
                    yes={t('security.newCodes')}
                    no={t('security.cancel')}
                    disabled={busy}
                    onYes={renew}
                  />
                  <ConfirmButton
                    label={t('security.disable')}
                    ask={t('security.disableAsk')}
                    yes={t('security.disable')}
                    no={t('security.cancel')}
                    disabled={busy}
                    onYes={() => void run(() => access.disable())}
                  />
                </div>
              ) : (
                <Button disabled={bare} onClick={() => setEnrolling(true)}>
                  {t('security.enrol')}
                </Button>
              )
            }
          </Setting>
        )}
      </LoadedView>
      {error !== null && <ErrorState error={error} />}
      {enrolling && <EnrolSheet onClose={() => setEnrolling(false)} />}
      {codes !== null && (
        <Sheet open onClose={() => setCodes(null)} title={t('security.codesTitle')}>
          <BackupCodes codes={codes} onDone={() => setCodes(null)} />
        </Sheet>
      )}
    </>
  );
}
