import { useTranslation } from 'react-i18next';
import { compare, round, times } from '#shared/format/decimal-text.ts';

/** The drawdown budget of the account: five percent from the peak. The engine enforces it; this only shows it. */
export const DRAWDOWN_LIMIT = '0.05';
const USED_WARN = '0.03';

/** How much of the drawdown budget is used. The width is drawing, so a float is fine here. */
export function RiskMeter({ drawdown }: { readonly drawdown: string }) {
  const { t } = useTranslation();
  const share = Math.min(1, Math.max(0, Number(round(times(drawdown, '20'), 4))));
  const tone =
    compare(drawdown, DRAWDOWN_LIMIT) >= 0 ? 'bg-danger' : compare(drawdown, USED_WARN) >= 0 ? 'bg-warn' : 'bg-accent';
  return (
    <span
      role="meter"
      aria-label={t('bar.budgetUsed')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="relative inline-block h-1.5 w-14 overflow-hidden rounded-control bg-bg3"
    >
      <span className={`absolute inset-y-0 left-0 ${tone}`} style={{ width: `${share * 100}%` }} />
    </span>
  );
}
