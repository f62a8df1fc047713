import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DepthView } from '#shared/contract/market.ts';
import { floatPriceText, floatText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { Price } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';

type Book = Extract<DepthView, { readonly kind: 'book' }>;

const WHY = { simulated: 'simulated', recorded: 'past', ended: 'ended' } as const;
/** Enough for whole coins and small parts of one alike. */
const sizeText = (quantity: number): string => floatText(Number(quantity.toPrecision(10)), quantity >= 100 ? 2 : 6);

type SideProps = {
  readonly levels: Book['bids'];
  readonly name: string;
  readonly tone: string;
  readonly decimals: Book['priceDecimals'];
};

function Side({ levels, name, tone, decimals }: SideProps) {
  const { t } = useTranslation();
  return (
    <table className="w-full text-12">
      <caption className="pb-1 text-left text-11 text-muted">{name}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('market.depth.price')}</th>
          <th scope="col">{t('market.depth.quantity')}</th>
        </tr>
      </thead>
      <tbody>
        {levels.map(({ price, quantity }) => (
          <tr key={price} className="figure-mono">
            <td>
              <Price value={price} decimals={decimals} className={tone} />
            </td>
            <td className="text-right">{sizeText(quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BookView({ book }: { readonly book: Book }) {
  const { t } = useTranslation();
  const [bid, ask] = [book.bids[0]?.price, book.asks[0]?.price];
  return (
    <div className="flex flex-col gap-3 p-3">
      {book.trouble !== null && (
        <Notice tone="warn" icon={TriangleAlert} title={t('market.depth.stale')}>
          {said(book.trouble)}
        </Notice>
      )}
      {bid === undefined || ask === undefined ? (
        <p className="text-12 text-muted">{t('market.depth.none')}</p>
      ) : (
        <>
          <div className="grid grid-cols-2 gap-4">
            <Side levels={book.bids} name={t('market.depth.bids')} tone="text-up" decimals={book.priceDecimals} />
            <Side levels={book.asks} name={t('market.depth.asks')} tone="text-down" decimals={book.priceDecimals} />
          </div>
          <p className="figure text-11 text-faint">
            {t('market.depth.spread', {
              spread: floatPriceText(ask - bid, book.priceDecimals),
              bps: floatText(((ask - bid) / ((ask + bid) / 2)) * 10_000, 2),
            })}
          </p>
        </>
      )}
      <div>
        <p className="pb-1 text-11 text-muted">{t('market.depth.tape')}</p>
        {book.trades.length === 0 ? (
          <p className="text-12 text-muted">{t('market.depth.noTrades')}</p>
        ) : (
          <ul
            className="max-h-48 overflow-y-auto text-12 lg:max-h-none lg:overflow-visible"
            tabIndex={0}
            aria-label={t('market.depth.tape')}
          >
            {book.trades.map(({ price, quantity, side, at }, index) => (
              <li key={`${at} ${index}`} className="figure-mono flex justify-between gap-2">
                <span className={side === 'buy' ? 'text-up' : 'text-down'}>
                  <span aria-hidden>{side === 'buy' ? '▲' : '▼'} </span>
                  <span className="sr-only">{t(side === 'buy' ? 'market.depth.bought' : 'market.depth.sold')} </span>
                  <Price value={price} decimals={book.priceDecimals} />
                </span>
                <span>{sizeText(quantity)}</span>
                <span className="text-11 text-faint">
                  <Moment ms={at} form="short" />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Order book and trades where the prices are a venue's; elsewhere it says why there are none. */
export function DepthPanel({ env }: { readonly env: string | null }) {
  const { t } = useTranslation();
  const { extras } = useStores();
  const loaded = useStore(extras.depth);
  const venue = loaded.data?.kind === 'book' ? loaded.data.venue : undefined;
  return (
    <Panel
      title={t('market.depth.title')}
      note={venue === undefined ? undefined : t('market.depth.venue', { venue })}
      env={env}
      flush
      scroll
    >
      <LoadedView
        loaded={loaded}
        what={t('market.depth.what')}
        retry={() => void extras.depth.refresh()}
        cancel={extras.depth.giveUp}
      >
        {(depth) =>
          depth.kind === 'book' ? (
            <BookView book={depth} />
          ) : (
            <p className="p-3 text-12 text-muted">{t(`market.depth.${WHY[depth.why]}`)}</p>
          )
        }
      </LoadedView>
    </Panel>
  );
}
