import { clsx } from 'clsx';
import { Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ageText } from '#shared/format/time.ts';

/** Data may be twice as old as it is expected to come before it is called stale. */
const STALE_AFTER_INTERVALS = 2;

export const isStale = (ageMs: number, intervalMs: number): boolean => ageMs > STALE_AFTER_INTERVALS * intervalMs;

type Props = {
  readonly ageMs: number;
  /** How often new data is expected, in milliseconds. */
  readonly intervalMs: number;
};

/** How old data is: quiet while it is fresh, a clock in amber with its reason once it is stale. */
export function AgeBadge({ ageMs, intervalMs }: Props) {
  const { t } = useTranslation();
  const age = ageText(ageMs);
  const stale = isStale(ageMs, intervalMs);
  const title = stale ? t('states.stale', { age, interval: ageText(intervalMs) }) : t('states.age', { age });
  return (
    <span
      title={title}
      data-stale={stale}
      className={clsx('figure inline-flex items-center gap-1 text-11', stale ? 'font-bold text-warn' : 'text-faint')}
    >
      <Clock aria-hidden size={11} className={clsx('shrink-0', !stale && 'opacity-0')} />
      <span className="sr-only">{title}</span>
      <span aria-hidden>{age}</span>
    </span>
  );
}

/** Values that are kept although they are stale: every figure in italics, behind a hatch (app.css). It has no box of its own. */
export function MaybeStale({ stale, children }: { readonly stale: boolean; readonly children: ReactNode }) {
  return (
    <div className="contents" data-kept={stale}>
      {children}
    </div>
  );
}
