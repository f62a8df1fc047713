import { useTranslation } from 'react-i18next';
import type { ChartView } from '#shared/contract/market.ts';
import { quantityText } from '#shared/format/figures.ts';
import { useNames } from '../../app/use-names.ts';
import { Price } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';

/** The fills that stand on the chart, newest first. */
export function TradesPanel({ chart, env }: { readonly chart: ChartView; readonly env: string | null }) {
  const { t } = useTranslation();
  const named = useNames();
  const trades = chart.markers.toReversed();
  return (
    <Panel title={t('market.trades.title')} env={env} flush scroll>
      {trades.length === 0 ? (
        <p className="p-3 text-12 text-muted">{t('market.trades.none')}</p>
      ) : (
        <ul
          className="max-h-80 overflow-y-auto lg:max-h-none lg:overflow-visible"
          tabIndex={0}
          aria-label={t('market.trades.listed')}
        >
          {trades.map((trade) => (
            <li
              key={`${trade.ts} ${trade.side} ${trade.price}`}
              className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 border-t border-hair px-3 py-1.5 text-12 first:border-t-0"
            >
              <span aria-hidden className={trade.side === 'buy' ? 'text-up' : 'text-down'}>
                {trade.side === 'buy' ? '▲' : '▼'}
              </span>
              <span>
                {t(trade.side === 'buy' ? 'market.trades.bought' : 'market.trades.sold')}{' '}
                <span className="figure-mono">{quantityText(trade.quantity)}</span>
              </span>
              <Price value={trade.price} decimals={chart.priceDecimals} className="text-right" />
              <span className="col-span-2 col-start-2 flex justify-between gap-2 text-11 text-faint">
                {named('purposes', trade.purpose)}
                <Moment ms={trade.ts} form="short" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
