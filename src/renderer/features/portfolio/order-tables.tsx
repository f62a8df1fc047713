import { useTranslation } from 'react-i18next';
import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import { environmentTag } from '#shared/format/names.ts';
import { said, venueSaid } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Num, Price } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { SideMark } from './side-mark.tsx';

type OrdersProps = { readonly orders: readonly OrderView[]; readonly empty: string; readonly env: string };

export function OrdersTable({ orders, empty, env }: OrdersProps) {
  const { t } = useTranslation();
  const named = useNames();
  if (orders.length === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <Table
      label={t('portfolio.orders')}
      columns={[
        { label: t('portfolio.placed') },
        { label: t('portfolio.instrument') },
        { label: t('portfolio.side') },
        { label: t('portfolio.purpose') },
        { label: t('portfolio.type') },
        { label: t('portfolio.quantity'), align: 'right' },
        { label: t('portfolio.price'), align: 'right' },
        { label: t('portfolio.filled'), align: 'right' },
        { label: t('portfolio.status') },
      ]}
    >
      {orders.map((order) => (
        <tr key={order.clientOrderId} title={order.clientOrderId} data-env={environmentTag(env)}>
          <Cell>
            <Moment ms={order.createdAt} form="short" className="text-muted" />
          </Cell>
          <Cell>{order.instrument}</Cell>
          <Cell>
            <SideMark side={order.side} />
          </Cell>
          <Cell>{t(`portfolio.purposes.${order.purpose}`)}</Cell>
          <Cell className="text-muted">{order.type.replace('_', ' ')}</Cell>
          <Cell align="right">
            <Num text={order.quantity} />
          </Cell>
          <Cell align="right">
            {order.price === undefined ? (
              <span className="text-faint">{t('portfolio.atMarket')}</span>
            ) : (
              <Price value={order.price} decimals={order.priceDecimals} />
            )}
          </Cell>
          <Cell align="right">
            <Num text={order.filledQuantity} />
          </Cell>
          <Cell>
            {named('orderStatuses', order.status)}
            {order.reason !== undefined && (
              <span className="text-muted">: {(order.status === 'rejected' ? venueSaid : said)(order.reason)}</span>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

type FillsProps = { readonly fills: readonly FillView[]; readonly empty: string; readonly env: string };

export function FillsTable({ fills, empty, env }: FillsProps) {
  const { t } = useTranslation();
  if (fills.length === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <Table
      label={t('portfolio.fills')}
      columns={[
        { label: t('portfolio.filledAt') },
        { label: t('portfolio.instrument') },
        { label: t('portfolio.side') },
        { label: t('portfolio.purpose') },
        { label: t('portfolio.quantity'), align: 'right' },
        { label: t('portfolio.price'), align: 'right' },
        { label: t('portfolio.fee'), align: 'right' },
        { label: t('portfolio.agent') },
      ]}
    >
      {fills.map((fill) => (
        <tr key={fill.tradeId} data-env={environmentTag(env)}>
          <Cell>
            <Moment ms={fill.ts} form="short" className="text-muted" />
          </Cell>
          <Cell>{fill.instrument}</Cell>
          <Cell>
            <SideMark side={fill.side} />
          </Cell>
          <Cell>{t(`portfolio.purposes.${fill.purpose}`)}</Cell>
          <Cell align="right">
            <Num text={fill.quantity} />
          </Cell>
          <Cell align="right">
            <Price value={fill.price} decimals={fill.priceDecimals} />
          </Cell>
          <Cell align="right">
            <Num text={fill.fee} /> <span className="text-faint">{fill.feeAsset}</span>
          </Cell>
          <Cell className="figure-mono text-muted">{fill.agentId}</Cell>
        </tr>
      ))}
    </Table>
  );
}
