import { Lock, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { said } from '../../app/said.ts';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ProtectSheet } from './protect-sheet.tsx';

const STRIP_BUTTON =
  'figure fade flex h-6 shrink-0 items-center gap-1.5 border-r border-hair px-2.5 whitespace-nowrap -outline-offset-2 hover:bg-bg2 hover:text-ink max-sm:hidden';

/** How the data is protected, and the one thing to do about it: set a passphrase, or lock the window. */
export function VaultChip({ online }: { readonly online: boolean }) {
  const { t } = useTranslation();
  const { vault } = useStores();
  const protection = useEngine((state) => state.status?.protection);
  const [open, setOpen] = useState(false);
  if (protection === undefined) return null;
  return protection.protected ? (
    <>
      <span
        title={said(protection.label)}
        className="figure flex items-center gap-1.5 px-2.5 whitespace-nowrap max-sm:hidden"
      >
        <ShieldCheck aria-hidden size={12} />
        {t('vault.isProtected')}
      </span>
      <button
        type="button"
        disabled={!online}
        title={t('vault.lockMeans')}
        className={STRIP_BUTTON}
        onClick={() => void vault.lock()}
      >
        <Lock aria-hidden size={12} />
        {t('vault.lock')}
      </button>
    </>
  ) : (
    <>
      <button
        type="button"
        disabled={!online}
        title={t('vault.notProtectedMeans', { label: said(protection.label) })}
        className={`${STRIP_BUTTON} text-warn`}
        onClick={() => setOpen(true)}
      >
        <ShieldAlert aria-hidden size={12} />
        {t('vault.notProtected')}
      </button>
      <ProtectSheet open={open} onClose={() => setOpen(false)} />
    </>
  );
}
