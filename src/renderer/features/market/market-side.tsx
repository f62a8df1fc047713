import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import { decimalText, priceText, quantityText } from '#shared/format/figures.ts';
import { purposeName } from '#shared/format/names.ts';
import { Moment } from '../../components/moment.tsx';
import { type Pair, Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { OrderTicket } from '../trading/order-ticket.tsx';

type Chart = AppOutput<'market.chart'>;

const TONE = { entry: 'text-accent', stop: 'text-down', target: 'text-up' } as const;
const NAME = { entry: 'Entry', stop: 'Stop', target: 'Target' } as const;

/** What stands on the chart, as text: levels, trades and the rules of the instrument. */
export function MarketSide({ chart, env }: { readonly chart: Chart; readonly env: string | null }) {
  const { t } = useTranslation();
  const { market, trading } = useStores();
  const ticketEnv = useStore(trading.book, (state) => state.data?.environment ?? null);
  const instrument = useStore(market.instruments, (state) => state.data)?.find(
    (one) => one.symbol === chart.instrument,
  );
  const levels: readonly Pair[] = chart.lines.map((line) => ({
    label: <span className={TONE[line.kind]}>{NAME[line.kind]}</span>,
    value: <span className="figure-mono">{priceText(line.price, chart.priceDecimals)}</span>,
  }));
  const trades = chart.markers.toReversed();
  return (
    <div className="grid content-start gap-3 sm:max-xl:grid-cols-2 xl:min-h-0 xl:overflow-y-auto">
      <Panel title={t('trading.ticket')} note={chart.instrument} env={ticketEnv}>
        <OrderTicket key={chart.instrument} instrument={chart.instrument} />
      </Panel>
      <Panel title="Levels" env={env}>
        {levels.length === 0 ? (
          <p className="text-12 text-muted">No agent holds a position here.</p>
        ) : (
          <Pairs pairs={levels} />
        )}
      </Panel>
      <Panel title="Trades" env={env} flush>
        {trades.length === 0 ? (
          <p className="p-3 text-12 text-muted">No fill on these candles yet.</p>
        ) : (
          <ul className="max-h-80 overflow-y-auto" tabIndex={0} aria-label="Trades on the chart">
            {trades.map((trade) => (
              <li
                key={`${trade.ts} ${trade.side} ${trade.price}`}
                className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 border-t border-hair px-3 py-1.5 text-12 first:border-t-0"
              >
                <span aria-hidden className={trade.side === 'buy' ? 'text-up' : 'text-down'}>
                  {trade.side === 'buy' ? '▲' : '▼'}
                </span>
                <span>
                  {trade.side === 'buy' ? 'Bought' : 'Sold'}{' '}
                  <span className="figure-mono">{quantityText(trade.quantity)}</span>
                </span>
                <span className="figure-mono text-right">{priceText(trade.price, chart.priceDecimals)}</span>
                <span className="col-span-2 col-start-2 flex justify-between gap-2 text-11 text-faint">
                  {purposeName(trade.purpose)}
                  <Moment ms={trade.ts} form="short" />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {instrument !== undefined && (
        <Panel title="Instrument">
          <Pairs
            pairs={[
              { label: 'Venue', value: instrument.venue },
              { label: 'Tick', value: <span className="figure-mono">{decimalText(instrument.tickSize)}</span> },
              { label: 'Lot', value: <span className="figure-mono">{decimalText(instrument.lotSize)}</span> },
              {
                label: 'Least order',
                value: <span className="figure-mono">{decimalText(instrument.minNotional)}</span>,
              },
            ]}
          />
        </Panel>
      )}
    </div>
  );
}
