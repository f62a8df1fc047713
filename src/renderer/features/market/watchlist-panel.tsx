import { memo, useCallback } from 'react';
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

type RowProps = {
  readonly symbol: string;
  readonly last: string | null;
  readonly decimals: number;
  /** Of a day, as a fraction. */
  readonly change: number | null;
  readonly ageMs: number | null;
  readonly shown: boolean;
  readonly onShow: (symbol: string) => void;
};

/** Prices come many times a second; a row whose own figures stayed the same is not drawn again. */
const QuoteRow = memo(function QuoteRow({ symbol, last, decimals, change, ageMs, shown, onShow }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr data-env="sim" data-quote={symbol} aria-current={shown ? 'true' : undefined}>
      <Cell>
        <button
          type="button"
          aria-label={t('market.watchlist.show', { instrument: symbol })}
          onClick={() => onShow(symbol)}
          className="fade min-h-6 rounded-control underline-offset-2 hover:underline aria-[current]:font-bold"
        >
          {shown ? <b>{symbol}</b> : symbol}
        </button>
      </Cell>
      <Cell align="right">
        {last === null ? t('market.watchlist.unknown') : <Price value={last} decimals={decimals} />}
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
        {ageMs === null ? t('market.watchlist.unknown') : <AgeBadge ageMs={ageMs} intervalMs={EXPECTED_MS} />}
      </Cell>
    </tr>
  );
});

/** Every instrument of the simulated market with its newest price; a row is chosen to look at it. */
export function WatchlistPanel({ env }: { readonly env: string | null }) {
  const { t } = useTranslation();
  const { extras, market } = useStores();
  const loaded = useStore(extras.quotes);
  const shown = useMarket((state) => state.selection.instrument);
  const show = useCallback((instrument: string) => market.select({ instrument, cycle: null }), [market]);
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
              <QuoteRow
                key={symbol}
                symbol={symbol}
                last={last}
                decimals={priceDecimals}
                change={change}
                ageMs={at === null ? null : asOf - at}
                shown={symbol === shown}
                onShow={show}
              />
            ))}
          </Table>
        )}
      </LoadedView>
    </MarketPanel>
  );
}
