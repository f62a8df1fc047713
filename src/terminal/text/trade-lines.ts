import type { FillView, OrderView } from '#shared/contract/cycle.ts';
import type { FeedItem } from '#shared/format/feed.ts';
import { quantityText } from '#shared/format/figures.ts';
import { orderStatusName, purposeName } from '#shared/format/names.ts';
import { clock, exact, moment, price } from './figures.ts';
import { type Line, line, type Span, span, type Tone } from './line.ts';
import { table } from './table.ts';

const side = (value: 'buy' | 'sell'): Span => (value === 'buy' ? span('▲ buy', 'up') : span('▼ sell', 'down'));
const STATUS_TONE: Partial<Record<OrderView['status'], Tone>> = {
  filled: 'plain',
  denied: 'warn',
  rejected: 'danger',
  unresolved: 'danger',
};

/** Orders as a table, oldest first. */
export const orderLines = (orders: readonly OrderView[]): readonly Line[] =>
  table(
    [
      { title: 'TIME', cell: (order) => moment(order.createdAt) },
      { title: 'SIDE', cell: (order) => side(order.side) },
      { title: 'FOR', cell: (order) => purposeName(order.purpose).toLowerCase() },
      { title: 'TYPE', cell: (order) => order.type.replace('_', ' ') },
      { title: 'QUANTITY', cell: (order) => quantityText(order.quantity), align: 'right' },
      {
        title: 'PRICE',
        cell: (order) =>
          order.price === undefined ? span('market', 'muted') : price(order.price, order.priceDecimals),
        align: 'right',
      },
      {
        title: 'STATUS',
        cell: (order) =>
          span(
            `${orderStatusName(order.status).toLowerCase()}${order.reason === undefined ? '' : `: ${order.reason}`}`,
            STATUS_TONE[order.status] ?? 'muted',
          ),
      },
    ],
    orders,
  );

/** Fills as a table, oldest first. */
export const fillLines = (fills: readonly FillView[]): readonly Line[] =>
  table(
    [
      { title: 'TIME', cell: (fill) => moment(fill.ts) },
      { title: 'SIDE', cell: (fill) => side(fill.side) },
      { title: 'FOR', cell: (fill) => purposeName(fill.purpose).toLowerCase() },
      { title: 'QUANTITY', cell: (fill) => quantityText(fill.quantity), align: 'right' },
      { title: 'PRICE', cell: (fill) => price(fill.price, fill.priceDecimals), align: 'right' },
      { title: 'FEE', cell: (fill) => `${exact(fill.fee)} ${fill.feeAsset}`, align: 'right' },
    ],
    fills,
  );

const DECISION_TONE = { enter: 'up', exit: 'down', hold: 'muted' } as const;

/** One event of a cycle's story in one line. */
export function feedLine(item: FeedItem): Line {
  const when = span(`${clock(item.ts)}  `, 'muted');
  switch (item.kind) {
    case 'decision': {
      const { decision, times, since } = item;
      const repeated = times > 1 ? span(` (${times} since ${clock(since)})`, 'muted') : '';
      const verdict =
        decision.verdict === undefined
          ? ''
          : span(
              `  ${decision.verdict}: ${decision.verdictReason ?? ''}`,
              decision.verdict === 'denied' ? 'warn' : 'muted',
            );
      return line(
        when,
        span(decision.kind.toUpperCase().padEnd(6), DECISION_TONE[decision.kind]),
        decision.reason,
        repeated,
        verdict,
      );
    }
    case 'order': {
      const { order } = item;
      const at = order.price === undefined ? '' : ` at ${price(order.price, order.priceDecimals)}`;
      return line(
        when,
        span('order '),
        `${purposeName(order.purpose).toLowerCase()} ${order.side} ${quantityText(order.quantity)}${at}`,
        span(`  ${orderStatusName(order.status).toLowerCase()}`, STATUS_TONE[order.status] ?? 'muted'),
      );
    }
    case 'fill': {
      const { fill } = item;
      const glyph = fill.side === 'buy' ? span('▲ fill', 'up') : span('▼ fill', 'down');
      return line(
        when,
        glyph,
        ` ${purposeName(fill.purpose).toLowerCase()} ${quantityText(fill.quantity)} at ${price(fill.price, fill.priceDecimals)}`,
      );
    }
  }
}
