import { clsx } from 'clsx';
import { Check, Circle } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Whether a step is done: shape first, the word for those who do not see it. */
export function StepMark({ done }: { readonly done: boolean }) {
  const { t } = useTranslation();
  const Icon = done ? Check : Circle;
  return (
    <span className={clsx('inline-flex shrink-0', done ? 'text-up' : 'text-faint')}>
      <Icon aria-hidden size={14} />
      <span className="sr-only">{done ? t('setup.done') : t('setup.notDone')}</span>
    </span>
  );
}
