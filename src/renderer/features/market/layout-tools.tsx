import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Switch } from '../../components/switch.tsx';
import { useKeepLayout, useLayoutChanged, useLayoutLocked } from './market-layout.ts';

/** Whether the parts of the screen can be moved, and the way back to how they were. A narrow window has nothing to move. */
export function LayoutTools() {
  const { t } = useTranslation();
  const label = useId();
  const locked = useLayoutLocked();
  const changed = useLayoutChanged();
  const keep = useKeepLayout();
  return (
    <div className="ml-auto flex items-center gap-2 text-12 text-muted max-lg:hidden">
      <span id={label}>{t('market.layout.lock')}</span>
      <Switch labelledBy={label} checked={locked} onChange={(next) => keep({ locked: next })} />
      <Button
        icon={<RotateCcw aria-hidden size={13} />}
        aria-disabled={locked || !changed}
        onClick={() => {
          if (!locked && changed) keep({ sizes: {} });
        }}
      >
        {t('market.layout.reset')}
      </Button>
    </div>
  );
}
