import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { compare } from '#shared/format/decimal-text.ts';

type Props = { readonly drawdown: string; readonly limits: EngineStatus['drawdownLimits'] };

/** How much of the drawdown that may never be reached is used, of the limits that hold. The engine enforces them; this only shows it. */
export function RiskMeter({ drawdown, limits }: Props) {
  const { t } = useTranslation();
  // The width is drawing, so a float is fine here.
  const share = Math.min(1, Math.max(0, Number(drawdown) / Number(limits.most)));
  const tone =
    compare(drawdown, limits.most) >= 0
      ? 'bg-danger'
      : compare(drawdown, limits.reduceOnlyAt) >= 0
        ? 'bg-warn'
        : 'bg-accent';
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
