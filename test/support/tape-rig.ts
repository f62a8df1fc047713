import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { asset, price, quantity } from '#core/domain/money.ts';
import type { OrderType, Side } from '#core/domain/order.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import type { SimulatedVenueOptions } from '#core/execution/venue-options.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { applyDeposit, applyFill, applyInterest, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import type { LedgerState } from '#core/ledger/types.ts';
import type { VenueEvent } from '#core/ports/venue-client.ts';
import type { ProposedOrder } from '#core/risk/types.ts';
import { sha256 } from './candle-builders.ts';
import { AGENT, approve, at, BTC, HOUR, instrument, orderId, USDT } from './trading-builders.ts';

export const BNB = asset('BNB');

/** An order in words: `buy 0.5 limit 100`, then `key=value` for what else it has: `open=1` sells short, `reduce=1` buys back. */
export function orderOf(n: number, text: string): ProposedOrder {
  const [side, size, type, ...rest] = text.split(' ');
  const at = rest.find((word) => !word.includes('='));
  const extras = new Map(rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]));
  const [limitPrice, trail, timeInForce, group] = ['limit', 'trail', 'tif', 'group'].map((name) => extras.get(name));
  return {
    clientOrderId: orderId(n),
    side: side as Side,
    type: type as OrderType,
    purpose:
      side === 'buy' || extras.has('open')
        ? 'entry'
        : type === 'stop'
          ? 'stop'
          : type === 'take_profit'
            ? 'target'
            : 'exit',
    quantity: quantity(size ?? ''),
    reduceOnly: side === 'sell' ? !extras.has('open') : extras.has('reduce'),
    ...(at === undefined ? {} : { price: price(at) }),
    ...(limitPrice === undefined ? {} : { limitPrice: price(limitPrice) }),
    ...(trail === undefined ? {} : { trail: price(trail) }),
    ...(timeInForce === undefined ? {} : { timeInForce: timeInForce as 'ioc' | 'fok' }),
    ...(extras.get('post') === undefined ? {} : { postOnly: true }),
    ...(group === undefined ? {} : { group }),
  };
}

/** Hourly candle `slot`; prices and volume. */
export const bar = (
  slot: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume = 1000,
): ClosedCandle =>
  ({ openTime: slot * HOUR, closeTime: (slot + 1) * HOUR, open, high, low, close, volume }) as ClosedCandle;

/** Candle `part` of `of` equal parts of hour `slot`. */
export const part = (
  slot: number,
  index: number,
  of: number,
  prices: readonly [number, number, number, number],
): ClosedCandle => {
  const [open, high, low, close] = prices;
  const length = HOUR / of;
  const openTime = slot * HOUR + index * length;
  return { openTime, closeTime: openTime + length, open, high, low, close, volume: 1000 / of } as ClosedCandle;
};

const plainText = (event: VenueEvent): string => {
  const short = event.clientOrderId.replace(/^mt0*/, '#');
  const when = `${event.ts / HOUR}h`;
  if (event.kind === 'accepted') return `${when} ${short} accepted`;
  if (event.kind !== 'filled' && event.kind !== 'external') return `${when} ${short} ${event.kind}: ${event.reason}`;
  const { side, quantity: size, price: paid, fee, liquidity } = event.fill;
  return `${when} ${short} ${side} ${formatDecimal(size)} at ${formatDecimal(paid)} fee ${formatDecimal(fee.amount)} ${fee.asset} ${liquidity}`;
};

/** A venue and a ledger of 10,000 USDT and 1 BNB; costs nothing unless told. */
export function tapeRig(options: Partial<SimulatedVenueOptions> = {}) {
  const lines: string[] = [];
  let state: LedgerState = applyDeposit(
    openLedger(USDT, parseDecimal('10000'), at(0)).state,
    'coin',
    BNB,
    parseDecimal('1'),
    at(0),
  );
  const venue = createSimulatedVenue({
    instrument,
    feeBps: parseDecimal('0'),
    halfSpreadBps: parseDecimal('0'),
    ids: createIdFactory(sha256, 'tape rig'),
    ...(options.instrument?.margin === undefined
      ? {}
      : {
          margin: {
            cash: () => balanceOf(state, 'cash', USDT),
            onInterest: ({ event, amount, ts }) => {
              lines.push(`${ts / HOUR}h interest ${formatDecimal(amount.amount)}`);
              state = applyInterest(state, event, amount, ts).state;
            },
          },
        }),
    ...options,
  });
  const traded = options.instrument ?? instrument;
  venue.subscribe((event) => {
    if (event.kind !== 'accepted') lines.push(plainText(event));
    if (event.kind === 'filled') state = applyFill(state, event.fill, traded).state;
  });
  return {
    venue,
    lines,
    state: () => state,
    submit: (n: number, slot: number, text: string) =>
      venue.submit({
        agentId: AGENT,
        instrumentId: traded.id,
        order: approve(orderOf(n, text)),
        submittedAt: at(slot),
      }),
    cancel: (n: number, slot: number) => venue.cancel(orderId(n), at(slot)),
    play: (...candles: readonly ClosedCandle[]) => {
      for (const one of candles) venue.onCandle(one);
    },
    /** `USDT / BTC / BNB` */
    balances: () =>
      [balanceOf(state, 'cash', USDT), balanceOf(state, 'position', BTC), balanceOf(state, 'cash', BNB)]
        .map(formatDecimal)
        .join(' / '),
  };
}
