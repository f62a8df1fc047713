import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Setting } from '../../components/setting.tsx';
import { Switch } from '../../components/switch.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { ProtectSheet } from '../vault/protect-sheet.tsx';
import { ChangeSheet } from './change-sheet.tsx';
import { NewCodeSheet } from './new-code-sheet.tsx';
import { UnattendedSheet } from './unattended-sheet.tsx';

type Open = 'set' | 'change' | 'recovery' | 'rotate' | 'unattended' | null;

/** How the data is protected, and every way to change that. */
export function ProtectionSettings() {
  const { t } = useTranslation();
  const { vault } = useStores();
  const status = useStore(vault, (state) => state.status);
  const [open, setOpen] = useState<Open>(null);
  if (status === null) return null;
  const bare = status.state === 'open';
  const unattended = status.slots.includes('unattended');
  const close = (): void => setOpen(null);
  return (
    <>
      <Setting id="protection" label={t('security.protection')} note={<ProtectionNote status={status} />}>
        {() =>
          bare && (
            <Button kind="primary" onClick={() => setOpen('set')}>
              {t('security.set')}
            </Button>
          )
        }
      </Setting>
      <Setting
        id="passphrase"
        label={t('security.passphrase')}
        note={t(bare ? 'security.afterPassphrase' : 'security.passphraseNote')}
      >
        {() => (
          <Button disabled={bare} onClick={() => setOpen('change')}>
            {t('security.change')}
          </Button>
        )}
      </Setting>
      <Setting id="recovery" label={t('security.recovery')} note={t('security.recoveryNote')}>
        {() => (
          <Button disabled={bare} onClick={() => setOpen('recovery')}>
            {t('security.renew')}
          </Button>
        )}
      </Setting>
      <Setting id="rotate" label={t('security.rotate')} note={t('security.rotateNote')}>
        {() => (
          <Button disabled={bare} onClick={() => setOpen('rotate')}>
            {t('security.rotateAct')}
          </Button>
        )}
      </Setting>
      <Setting id="unattended" label={t('security.unattended')} note={t('security.unattendedNote')}>
        {(labelledBy) => (
          <Switch labelledBy={labelledBy} disabled={bare} checked={unattended} onChange={() => setOpen('unattended')} />
        )}
      </Setting>
      <ProtectSheet open={open === 'set'} onClose={close} />
      <ChangeSheet open={open === 'change'} onClose={close} />
      <NewCodeSheet kind="recovery" open={open === 'recovery'} onClose={close} />
      <NewCodeSheet kind="rotate" open={open === 'rotate'} onClose={close} />
      <UnattendedSheet on={!unattended} open={open === 'unattended'} onClose={close} />
    </>
  );
}

/** The state, what opens the vault, what is wrong with it, and whether a crash can leave memory behind. */
function ProtectionNote({ status }: { readonly status: VaultStatus }) {
  const { t } = useTranslation();
  const Icon = status.state === 'open' ? ShieldAlert : ShieldCheck;
  return (
    <>
      <span className="flex items-start gap-1.5 text-ink">
        <Icon
          aria-hidden
          size={14}
          className={status.state === 'open' ? 'mt-px shrink-0 text-warn' : 'mt-px shrink-0 text-ok'}
        />
        {t(`security.states.${status.state}`)}
      </span>
      <span className="mt-1 block">
        {t('security.opensBy', { ways: status.slots.map((slot) => t(`security.slots.${slot}`)).join('; ') })}
      </span>
      <span className="block">{t(`security.dumps.${status.coreDumps}`)}</span>
      {status.problem !== null && (
        <span role="status" className="mt-1 block text-warn first-letter:uppercase">
          {said(status.problem)}
          {status.remedy !== null && (
            <span className="block text-muted first-letter:uppercase">{said(status.remedy)}</span>
          )}
        </span>
      )}
    </>
  );
}
