import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CycleView } from '#shared/contract/cycle.ts';
import { opposite, times, trimmed } from '#shared/format/decimal-text.ts';
import { decimalText, moneyText, shortPercentText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { worstOf } from '#shared/format/plan.ts';
import { Moment } from '../../components/moment.tsx';

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
  const { equity, asset } = cycle.startedWith;
  const { envelope, lifespan } = spec;
  const worst = worstOf(envelope);
  const money = (fraction: string): string => moneyText(opposite(times(equity, fraction)), asset);

  return (
    <div data-env={environmentTag(cycle.environment)} className="border-t border-hair bg-bg2/40">
      <div className="grid grid-cols-2 md:grid-cols-4">
        <Cell
          label={t('run.limits.worstTrade')}
          value={money(worst.trade)}
          note={t('run.limits.ofEquity', { share: shortPercentText(worst.trade) })}
        />
        <Cell
          label={t('run.limits.worstDay')}
          value={money(worst.day)}
          note={t('run.limits.ofEquity', { share: shortPercentText(worst.day) })}
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
