import type { ClosedCandle } from '#core/domain/candle.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import {
  type AgentId,
  type ClientOrderId,
  type InstrumentId,
  type TradeId,
  type UnixMs,
  unixMs,
} from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset, money, price, quantity } from '#core/domain/money.ts';
import type { Fill } from '#core/domain/order.ts';
import { createExecution, type ExecutionOptions } from '#core/execution/execution.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import type { MarginAccount } from '#core/execution/venue-margin.ts';
import type { SimulatedVenueOptions } from '#core/execution/venue-options.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { applyFill, applyInterest, balanceOf, openLedger } from '#core/ledger/ledger.ts';
import type { LedgerState } from '#core/ledger/types.ts';
import type { VenueEvent, VenueOrder } from '#core/ports/venue-client.ts';
import { createGate } from '#core/risk/gate.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import { approvals } from '#core/risk/seal.ts';
import type { ApprovedOrder, ProposedOrder, RiskView } from '#core/risk/types.ts';
import type { RiskEnvelope } from '#core/spawner/types.ts';
import { sha256 } from './candle-builders.ts';

export const USDT = asset('USDT');
export const BTC = asset('BTC');
export const BTCUSDT = 'BTC/USDT.SIM' as InstrumentId;
export const AGENT = 'A-00000001' as AgentId;
export const HOUR = 3_600_000;

/** Tick 0.01, lot 0.001, at least 0.001 BTC and 5 USDT, eight decimals of USDT. */
export const instrument: Instrument = {
  id: BTCUSDT,
  symbol: 'BTC/USDT',
  venue: 'SIM',
  base: BTC,
  quote: USDT,
  tickSize: parseDecimal('0.01'),
  lotSize: parseDecimal('0.001'),
  minQuantity: parseDecimal('0.001'),
  minNotional: parseDecimal('5'),
  quoteScale: 8,
};

export const orderId = (n: number): ClientOrderId => `mt${String(n).padStart(16, '0')}` as ClientOrderId;

/** Hourly candle number `slot`: open, high, low, close. */
export const candle = (slot: number, open: number, high: number, low: number, close: number): ClosedCandle =>
  ({ openTime: slot * HOUR, closeTime: (slot + 1) * HOUR, open, high, low, close, volume: 1 }) as ClosedCandle;

export const at = (slot: number): UnixMs => unixMs(slot * HOUR);

const open = createGate([{ name: 'everything-passes', refuse: () => undefined }]);

/** An approved order without judgement, for what comes after the gate. */
export function approve(order: ProposedOrder): ApprovedOrder {
  const verdict = open(order, {} as RiskView);
  if (verdict.kind === 'denied') throw new Error(verdict.reason);
  return verdict.order;
}

type Text = { readonly stop?: string; readonly target?: string };

export const entryOrder = (n: number, size: string, { stop, target }: Text = {}): ProposedOrder => ({
  clientOrderId: orderId(n),
  side: 'buy',
  type: 'market',
  purpose: 'entry',
  quantity: quantity(size),
  reduceOnly: false,
  ...(stop === undefined ? {} : { stop: price(stop) }),
  ...(target === undefined ? {} : { target: price(target) }),
});

/** A short sale with its protection. */
export const shortEntry = (n: number, size: string, text: Text = {}): ProposedOrder => ({
  ...entryOrder(n, size, text),
  side: 'sell',
});

export const closingOrder = (
  n: number,
  purpose: 'exit' | 'stop' | 'target' | 'flatten',
  size: string,
  at?: string,
): ProposedOrder => ({
  clientOrderId: orderId(n),
  side: 'sell',
  type: purpose === 'stop' ? 'stop' : purpose === 'target' ? 'take_profit' : 'market',
  purpose,
  quantity: quantity(size),
  reduceOnly: true,
  ...(at === undefined ? {} : { price: price(at) }),
});

export const limitBuy = (n: number, size: string, limit: string, text: Text = {}): ProposedOrder => ({
  ...entryOrder(n, size, text),
  type: 'limit',
  price: price(limit),
});

type Costs = {
  readonly feeBps?: string;
  readonly halfSpreadBps?: string;
  readonly instrument?: Instrument;
  readonly venue?: Partial<SimulatedVenueOptions>;
};

/** One line per venue event: what a person would check by hand. */
export function lineOf(event: VenueEvent): string {
  const short = event.clientOrderId.replace(/^mt0*/, '#');
  const when = `${event.ts / HOUR}h`;
  switch (event.kind) {
    case 'accepted':
      return `${when} accepted ${short}`;
    case 'rejected':
    case 'canceled':
    case 'outcome_unknown':
      return `${when} ${event.kind} ${short}: ${event.reason}`;
    case 'filled':
    case 'external': {
      const { side, quantity: size, price: paid, fee, liquidity } = event.fill;
      return `${when} ${side} ${formatDecimal(size)} at ${formatDecimal(paid)} fee ${formatDecimal(fee.amount)} ${liquidity} ${short}`;
    }
  }
}

/** A venue whose events are kept as lines. */
export function venueRig({
  feeBps = '10',
  halfSpreadBps = '0',
  instrument: traded = instrument,
  venue: more = {},
}: Costs = {}) {
  const ids = createIdFactory(sha256, 'venue rig');
  const venue = createSimulatedVenue({
    instrument: traded,
    feeBps: parseDecimal(feeBps),
    halfSpreadBps: parseDecimal(halfSpreadBps),
    ids,
    ...more,
  });
  const lines: string[] = [];
  const events: VenueEvent[] = [];
  venue.subscribe((event) => {
    events.push(event);
    lines.push(lineOf(event));
  });
  const venueOrder = (order: ProposedOrder, submittedAt: UnixMs): VenueOrder => ({
    agentId: AGENT,
    instrumentId: traded.id,
    order: approve(order),
    submittedAt,
  });
  return {
    venue,
    events,
    lines,
    submit: (order: ProposedOrder, slot: number) => venue.submit(venueOrder(order, at(slot))),
    /** Fills and refusals only. */
    outcomes: () => lines.filter((line) => !line.includes('accepted')),
    venueOrder,
  };
}

/** Venue, execution and ledger wired as the cycle wires them. */
export function deskRig({
  cash = '10000',
  ungrouped = false,
  ...costs
}: Costs & {
  readonly cash?: string;
  readonly record?: ExecutionOptions['record'];
  /** As at a real venue: orders do not share their quantity. */
  readonly ungrouped?: boolean;
} = {}) {
  const traded = costs.instrument ?? instrument;
  const records: ExecutionRecord[] = [];
  let state: LedgerState = openLedger(USDT, parseDecimal(cash), at(0)).state;
  const margin: MarginAccount = {
    cash: () => balanceOf(state, 'cash', USDT),
    onInterest: ({ event, amount, ts }) => {
      state = applyInterest(state, event, amount, ts).state;
    },
  };
  const rig = venueRig({ ...costs, venue: { ...costs.venue, ...(traded.margin === undefined ? {} : { margin }) } });
  if (ungrouped) Object.assign(rig.venue, { ungrouped: true });
  const record = costs.record ?? ((entry: ExecutionRecord) => records.push(entry));
  const execution = createExecution({
    venue: rig.venue,
    record,
    ids: createIdFactory(sha256, 'desk rig'),
    approvals,
    instruments: [traded],
    onFill: (fill) => {
      state = applyFill(state, fill, traded).state;
    },
  });
  return {
    ...rig,
    execution,
    records,
    ledger: () => state,
    enter: (order: ProposedOrder, slot: number) => execution.submit(AGENT, traded.id, approve(order), at(slot)),
    held: () => formatDecimal(execution.heldQuantity(AGENT, traded.id)),
    /** `purpose side status filled` of every order. */
    orderLines: () =>
      execution
        .orders()
        .map(
          ({ purpose, status, quantity: size, filledQuantity }) =>
            `${purpose} ${status} ${formatDecimal(filledQuantity)}/${formatDecimal(size)}`,
        ),
  };
}

let trades = 0;
const nextTrade = (): TradeId => {
  trades += 1;
  return `T-${trades}` as TradeId;
};

/** A fill as the ledger sees it. */
export const fillOf = (
  side: 'buy' | 'sell',
  size: string,
  paid: string,
  fee = '0',
  tradeId: TradeId = nextTrade(),
): Fill => ({
  tradeId,
  clientOrderId: orderId(1),
  agentId: AGENT,
  instrumentId: BTCUSDT,
  side,
  purpose: side === 'buy' ? 'entry' : 'exit',
  price: price(paid),
  quantity: quantity(size),
  fee: money(fee, USDT),
  liquidity: 'taker',
  tsEvent: at(1),
});

export const envelope: RiskEnvelope = {
  riskPerTrade: '0.01',
  maxNotionalFraction: '0.5',
  stopAtr: '2',
  targetAtr: '4',
  maxPositions: 1,
  dayLoss: '0.02',
  allowShort: false,
};

/** A calm view in which a modest entry at 100 passes: equity and cash 10,000. */
export const calmView: RiskView = {
  now: at(10),
  limits: DEFAULT_LIMITS,
  access: { mode: 'full', lock: 'open' },
  dataFault: null,
  atr: parseDecimal('1'),
  venue: 'simulated',
  symbolExposure: parseDecimal('0'),
  openOrderNotional: parseDecimal('0'),
  ownOrders: [],
  ordersLastSecond: 0,
  repeatsLastMinute: 0,
  recentIntents: [],
  tradingState: 'active',
  reconciled: true,
  instrument,
  allowedInstruments: [BTCUSDT],
  envelope,
  envelopeExpiresAt: at(20),
  referencePrice: price('100'),
  dataAgeMs: 0,
  maxDataAgeMs: HOUR,
  equity: parseDecimal('10000'),
  cash: parseDecimal('10000'),
  peakEquity: parseDecimal('10000'),
  dayStartEquity: parseDecimal('10000'),
  agentStartEquity: parseDecimal('10000'),
  openPositions: 0,
  heldQuantity: quantity('0'),
  grossExposure: parseDecimal('0'),
  openOrders: 0,
  ordersLastMinute: 0,
  feeBps: parseDecimal('10'),
};
