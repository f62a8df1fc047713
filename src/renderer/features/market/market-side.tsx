import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChartView } from '#shared/contract/market.ts';
import { decimalText } from '#shared/format/figures.ts';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMarket, useStores } from '../../stores/stores-context.tsx';
import { PriceAlerts } from '../alerts/price-alerts.tsx';
import { OrderTicket } from '../trading/order-ticket.tsx';
import { UnreconciledHere } from '../trading/unreconciled.tsx';
import { DepthPanel } from './depth-panel.tsx';
import { LevelsPanel } from './levels-panel.tsx';
import { MarketSplit } from './market-split.tsx';
import { WatchlistPanel } from './watchlist-panel.tsx';

type Props = { readonly chart: ChartView; readonly env: string | null };

/** Apart from the other panels: it alone follows every price. */
function LiveLevels({ chart, env }: Props) {
  const newest = useMarket((state) => state.live.at(-1)?.close) ?? chart.columns.close.at(-1) ?? 0;
  return <LevelsPanel chart={chart} newest={newest} env={env} />;
}

/** Levels, the ticket, prices and the rules of the instrument; book and tape below them, with a height of their own where there is a book. */
export function MarketSide({ chart, env }: Props) {
  const { extras } = useStores();
  const hasBook = useStore(extras.depth, (state) => state.data?.kind === 'book');
  return (
    <MarketSplit
      part="book"
      joined={!hasBook}
      first={<Upper chart={chart} env={env} scrolls={hasBook} />}
      second={<DepthPanel env={env} />}
    />
  );
}

function Upper({ chart, env, scrolls }: Props & { readonly scrolls: boolean }) {
  const { t } = useTranslation();
  const { market, trading } = useStores();
  const ticketEnv = useStore(trading.book, (state) => state.data?.environment ?? null);
  const instrument = useStore(market.instruments, (state) => state.data)?.find(
    (one) => one.symbol === chart.instrument,
  );
  return (
    <div
      className={clsx(
        'grid grid-cols-[minmax(0,1fr)] content-start gap-3 sm:max-lg:grid-cols-2',
        scrolls && 'lg:min-h-0 lg:overflow-y-auto',
      )}
    >
      <LiveLevels chart={chart} env={env} />
      <Panel title={t('trading.ticket')} note={chart.instrument} env={ticketEnv}>
        <UnreconciledHere />
        <OrderTicket key={chart.instrument} instrument={chart.instrument} />
      </Panel>
      <WatchlistPanel env={env} />
      <Panel title={t('market.alerts')} note={chart.instrument} flush>
        <PriceAlerts key={chart.instrument} symbol={chart.instrument} />
      </Panel>
      {instrument !== undefined && (
        <Panel title={t('market.rules.title')}>
          <Pairs
            pairs={[
              { label: t('market.rules.venue'), value: instrument.venue },
              {
                label: t('market.rules.tick'),
                value: <span className="figure-mono">{decimalText(instrument.tickSize)}</span>,
              },
              {
                label: t('market.rules.lot'),
                value: <span className="figure-mono">{decimalText(instrument.lotSize)}</span>,
              },
              {
                label: t('market.rules.least'),
                value: <span className="figure-mono">{decimalText(instrument.minNotional)}</span>,
              },
            ]}
          />
        </Panel>
      )}
    </div>
  );
}
