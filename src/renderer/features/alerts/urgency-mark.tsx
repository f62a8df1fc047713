import { clsx } from 'clsx';
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AlertView } from '#shared/contract/alerts.ts';

const MARKS = {
  critical: { Icon: OctagonAlert, tone: 'text-danger' },
  normal: { Icon: TriangleAlert, tone: 'text-warn' },
  low: { Icon: Info, tone: 'text-muted' },
} as const;

/** How urgent an alert is: by shape, by colour, and in words for who hears it. */
export function UrgencyMark({ urgency }: Pick<AlertView, 'urgency'>) {
  const { t } = useTranslation();
  const { Icon, tone } = MARKS[urgency];
  return (
    <Icon size={16} role="img" aria-label={t(`alerts.urgency.${urgency}`)} className={clsx('mt-0.5 shrink-0', tone)} />
  );
}
