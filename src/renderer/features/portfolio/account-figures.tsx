import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { compare } from '#shared/format/decimal-text.ts';
import { decimalText, moneyText, percentText } from '#shared/format/figures.ts';
import { dateTimeText } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { AreaChart } from '../../charts/area-chart.tsx';
import { ChartFoot } from '../../charts/chart-foot.tsx';
import { SignedMoney } from '../../components/figures.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Tile } from '../../components/tile.tsx';

/** The account in seven figures, each with its basis. */
export function AccountFigures({ portfolio }: { readonly portfolio: PortfolioView }) {
  const { t } = useTranslation();
  const { environment: env, quoteAsset: asset } = portfolio;
  return (
    <div className="grid grid-cols-2 divide-hair md:grid-cols-4 xl:grid-cols-7 xl:divide-x">
      <Tile
        label={t('portfolio.equity')}
        env={env}
        note={t('portfolio.began', { amount: decimalText(portfolio.startingEquity, 2) })}
      >
        {decimalText(portfolio.equity, 2)}
      </Tile>
      <Tile label={t('portfolio.total')} env={env} note={t('portfolio.totalNote')}>
        <SignedMoney text={portfolio.pnl.total} />
      </Tile>
      <Tile label={t('portfolio.realised')} env={env} note={t('portfolio.realisedNote')}>
        <SignedMoney text={portfolio.realisedPnl} />
      </Tile>
      <Tile label={t('portfolio.unrealised')} env={env} note={t('portfolio.unrealisedNote')}>
        <SignedMoney text={portfolio.unrealisedPnl} />
      </Tile>
      <Tile
        label={t('portfolio.cash')}
        env={env}
        note={t('portfolio.cashNote', { amount: decimalText(portfolio.positionValue, 2) })}
      >
        {decimalText(portfolio.cash, 2)}
      </Tile>
      <Tile label={t('portfolio.feesPaid')} env={env} note={t('portfolio.inAsset', { asset })}>
        {decimalText(portfolio.fees, 2)}
      </Tile>
      <Tile
        label={t('portfolio.drawdown')}
        env={env}
        note={t('portfolio.drawdownNote', { amount: decimalText(portfolio.peakEquity, 2) })}
      >
        {percentText(portfolio.drawdownFraction)}
      </Tile>
    </div>
  );
}

/** What the curve shows, for its words; undefined while there is none. */
function curveEnds({ equityCurve: curve, quoteAsset }: PortfolioView) {
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const low = curve.reduce((least, point) => (compare(point.equity, least) < 0 ? point.equity : least), first.equity);
  const high = curve.reduce((most, point) => (compare(point.equity, most) > 0 ? point.equity : most), first.equity);
  return {
    first: moneyText(first.equity, quoteAsset),
    from: dateTimeText(first.ts, zone),
    last: moneyText(last.equity, quoteAsset),
    to: dateTimeText(last.ts, zone),
    low: decimalText(low, 2),
    high: decimalText(high, 2),
  };
}

export function EquityCurve({ portfolio }: { readonly portfolio: PortfolioView }) {
  const { t } = useTranslation();
  const points = useMemo(
    () => portfolio.equityCurve.map(({ ts, equity }) => ({ ts, value: Number(equity) })),
    [portfolio.equityCurve],
  );
  const ends = curveEnds(portfolio);
  if (ends === undefined || points.length < 2) return <EmptyState>{t('portfolio.curveEmpty')}</EmptyState>;
  const summary = t('portfolio.curve', ends);
  return (
    <>
      <div className="relative h-56">
        <AreaChart points={points} label={summary} />
      </div>
      <ChartFoot summary={summary} />
    </>
  );
}
