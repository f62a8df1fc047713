import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { KillReport } from '#shared/contract/kill.ts';
import { said } from '../../app/said.ts';
import { Moment } from '../../components/moment.tsx';

type Props = {
  readonly steps: KillReport['steps'];
  /** Leaves out what a step that was done has to tell, for a window that may show nothing of the account. */
  readonly brief?: boolean;
};

/** What the kill switch did, step by step, with its time; none can be skipped. */
export function KillSteps({ steps, brief = false }: Props) {
  const { t } = useTranslation();
  return (
    <ol className="flex flex-col" data-testid="kill-steps">
      {steps.map((step, index) => (
        <li key={step.name} className="flex items-start gap-3 border-t border-hair py-2 first:border-t-0">
          <span className="figure w-4 shrink-0 text-right text-faint">{index + 1}</span>
          <span className="flex min-w-0 flex-1 flex-col">
            <span className="font-medium text-ink">{step.name}</span>
            {!(brief && step.done) && <span className="text-12 text-muted">{said(step.detail)}</span>}
          </span>
          <Moment ms={step.ts} form="seconds" className="text-11 leading-[1.15rem] text-faint" />
          {step.done ? (
            <span className="inline-flex w-16 items-center justify-end gap-1 text-12 leading-[1.15rem] text-ok">
              <Check aria-hidden size={14} /> {t('stopping.done')}
            </span>
          ) : (
            <span className="inline-flex w-16 items-center justify-end gap-1 text-12 leading-[1.15rem] text-danger">
              <X aria-hidden size={14} /> {t('stopping.failed')}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
