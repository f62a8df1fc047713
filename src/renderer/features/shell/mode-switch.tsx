import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ModeSheet } from './mode-sheet.tsx';

/** The mode, always in sight, and the way to change it. */
export function ModeSwitch({ online }: { readonly online: boolean }) {
  const { t } = useTranslation();
  const { automation } = useStores();
  const mode = useEngine((state) => state.status?.mode ?? null);
  const asked = useStore(automation, (state) => state.asked);
  if (mode === null) return null;
  return (
    <>
      <button
        type="button"
        data-testid="mode"
        data-mode={mode}
        disabled={!online}
        aria-haspopup="dialog"
        aria-expanded={asked !== null}
        title={t('approvals.mode.change')}
        onClick={() => automation.askMode(mode)}
        className="fade hidden h-7 items-center gap-1.5 rounded-control px-1.5 whitespace-nowrap hover:bg-bg2 disabled:opacity-55 sm:flex"
      >
        <span className="text-11 text-faint">{t('approvals.mode.label')}</span>
        <span className="text-13 font-medium">{t(`approvals.mode.name.${mode}`)}</span>
        <ChevronDown aria-hidden size={12} className="text-faint" />
      </button>
      {asked !== null && <ModeSheet first={asked} onClose={() => automation.askMode(null)} />}
    </>
  );
}
