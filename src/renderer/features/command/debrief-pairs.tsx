import { useTranslation } from 'react-i18next';
import type { CycleView } from '#shared/contract/cycle.ts';
import { compare } from '#shared/format/decimal-text.ts';
import { decimalText, slippageText } from '#shared/format/figures.ts';
import { shortHash } from '#shared/format/names.ts';
import { durationText } from '#shared/format/time.ts';
import { CopyText } from '../../components/copy-text.tsx';
import type { Pair } from '../../components/pairs.tsx';

type Result = NonNullable<CycleView['result']>;

/** From the starting equity to the last digit of the ending one. */
export function useReconciliation({ reconciliation: money }: Result): readonly Pair[] {
  const { t } = useTranslation();
  return [
    { label: t('run.debrief.equityBefore'), value: decimalText(money.startingEquity) },
    { label: t('run.debrief.gross'), value: decimalText(money.grossPnl, undefined, { sign: 'always' }) },
    { label: t('run.debrief.fees'), value: decimalText(money.fees) },
    { label: t('run.debrief.cash'), value: decimalText(money.cash) },
    { label: t('run.debrief.positionValue'), value: decimalText(money.positionValue) },
    { label: t('run.debrief.equityAfter'), value: decimalText(money.equity), strong: true },
    {
      label: t('run.debrief.unexplained'),
      value:
        compare(money.difference, '0') === 0 ? (
          <span className="text-ok">{t('run.debrief.reconciles')}</span>
        ) : (
          <span className="text-danger">{decimalText(money.difference)}</span>
        ),
    },
  ];
}

/** What identifies a run, and what it was made of. */
export function useIdentity(cycle: CycleView): readonly Pair[] {
  const { t } = useTranslation();
  const { journalHead, shadow, offline, timings } = cycle;
  return [
    { label: t('run.debrief.run'), value: <CopyText value={cycle.runId} what={t('run.debrief.runWhat')} /> },
    ...(journalHead === null
      ? []
      : [
          {
            label: t('run.debrief.head'),
            value: <CopyText value={journalHead} shown={shortHash(journalHead)} what={t('run.debrief.headWhat')} />,
          },
        ]),
    { label: t('run.debrief.prices'), value: cycle.marketSource },
    { label: t('run.debrief.seed'), value: cycle.seed },
    ...(shadow === null
      ? []
      : [
          {
            label: t('run.debrief.orderBook'),
            value:
              shadow.averageSlippageBps === null
                ? t('run.debrief.notCompared')
                : t('run.debrief.compared', {
                    slippage: slippageText(shadow.averageSlippageBps),
                    count: shadow.compared,
                  }),
          },
        ]),
    ...(offline === null
      ? []
      : [{ label: t('run.debrief.offline'), value: t('run.debrief.played', { count: offline.candles }) }]),
    ...(timings === null ? [] : [{ label: t('run.debrief.took'), value: durationText(timings.totalMs) }]),
    ...(timings === null || timings.pressToFirstOrderMs === null
      ? []
      : [{ label: t('run.debrief.toOrder'), value: durationText(timings.pressToFirstOrderMs) }]),
  ];
}
