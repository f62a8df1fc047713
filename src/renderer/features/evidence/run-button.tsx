import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { EvidenceSheet } from './evidence-sheet.tsx';

/** Leads to a run: opens what it knew. */
export function RunButton({ cycle }: { readonly cycle: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {t('evidence.run', { cycle })}
      </Button>
      <EvidenceSheet cycle={cycle} open={open} fact={null} onClose={() => setOpen(false)} />
    </>
  );
}
