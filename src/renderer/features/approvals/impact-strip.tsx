import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { percentText, shortPercentText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { Money } from '../../components/figures.tsx';

function Cell({ label, value, note }: { readonly label: string; readonly value: ReactNode; readonly note: string }) {
  return (
    <div className="min-w-0 px-4 py-2.5">
      <div className="text-11 text-faint">{label}</div>
      <div className="figure text-15 font-medium">{value}</div>
      <div className="figure text-11 text-muted">{note}</div>
    </div>
  );
}

/** What a brief puts at stake, in money and of the equity and the drawdown that may be. */
export function ImpactStrip({ approval }: { readonly approval: Pick<ApprovalView, 'impact' | 'environment'> }) {
  const { t } = useTranslation();
  const { impact, environment } = approval;
  const money = (text: string): ReactNode => <Money text={text} asset={impact.asset} />;
  const ofEquity = (fraction: string): string =>
    t('approvals.impact.ofEquity', { percent: shortPercentText(fraction) });
  return (
    <div data-env={environmentTag(environment)} className="border-t border-hair bg-bg2/40">
      <div className="@container">
        <div className="grid grid-cols-2 @2xl:grid-cols-4">
          <Cell
            label={t('approvals.impact.exposure')}
            value={money(impact.exposure)}
            note={ofEquity(impact.exposureFraction)}
          />
          <Cell
            label={t('approvals.impact.trade')}
            value={money(impact.worstTrade)}
            note={ofEquity(impact.worstTradeFraction)}
          />
          <Cell
            label={t('approvals.impact.day')}
            value={money(impact.worstDay)}
            note={ofEquity(impact.worstDayFraction)}
          />
          <Cell
            label={t('approvals.impact.drawdown')}
            value={<span data-num="">{percentText(impact.drawdownAfter)}</span>}
            note={t('approvals.impact.ofBudget', {
              percent: shortPercentText(impact.drawdownBudget),
              now: percentText(impact.drawdown),
            })}
          />
        </div>
      </div>
      <p className="px-4 pb-2.5 text-11 text-faint">{t('approvals.impact.planned')}</p>
    </div>
  );
}
