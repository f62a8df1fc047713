import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { OrderView } from '#shared/contract/cycle.ts';
import type { ManualBook } from '#shared/contract/orders.ts';
import { quantityText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { useNames } from '../../app/use-names.ts';
import { AskButton } from '../../components/ask-button.tsx';
import { Button } from '../../components/button.tsx';
import { Num, Price } from '../../components/figures.tsx';
import { Panel } from '../../components/panel.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores, useTrading } from '../../stores/stores-context.tsx';
import { AccountSelect } from './account-select.tsx';
import { OrderTicket } from './order-ticket.tsx';
import { UnreconciledHere } from './unreconciled.tsx';

const OPEN: ReadonlySet<OrderView['status']> = new Set([
  'initialized',
  'submitted',
  'accepted',
  'partially_filled',
  'pending_cancel',
  'unresolved',
]);

type Ticket = { readonly instrument: string; readonly side: 'buy' | 'sell'; readonly size: string };

function Holdings({ book, onReduce }: { readonly book: ManualBook; readonly onReduce: (ticket: Ticket) => void }) {
  const { t } = useTranslation();
  const { trading } = useStores();
  const busy = useTrading((state) => state.busy);
  if (book.holdings.length === 0) return <EmptyState>{t('trading.nothingByHand')}</EmptyState>;
  return (
    <Table
      label={t('trading.byHand')}
      columns={[
        { label: t('trading.instrument') },
        { label: t('trading.byQuantity'), align: 'right' },
        { label: t('trading.actions'), align: 'right' },
      ]}
    >
      {book.holdings.map(({ instrument, quantity }) => (
        <tr key={instrument} data-env={environmentTag(book.environment)}>
          <Cell className="font-medium">{instrument}</Cell>
          <Cell align="right">
            <Num text={quantity} />
          </Cell>
          <Cell align="right">
            <span className="inline-flex gap-1.5">
              <Button
                aria-label={t('trading.reduceOf', { instrument })}
                onClick={() => onReduce({ instrument, side: 'sell', size: '' })}
              >
                {t('trading.reduce')}
              </Button>
              <AskButton
                label={t('trading.close')}
                name={t('trading.closeOf', { instrument })}
                question={t('trading.closeAsk', { quantity: quantityText(quantity) })}
                busy={busy.has(`close ${instrument}`)}
                busyLabel={t('trading.working')}
                onConfirm={() => void trading.close(instrument)}
              />
            </span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function OpenOrders({ book }: { readonly book: ManualBook }) {
  const { t } = useTranslation();
  const named = useNames();
  const { trading } = useStores();
  const busy = useTrading((state) => state.busy);
  const open = book.orders.filter(({ status }) => OPEN.has(status));
  if (open.length === 0) return <EmptyState>{t('trading.noOrdersByHand')}</EmptyState>;
  return (
    <Table
      label={t('trading.ordersByHand')}
      columns={[
        { label: t('trading.instrument') },
        { label: t('trading.side') },
        { label: t('trading.type') },
        { label: t('trading.byQuantity'), align: 'right' },
        { label: t('trading.price'), align: 'right' },
        { label: '' },
        { label: t('trading.actions'), align: 'right' },
      ]}
    >
      {open.map((order) => (
        <tr key={order.clientOrderId} data-env={environmentTag(book.environment)}>
          <Cell>{order.instrument}</Cell>
          <Cell className={order.side === 'buy' ? 'text-up' : 'text-down'}>
            {order.side === 'buy' ? `▲ ${t('trading.buy')}` : `▼ ${t('trading.sell')}`}
          </Cell>
          <Cell>{named('purposes', order.purpose)}</Cell>
          <Cell align="right">
            <Num text={order.quantity} />
          </Cell>
          <Cell align="right">
            {order.price === undefined ? (
              <span className="text-faint">{t('trading.market')}</span>
            ) : (
              <>
                <span className="text-faint">{t(`trading.priceKinds.${order.type}`)}</span>{' '}
                <Price value={order.price} decimals={order.priceDecimals} />
              </>
            )}
          </Cell>
          <Cell className="text-muted">{named('orderStatuses', order.status)}</Cell>
          <Cell align="right">
            <AskButton
              label={t('trading.cancel')}
              name={t('trading.cancelOf', { id: order.clientOrderId })}
              question={t('trading.cancelAsk')}
              busy={busy.has(`cancel ${order.clientOrderId}`)}
              busyLabel={t('trading.working')}
              onConfirm={() => void trading.cancel(order.clientOrderId)}
            />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** What the master holds and waits for by hand, on the account that is chosen, with the ways out of it. */
export function ByHandPanels() {
  const { t } = useTranslation();
  const { trading, market } = useStores();
  const loaded = useStore(trading.book);
  const error = useTrading((state) => state.error);
  const instrument = useStore(market, (state) => state.selection.instrument);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const env = loaded.data?.environment ?? null;
  return (
    <>
      <Panel
        title={t('trading.byHand')}
        note={t('trading.byHandNote')}
        env={env}
        flush
        actions={
          <>
            <AccountSelect />
            <Button onClick={() => setTicket({ instrument, side: 'buy', size: '' })}>{t('trading.newOrder')}</Button>
          </>
        }
      >
        {error !== null && ticket === null && <ErrorState error={error} />}
        <LoadedView
          loaded={loaded}
          what={t('trading.byHand')}
          retry={() => void trading.book.refresh()}
          cancel={trading.book.giveUp}
        >
          {(book) => (
            <>
              <UnreconciledHere />
              <Holdings book={book} onReduce={setTicket} />
            </>
          )}
        </LoadedView>
      </Panel>
      <Panel title={t('trading.ordersByHand')} env={env} flush>
        <LoadedView
          loaded={loaded}
          what={t('trading.ordersByHand')}
          retry={() => void trading.book.refresh()}
          cancel={trading.book.giveUp}
        >
          {(book) => (
            <>
              <UnreconciledHere />
              <OpenOrders book={book} />
            </>
          )}
        </LoadedView>
      </Panel>
      <Sheet
        open={ticket !== null}
        onClose={() => setTicket(null)}
        title={`${t('trading.ticket')}${ticket === null ? '' : ` · ${ticket.instrument}`}`}
      >
        {ticket !== null && <OrderTicket key={`${ticket.instrument} ${ticket.side}`} {...ticket} />}
      </Sheet>
    </>
  );
}
