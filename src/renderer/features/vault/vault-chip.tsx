import { Lock, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ProtectSheet } from './protect-sheet.tsx';

const STRIP_BUTTON =
  'figure fade flex h-6 shrink-0 items-center gap-1.5 border-r border-hair px-2.5 whitespace-nowrap -outline-offset-2 hover:bg-bg2 hover:text-ink max-sm:hidden';

/** How the data is protected, and the one thing to do about it: set a passphrase, or lock the window. */
export function VaultChip({ online }: { readonly online: boolean }) {
  const { vault } = useStores();
  const protection = useEngine((state) => state.status?.protection);
  const [open, setOpen] = useState(false);
  if (protection === undefined) return null;
  return protection.protected ? (
    <>
      <span
        title={protection.label}
        className="figure flex items-center gap-1.5 px-2.5 whitespace-nowrap max-sm:hidden"
      >
        <ShieldCheck aria-hidden size={12} />
        Protected
      </span>
      <button
        type="button"
        disabled={!online}
        title="Lock this window; the engine goes on"
        className={STRIP_BUTTON}
        onClick={() => void vault.lock()}
      >
        <Lock aria-hidden size={12} />
        Lock
      </button>
    </>
  ) : (
    <>
      <button
        type="button"
        disabled={!online}
        title={`${protection.label}. Set a passphrase.`}
        className={`${STRIP_BUTTON} text-warn`}
        onClick={() => setOpen(true)}
      >
        <ShieldAlert aria-hidden size={12} />
        Not protected
      </button>
      <ProtectSheet open={open} onClose={() => setOpen(false)} />
    </>
  );
}
