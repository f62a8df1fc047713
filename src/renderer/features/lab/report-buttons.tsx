import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { REPORT_FORMS } from '#shared/contract/measurements.ts';
import { saveFile } from '../../app/save-file.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';

export type ReportForm = (typeof REPORT_FORMS)[number];
export const RUN_FORMS: readonly ReportForm[] = ['html', 'csv', 'trades', 'equity'];
export const STUDY_FORMS: readonly ReportForm[] = ['html', 'csv'];

/** Saves the report of a run, a study or a measurement; the engine makes it. */
export function ReportButtons({ id, forms }: { readonly id: string; readonly forms: readonly ReportForm[] }) {
  const { t } = useTranslation();
  const { measurements } = useStores();
  const { busy, error, run } = useAct();
  const [saved, setSaved] = useState<string | null>(null);
  return (
    <div className="flex flex-wrap items-center justify-end gap-1.5">
      <span role="status" className="text-11 text-faint">
        {saved === null ? '' : t('measuring.handedOver', { name: saved })}
      </span>
      {forms.map((as) => (
        <Button
          key={as}
          icon={<Download aria-hidden size={13} />}
          disabled={busy}
          aria-label={t(`measuring.saveAsOf.${as}`, { id })}
          onClick={() =>
            void run(async () => {
              const file = await measurements.report({ id, as });
              saveFile(file.name, file.text);
              setSaved(file.name);
            })
          }
        >
          {t(`measuring.saveAs.${as}`)}
        </Button>
      ))}
      {error !== null && <ErrorState error={error} />}
    </div>
  );
}
