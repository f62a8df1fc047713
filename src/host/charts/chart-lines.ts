import { formatDecimal } from '#core/domain/decimal.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import type { ManualDesk } from '#core/manual/manual-desk.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { PriceLineView } from '#shared/contract/market.ts';

const isLeg = (purpose: string): purpose is 'stop' | 'target' => purpose === 'stop' || purpose === 'target';

/** Entry of the open position and the protection that rests for it. */
export function openLines({ agentId, orders, fills }: CycleView): readonly PriceLineView[] {
  const entry = fills.findLast((fill) => fill.purpose === 'entry');
  if (agentId === null || entry === undefined) return [];
  const { side } = entry;
  const protection = orders.flatMap((order): PriceLineView[] =>
    isLeg(order.purpose) && order.status === 'accepted' && order.price !== undefined
      ? [{ kind: order.purpose, price: order.price, agentId, side, open: true }]
      : [],
  );
  return protection.length === 0
    ? []
    : [{ kind: 'entry', price: entry.price, agentId, side, open: true }, ...protection];
}

/** Lines of a finished cycle: where its protection last was, so that its chart can still be read. */
export function pastLines({ orders, fills }: CycleView): readonly PriceLineView[] {
  const entry = fills.find((fill) => fill.purpose === 'entry');
  if (entry === undefined) return [];
  const { agentId, side } = entry;
  const last = (['stop', 'target'] as const).flatMap((kind): PriceLineView[] => {
    const price = orders.findLast((order) => order.purpose === kind && order.price !== undefined)?.price;
    return price === undefined ? [] : [{ kind, price, agentId, side, open: false }];
  });
  return [{ kind: 'entry', price: entry.price, agentId, side, open: false }, ...last];
}

/** Entry, stop and target of what is held by hand. */
export function handLines(desk: ManualDesk, instrumentId: InstrumentId): readonly PriceLineView[] {
  const { agentId, execution } = desk;
  const entry = execution.fills().findLast((fill) => fill.purpose === 'entry' && fill.instrumentId === instrumentId);
  if (entry === undefined) return [];
  const { side } = entry;
  const protection = execution
    .openOrders()
    .flatMap((order): PriceLineView[] =>
      isLeg(order.purpose) && order.instrumentId === instrumentId && order.price !== undefined
        ? [{ kind: order.purpose, price: formatDecimal(order.price), agentId, side, open: true }]
        : [],
    );
  return protection.length === 0
    ? []
    : [{ kind: 'entry', price: formatDecimal(entry.price), agentId, side, open: true }, ...protection];
}
