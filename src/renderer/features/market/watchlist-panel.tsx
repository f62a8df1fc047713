import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { floatText } from '#shared/format/figures.ts';
import { AgeBadge } from '../../components/age-badge.tsx';
import { Price, Signed } from '../../components/figures.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useMarket, useStores } from '../../stores/stores-context.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';

/** Candles of a minute: how often a new price is expected, on the market's own clock. */
const EXPECTED_MS = 60_000;

/** Every instrument of the simulated market with its newest price; a row is chosen to look at it. */
export function WatchlistPanel({ env }: { readonly env: string | null }) {
  const { t } = useTranslation();
  const { extras, market } = useStores();
  const loaded = useStore(extras.quotes);
  const shown = useMarket((state) => state.selection.instrument);
  return (
    <MarketPanel title={t('market.watchlist.title')} note={t('market.watchlist.note')} env={env} flush>
      <LoadedView
        loaded={loaded}
        what={t('market.watchlist.what')}
        retry={() => void extras.quotes.refresh()}
        cancel={extras.quotes.giveUp}
      >
        {(quotes) => (
          <Table
            label={t('market.watchlist.listed')}
            columns={[
              { label: t('market.watchlist.instrument') },
              { label: t('market.watchlist.last'), align: 'right' },
              { label: t('market.watchlist.change'), align: 'right' },
              { label: t('market.watchlist.age'), align: 'right' },
            ]}
          >
            {quotes.map(({ symbol, last, priceDecimals, change, at, asOf }) => (
              <tr key={symbol} data-env="sim" data-quote={symbol} aria-current={symbol === shown ? 'true' : undefined}>
                <Cell>
                  <button
                    type="button"
                    aria-label={t('market.watchlist.show', { instrument: symbol })}
                    onClick={() => market.select({ instrument: symbol, cycle: null })}
                    className="fade min-h-6 rounded-control underline-offset-2 hover:underline aria-[current]:font-bold"
                  >
                    {symbol === shown ? <b>{symbol}</b> : symbol}
                  </button>
                </Cell>
                <Cell align="right">
                  {last === null ? t('market.watchlist.unknown') : <Price value={last} decimals={priceDecimals} />}
                </Cell>
                <Cell align="right">
                  {change === null ? (
                    t('market.watchlist.unknown')
                  ) : (
                    <Signed direction={Math.abs(change) < 0.00005 ? 'flat' : change > 0 ? 'up' : 'down'}>
                      {floatText(change * 100, 2, { sign: 'always' })}%
                    </Signed>
                  )}
                </Cell>
                <Cell align="right">
                  {at === null ? (
                    t('market.watchlist.unknown')
                  ) : (
                    <AgeBadge ageMs={asOf - at} intervalMs={EXPECTED_MS} />
                  )}
                </Cell>
              </tr>
            ))}
          </Table>
        )}
      </LoadedView>
    </MarketPanel>
  );
}
