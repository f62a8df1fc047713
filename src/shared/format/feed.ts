import type { DecisionView, FillView, OrderView } from '../contract/cycle.ts';

export type FeedItem =
  | {
      readonly kind: 'decision';
      readonly key: string;
      readonly ts: number;
      readonly decision: DecisionView;
      /** Decisions in a row that said the same; the oldest of them was at `since`. */
      readonly times: number;
      readonly since: number;
    }
  | { readonly kind: 'order'; readonly key: string; readonly ts: number; readonly order: OrderView }
  | { readonly kind: 'fill'; readonly key: string; readonly ts: number; readonly fill: FillView };

type Story = {
  readonly decisions: readonly DecisionView[];
  readonly orders: readonly OrderView[];
  readonly fills: readonly FillView[];
};

/** At one moment the decision comes first, then its order, then the fill, and then the orders that protect what was filled. */
const rank = (item: FeedItem): number => {
  if (item.kind === 'decision') return 0;
  if (item.kind === 'fill') return 2;
  return item.order.purpose === 'stop' || item.order.purpose === 'target' ? 3 : 1;
};

const sameHold = (item: FeedItem | undefined, next: FeedItem): boolean =>
  item?.kind === 'decision' &&
  next.kind === 'decision' &&
  item.decision.kind === 'hold' &&
  next.decision.kind === 'hold' &&
  item.decision.reason === next.decision.reason;

/** Decisions, orders and fills as one story, newest first. Holds that repeat become one line with their number. */
export function buildFeed({ decisions, orders, fills }: Story): readonly FeedItem[] {
  const all: FeedItem[] = [
    ...decisions.map(
      (decision, index): FeedItem => ({
        kind: 'decision',
        key: `d${index}`,
        ts: decision.ts,
        decision,
        times: 1,
        since: decision.ts,
      }),
    ),
    ...orders.map((order): FeedItem => ({ kind: 'order', key: order.clientOrderId, ts: order.createdAt, order })),
    ...fills.map((fill): FeedItem => ({ kind: 'fill', key: `f${fill.tradeId}`, ts: fill.ts, fill })),
  ];
  const ordered = all.toSorted((a, b) => a.ts - b.ts || rank(a) - rank(b));
  const told: FeedItem[] = [];
  for (const item of ordered) {
    const last = told.at(-1);
    if (last?.kind === 'decision' && item.kind === 'decision' && sameHold(last, item)) {
      told[told.length - 1] = { ...item, key: last.key, times: last.times + 1, since: last.since };
    } else told.push(item);
  }
  return told.toReversed();
}
