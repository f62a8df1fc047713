import type { Decimal } from '../domain/decimal.ts';
import type { ClientOrderId, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Price, Quantity } from '../domain/money.ts';
import type { Side } from '../domain/order.ts';

/** What the master asks for by hand. */
export type ManualOrder = {
  /** Under which the order is sent when it follows from a request of the master, so that the same request twice is one order. */
  readonly clientOrderId?: ClientOrderId;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly quantity: Quantity;
  /** Worst price; a market order without it. */
  readonly limit?: Price;
  /** Where a purchase is given up, and where it is taken. */
  readonly stop?: Price;
  readonly take?: Price;
};

/** Newest known price, the moment at which it was true, and how far the instrument moves in a candle, in quote. */
export type Quote = { readonly price: Price; readonly at: UnixMs; readonly atr: Decimal };
