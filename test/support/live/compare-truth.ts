import {
  compare,
  type Decimal,
  equals,
  formatDecimal,
  parseDecimal,
  quantize,
  subtract,
  sum,
} from '#core/domain/decimal.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import type { Fill } from '#core/domain/order.ts';
import type { Execution } from '#core/execution/execution.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import type { LiveVenueStatus } from '#core/order-protocol/live-venue.ts';
import type { Truth } from '#test/exchange/server/truth.ts';
import { LIVE_AGENT } from './engine.ts';

type TrueOrder = Truth['orders'][number];

export type Comparands = {
  readonly execution: Pick<Execution, 'orders' | 'fills' | 'heldQuantity' | 'sellableQuantity'>;
  readonly status: LiveVenueStatus;
  readonly instrumentId: InstrumentId;
  /** What the exchange has of this engine. */
  readonly orders: readonly TrueOrder[];
  /** Base on the account by the exchange, less what was there before the engine came. */
  readonly gained: Decimal;
};

/** Everything of one asset on the account. */
export function totalOf(truth: Truth, account: string, asset: string): Decimal {
  const { free, held } = truth.balances[account]?.[asset] ?? { free: '0', held: '0' };
  return sum([parseDecimal(free), parseDecimal(held)]);
}

const isLive = ({ status }: TrueOrder): boolean => status === 'open' || status === 'untriggered';
/** Kraken's REST answers cut a fee in quote here, its stream does not; which of the two is heard first is chance. */
const FEE_STEP = parseDecimal('0.00001');
const feeText = (fee: Decimal, asset: string): string =>
  formatDecimal(asset === 'ZUSD' || asset === 'USD' ? quantize(fee, FEE_STEP, 'down') : fee);

const number = (text: string): string => formatDecimal(parseDecimal(text));

/** The status that we must have for what the exchange says. */
function expectedStatus(order: TrueOrder): TrackedOrder['status'] {
  if (order.status === 'filled') return 'filled';
  if (!isLive(order)) return 'canceled';
  return number(order.filled) === '0' ? 'accepted' : 'partially_filled';
}

const trueFills = (orders: readonly TrueOrder[]): readonly string[] =>
  orders.flatMap(({ clientId, fills }) =>
    fills.map(({ price, quantity, fee, feeAsset }) =>
      [clientId, number(price), number(quantity), feeText(parseDecimal(fee), feeAsset)].join(' '),
    ),
  );
const ourFills = (fills: readonly Fill[]): readonly string[] =>
  fills.map(({ clientOrderId, price, quantity, fee }) =>
    [clientOrderId, formatDecimal(price), formatDecimal(quantity), feeText(fee.amount, fee.asset)].join(' '),
  );

/** What is not right, in words: orders lost, doubled, unresolved or in another state, fills and holdings that differ, a holding without its stop. */
export function compareWithTruth({ execution, status, instrumentId, orders, gained }: Comparands): string[] {
  const wrong: string[] = [];
  if (status.state !== 'ready' || status.why !== undefined) wrong.push(`${status.state}: ${status.why ?? ''}`);
  if (status.unresolved > 0) wrong.push(`${status.unresolved} unresolved`);
  const ours = new Map<string, TrackedOrder>(execution.orders().map((order) => [order.clientOrderId, order]));
  const seen = new Set<string>();
  for (const order of orders) {
    const id = order.clientId ?? `number ${order.id}`;
    if (seen.has(id)) wrong.push(`doubled: ${id} is at the exchange twice`);
    seen.add(id);
    const known = ours.get(id);
    if (known === undefined) wrong.push(`ghost: ${id} is at the exchange and not in the journal`);
    else if (known.status !== expectedStatus(order) || formatDecimal(known.filledQuantity) !== number(order.filled))
      wrong.push(
        `lost: ${known.purpose} ${id} is ${order.status} with ${number(order.filled)} there, ${known.status} with ${formatDecimal(known.filledQuantity)} here`,
      );
  }
  for (const order of ours.values())
    if (isOpenStatus(order.status) && !seen.has(order.clientOrderId))
      wrong.push(`${order.purpose} ${order.clientOrderId} is ${order.status} here and nowhere there`);
  const [there, here] = [trueFills(orders).toSorted(), ourFills(execution.fills()).toSorted()];
  if (there.join() !== here.join()) wrong.push(`fills: [${there.join(', ')}] there, [${here.join(', ')}] here`);
  const held = execution.heldQuantity(LIVE_AGENT, instrumentId);
  if (!equals(held, gained)) wrong.push(`holds ${formatDecimal(held)} here, ${formatDecimal(gained)} there`);
  const resting = orders.filter((order) => isLive(order) && order.side === 'sell');
  const covered = sum(resting.map(({ quantity, filled }) => subtract(parseDecimal(quantity), parseDecimal(filled))));
  const sellable = execution.sellableQuantity(LIVE_AGENT, instrumentId);
  if (compare(covered, sellable) !== 0)
    wrong.push(`${formatDecimal(sellable)} to protect, ${formatDecimal(covered)} protected`);
  return wrong;
}
