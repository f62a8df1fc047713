import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CycleView } from '#shared/contract/cycle.ts';
import { opposite, times, trimmed } from '#shared/format/decimal-text.ts';
import { decimalText, moneyText, shortPercentText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { Moment } from '../../components/moment.tsx';
import { useEngine } from '../../stores/stores-context.tsx';

type Props = { readonly cycle: CycleView; readonly spec: NonNullable<CycleView['agentSpec']> };

function Cell({ label, value, note }: { readonly label: string; readonly value: ReactNode; readonly note: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-2.5">
      <div className="text-11 text-faint">{label}</div>
      <div className="figure text-15 font-medium whitespace-nowrap">{value}</div>
      <div className="figure text-11 text-muted">{note}</div>
    </div>
  );
}

/** The limits in money, from the equity the run began with. */
export function LimitsStrip({ cycle, spec }: Props) {
  const { t } = useTranslation();
  const status = useEngine((state) => state.status);
  const equity = cycle.result?.reconciliation.startingEquity ?? status?.equity ?? null;
  const asset = cycle.result?.quoteAsset ?? status?.quoteAsset ?? '';
  const { envelope, lifespan } = spec;
  const worst = (fraction: string): string =>
    equity === null ? shortPercentText(fraction) : moneyText(opposite(times(equity, fraction)), asset);

  return (
    <div data-env={environmentTag(cycle.environment)} className="border-t border-hair bg-bg2/40">
      <div className="grid grid-cols-2 md:grid-cols-4">
        <Cell
          label={t('run.limits.worstTrade')}
          value={worst(envelope.riskPerTrade)}
          note={t('run.limits.ofEquity', { share: shortPercentText(envelope.riskPerTrade) })}
        />
        <Cell
          label={t('run.limits.worstDay')}
          value={worst(envelope.dayLoss)}
          note={t('run.limits.ofEquity', { share: shortPercentText(envelope.dayLoss) })}
        />
        <Cell
          label={t('run.limits.stopTarget')}
          value={`${decimalText(trimmed(envelope.stopAtr))} / ${decimalText(trimmed(envelope.targetAtr))}`}
          note={t('run.limits.fromEntry')}
        />
        <Cell
          label={t('run.limits.retires')}
          value={<Moment ms={lifespan.expiresAt} form="short" className="font-sans" />}
          note={t('run.limits.orCandles', { count: lifespan.maxBars })}
        />
      </div>
      <p className="px-4 pb-2.5 text-11 text-faint">{t('run.limits.gap')}</p>
    </div>
  );
}
