import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SECOND_MS = 1_000;
const SECONDS = 60;

const text = (ms: number): string => {
  const seconds = Math.ceil(ms / SECOND_MS);
  return `${Math.floor(seconds / SECONDS)}:${String(seconds % SECONDS).padStart(2, '0')}`;
};

/** Counts down to the moment at which what nobody decided is rejected by itself. The engine decides it; this only says when. */
export function TimeLeft({ expiresAt }: { readonly expiresAt: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const left = expiresAt - now;
  return (
    <span
      data-testid="time-left"
      role="timer"
      className="figure text-12 text-muted"
      aria-label={t('approvals.leftLabel')}
    >
      {left <= 0 ? t('approvals.over') : t('approvals.left', { time: text(left) })}
    </span>
  );
}
