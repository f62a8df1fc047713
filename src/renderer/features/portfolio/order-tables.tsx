import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import { environmentTag, orderStatusName, purposeName } from '#shared/format/names.ts';
import { Num } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';

const Side = ({ side }: { readonly side: 'buy' | 'sell' }) => (
  <span className={side === 'buy' ? 'text-up' : 'text-down'}>
    <span aria-hidden>{side === 'buy' ? '▲' : '▼'}</span> {side === 'buy' ? 'Buy' : 'Sell'}
  </span>
);

const ORDER_COLUMNS: readonly Column[] = [
  { label: 'Placed' },
  { label: 'Instrument' },
  { label: 'Side' },
  { label: 'Purpose' },
  { label: 'Type' },
  { label: 'Quantity', align: 'right' },
  { label: 'Price', align: 'right' },
  { label: 'Filled', align: 'right' },
  { label: 'Status' },
];

type OrdersProps = { readonly orders: readonly OrderView[]; readonly empty: string; readonly env: string };

export function OrdersTable({ orders, empty, env }: OrdersProps) {
  if (orders.length === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <Table label="Orders" columns={ORDER_COLUMNS}>
      {orders.map((order) => (
        <tr key={order.clientOrderId} title={order.clientOrderId} data-env={environmentTag(env)}>
          <Cell>
            <Moment ms={order.createdAt} form="short" className="text-muted" />
          </Cell>
          <Cell>{order.instrument}</Cell>
          <Cell>
            <Side side={order.side} />
          </Cell>
          <Cell>{purposeName(order.purpose)}</Cell>
          <Cell className="text-muted">{order.type.replace('_', ' ')}</Cell>
          <Cell align="right">
            <Num text={order.quantity} />
          </Cell>
          <Cell align="right">
            {order.price === undefined ? <span className="text-faint">market</span> : <Num text={order.price} />}
          </Cell>
          <Cell align="right">
            <Num text={order.filledQuantity} />
          </Cell>
          <Cell>
            {orderStatusName(order.status)}
            {order.reason !== undefined && <span className="text-muted">: {order.reason}</span>}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

const FILL_COLUMNS: readonly Column[] = [
  { label: 'Filled' },
  { label: 'Instrument' },
  { label: 'Side' },
  { label: 'Purpose' },
  { label: 'Quantity', align: 'right' },
  { label: 'Price', align: 'right' },
  { label: 'Fee', align: 'right' },
  { label: 'Agent' },
];

type FillsProps = { readonly fills: readonly FillView[]; readonly empty: string; readonly env: string };

export function FillsTable({ fills, empty, env }: FillsProps) {
  if (fills.length === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <Table label="Fills" columns={FILL_COLUMNS}>
      {fills.map((fill) => (
        <tr key={fill.tradeId} data-env={environmentTag(env)}>
          <Cell>
            <Moment ms={fill.ts} form="short" className="text-muted" />
          </Cell>
          <Cell>{fill.instrument}</Cell>
          <Cell>
            <Side side={fill.side} />
          </Cell>
          <Cell>{purposeName(fill.purpose)}</Cell>
          <Cell align="right">
            <Num text={fill.quantity} />
          </Cell>
          <Cell align="right">
            <Num text={fill.price} />
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
