import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortfolioFile } from '#shared/contract/portfolio.ts';
import { saveFile } from '../../app/save-file.ts';
import { Button } from '../../components/button.tsx';
import { useStores, useTrading } from '../../stores/stores-context.tsx';

/** Saves a table of the portfolio as CSV; the engine makes the file. */
export function ExportButton({ what }: { readonly what: PortfolioFile['what'] }) {
  const { t } = useTranslation();
  const { trading } = useStores();
  const busy = useTrading((state) => state.busy.has(`export ${what}`));
  const [saved, setSaved] = useState<PortfolioFile | null>(null);
  const save = async (): Promise<void> => {
    const file = await trading.exported(what);
    if (file === undefined) return;
    saveFile(file.name, file.csv);
    setSaved(file);
  };
  return (
    <>
      <span role="status" className="text-11 text-faint">
        {saved === null ? '' : t('trading.exported', { count: saved.rows, name: saved.name })}
      </span>
      <Button
        kind="quiet"
        icon={<Download aria-hidden size={13} />}
        aria-label={t('trading.exportOf', { what: t(`trading.files.${what}`) })}
        aria-disabled={busy}
        onClick={() => void save()}
      >
        {t('trading.export')}
      </Button>
    </>
  );
}
