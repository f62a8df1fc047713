import {
  add,
  type Decimal,
  divide,
  formatDecimal,
  isZero,
  multiply,
  parseDecimal,
  quantizeFloat,
  subtract,
  ZERO,
} from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Fill, Side } from '../domain/order.ts';
import type { JournalRecord } from '../journal/types.ts';
import type { LiveBook } from '../ports/live-market.ts';
import type { ProposedOrder } from '../risk/types.ts';
import { bookCost } from './book-cost.ts';
import type { FactSink } from './cycle-journal.ts';
import { payloadOf } from './records.ts';

/** The venue's book as it may be trusted now, or why it may not. */
export type ShadowBook = () =>
  | { readonly kind: 'book'; readonly book: LiveBook }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Compares without sending: what the venue's book would have given for each order when the gate let it through, and how far the simulation's
 * fill is from that. Stops and targets are not among them: they pass the gate with their entry and rest, and what fills them is seen when it
 * is over.
 */
export type Shadow = {
  approved(order: ProposedOrder, ts: UnixMs): void;
  filled(fill: Fill): void;
};

export type ShadowOptions = {
  readonly instrument: Instrument;
  readonly agentId: AgentId;
  readonly journal: FactSink;
  readonly look: ShadowBook;
  /** Of the same cycle, before this process or this desk. */
  readonly earlier?: readonly JournalRecord[];
};

type Quoted = {
  readonly side: Side;
  readonly quantity: Decimal;
  readonly price: Decimal;
  filled: Decimal;
  paid: Decimal;
};

const BPS = parseDecimal('10000');
const BPS_DECIMALS = 2;
const AVERAGE_DECIMALS = 4;

export function createShadow({ instrument, agentId, journal, look, earlier = [] }: ShadowOptions): Shadow {
  const open = new Map<ClientOrderId, Quoted>();
  for (const record of earlier) {
    if (record.type === 'shadow.quoted') {
      const { clientOrderId, side, quantity, price } = payloadOf(record, record.type);
      if (price !== null) remember(clientOrderId as ClientOrderId, side, parseDecimal(quantity), parseDecimal(price));
    }
    if (record.type === 'order.filled') {
      const { clientOrderId, price, quantity } = payloadOf(record, record.type);
      const quoted = open.get(clientOrderId as ClientOrderId);
      if (quoted !== undefined) take(quoted, parseDecimal(price), parseDecimal(quantity));
    }
    if (record.type === 'shadow.compared') open.delete(payloadOf(record, record.type).clientOrderId as ClientOrderId);
  }

  function remember(id: ClientOrderId, side: Side, quantity: Decimal, price: Decimal): void {
    open.set(id, { side, quantity, price, filled: ZERO, paid: ZERO });
  }

  function take(quoted: Quoted, price: Decimal, quantity: Decimal): void {
    quoted.filled = add(quoted.filled, quantity);
    quoted.paid = add(quoted.paid, multiply(price, quantity));
  }

  return {
    approved({ clientOrderId, purpose, side, quantity }, ts) {
      const seen = look();
      const cost = seen.kind === 'book' ? bookCost(seen.book, side, quantity, instrument) : undefined;
      const best = (levels: LiveBook['bids'] | undefined): string | null => {
        const [first] = levels ?? [];
        return first === undefined ? null : formatDecimal(quantizeFloat(first.price, instrument.tickSize, 'half-up'));
      };
      const book = seen.kind === 'book' ? seen.book : undefined;
      const short =
        cost === undefined ? undefined : `the book shown lacks ${formatDecimal(cost.left)} ${instrument.base}`;
      journal.write('shadow.quoted', ts, {
        agentId,
        clientOrderId,
        purpose,
        side,
        quantity: formatDecimal(quantity),
        bid: best(book?.bids),
        ask: best(book?.asks),
        price: cost?.price === undefined ? null : formatDecimal(cost.price),
        levels: cost?.levels ?? 0,
        why: seen.kind === 'none' ? seen.why : cost?.price === undefined ? (short ?? null) : null,
      });
      if (cost?.price !== undefined) remember(clientOrderId, side, quantity, cost.price);
    },
    filled({ clientOrderId, price, quantity, tsEvent }) {
      const quoted = open.get(clientOrderId);
      if (quoted === undefined) return;
      take(quoted, price, quantity);
      if (!isZero(subtract(quoted.quantity, quoted.filled))) return;
      open.delete(clientOrderId);
      const simulated = divide(quoted.paid, quoted.filled, instrument.tickSize.scale + AVERAGE_DECIMALS, 'half-up');
      const worse = quoted.side === 'buy' ? subtract(quoted.price, simulated) : subtract(simulated, quoted.price);
      journal.write('shadow.compared', tsEvent, {
        agentId,
        clientOrderId,
        quoted: formatDecimal(quoted.price),
        simulated: formatDecimal(simulated),
        slippageBps: formatDecimal(divide(multiply(worse, BPS), simulated, BPS_DECIMALS, 'half-up')),
      });
    },
  };
}
