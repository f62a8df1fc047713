import { clsx } from 'clsx';
import { Clock } from 'lucide-react';
import { memo, type ReactNode, useEffect, useState } from 'react';
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
  return <AgeWords age={ageText(ageMs)} stale={isStale(ageMs, intervalMs)} interval={ageText(intervalMs)} />;
}

type WordsProps = { readonly age: string; readonly stale: boolean; readonly interval: string };

/** An age moves on all the time, and its words only now and then. */
const AgeWords = memo(function AgeWords({ age, stale, interval }: WordsProps) {
  const { t } = useTranslation();
  const title = stale ? t('states.stale', { age, interval }) : t('states.age', { age });
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
});

/** Values that are kept although they are stale: every figure in italics, behind a hatch (app.css). It has no box of its own. */
export function MaybeStale({ stale, children }: { readonly stale: boolean; readonly children: ReactNode }) {
  return (
    <div className="contents" data-kept={stale}>
      {children}
    </div>
  );
}

const TICK_MS = 1000;

/** How old the figures are that a panel keeps because newer ones could not be had; it grows while nothing comes. */
export function KeptSince({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p data-testid="kept" className="figure flex items-center gap-1 px-3 py-1 text-11 font-bold text-warn">
      <Clock aria-hidden size={11} className="shrink-0" />
      {t('states.kept', { age: ageText(Math.max(0, now - at)) })}
    </p>
  );
}
