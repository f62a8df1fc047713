import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { intentKey } from '#core/risk/intent-key.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import type { ProposedOrder, RiskView } from '#core/risk/types.ts';
import {
  BTCUSDT,
  calmView,
  closingOrder,
  entryOrder,
  envelope,
  HOUR,
  limitBuy,
  orderId,
} from '../../support/trading-builders.ts';

const d = parseDecimal;
/** 10 at 100 with a stop at 95: notional 1000, planned loss 50 + fees of 1 + 0.95 = 51.95. */
const entry = entryOrder(1, '10', { stop: '95', target: '110' });
const exit = closingOrder(2, 'exit', '10');
const holding = { heldQuantity: quantity('10') };
const withEnvelope = (change: Partial<typeof envelope>): Partial<RiskView> => ({
  envelope: { ...envelope, ...change },
});

const sentAgo = (ms: number) => ({ key: intentKey(entry, BTCUSDT), ts: unixMs(calmView.now - ms) });

/** What one check says; `passes` when it lets the order through. */
function ask(name: string, order: ProposedOrder, change: Partial<RiskView> = {}): string {
  const check = standardChecks.find((other) => other.name === name);
  if (check === undefined) throw new Error(`no check is called ${name}`);
  return check.refuse(order, { ...calmView, ...change }) ?? 'passes';
}

type Case = readonly [what: string, order: ProposedOrder, change: Partial<RiskView>, answer: string];

/** For each check: what passes, what is refused, and both sides of the boundary. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'mode-and-lock': [
    ['an open vault in full mode', entry, {}, 'passes'],
    ['a locked vault', entry, { access: { mode: 'full', lock: 'locked' } }, 'the vault is locked'],
    [
      'a mode that asks the master',
      entry,
      { access: { mode: 'manual', lock: 'open' } },
      'mode manual lets no agent take new risk',
    ],
    ['emergency', entry, { access: { mode: 'emergency', lock: 'open' } }, 'mode emergency lets no agent take new risk'],
    ['a mode nobody knows', entry, { access: { mode: 'wild' as never, lock: 'open' } }, 'unknown mode "wild"'],
    ['a lock nobody knows', entry, { access: { mode: 'full', lock: 'ajar' as never } }, 'the vault is locked'],
    [
      'semi: an agent whose brief nobody approved',
      entry,
      { access: { mode: 'semi', lock: 'open' } },
      'mode semi: no brief of this agent was approved',
    ],
    ['semi: inside an approved brief', entry, { access: { mode: 'semi', lock: 'open', brief: 'approved' } }, 'passes'],
    [
      'semi: more of real money than the threshold',
      entry,
      { venue: 'live', access: { mode: 'semi', lock: 'open', brief: 'approved' } },
      'mode semi: it plans to lose more than 0.005 of the equity, and was not approved',
    ],
    [
      'semi: the same, approved',
      entry,
      { venue: 'live', access: { mode: 'semi', lock: 'open', brief: 'approved', entry: 'approved' } },
      'passes',
    ],
    [
      'semi: real money up to the threshold',
      entry,
      { venue: 'live', equity: d('10390'), access: { mode: 'semi', lock: 'open', brief: 'approved' } },
      'passes',
    ],
    [
      'semi: a cent above it',
      entry,
      { venue: 'live', equity: d('10389.99'), access: { mode: 'semi', lock: 'open', brief: 'approved' } },
      'mode semi: it plans to lose more than 0.005 of the equity, and was not approved',
    ],
    ['manual: the master himself', entry, { access: { mode: 'manual', lock: 'open', by: 'master' } }, 'passes'],
    [
      'manual: an agent with an approved brief',
      entry,
      { access: { mode: 'manual', lock: 'open', brief: 'approved' } },
      'mode manual lets no agent take new risk',
    ],
    [
      'emergency: the master himself',
      entry,
      { access: { mode: 'emergency', lock: 'open', by: 'master' } },
      'mode emergency lets nobody take new risk',
    ],
    ['full: a program', entry, { access: { mode: 'full', lock: 'open', by: 'program' } }, 'passes'],
    [
      'semi: a program, whatever was approved for somebody else',
      entry,
      { access: { mode: 'semi', lock: 'open', by: 'program', brief: 'approved', entry: 'approved' } },
      "mode semi lets no program open a position: a token is not the master's hand",
    ],
    [
      'manual: a program',
      entry,
      { access: { mode: 'manual', lock: 'open', by: 'program' } },
      'mode manual lets no program take new risk',
    ],
    [
      'emergency: a program',
      entry,
      { access: { mode: 'emergency', lock: 'open', by: 'program' } },
      'mode emergency lets nobody take new risk',
    ],
    ['manual: an exit of a program', exit, { access: { mode: 'manual', lock: 'open', by: 'program' } }, 'passes'],
    ['an exit behind a locked vault', exit, { access: { mode: 'emergency', lock: 'locked' } }, 'passes'],
  ],
  'trading-state': [
    ['an entry while active', entry, {}, 'passes'],
    [
      'an entry while reducing',
      entry,
      { tradingState: 'reducing' },
      'trading is reducing: only orders that reduce a position pass',
    ],
    [
      'an entry while halted',
      entry,
      { tradingState: 'halted' },
      'trading is halted: only orders that reduce a position pass',
    ],
    ['an exit while halted', exit, { tradingState: 'halted' }, 'passes'],
    [
      'an entry that calls itself an exit',
      { ...entry, purpose: 'exit' },
      { tradingState: 'halted' },
      'trading is halted: only orders that reduce a position pass',
    ],
    [
      'a buy that calls itself reduce-only',
      { ...entry, purpose: 'exit', reduceOnly: true },
      { tradingState: 'halted' },
      'trading is halted: only orders that reduce a position pass',
    ],
    ['a state nobody knows', entry, { tradingState: 'open' as never }, 'unknown trading state "open"'],
  ],
  reconciled: [
    ['an entry', entry, {}, 'passes'],
    ['an entry before reconciliation', entry, { reconciled: false }, 'the books are not reconciled with the venue'],
    ['an exit before reconciliation', exit, { reconciled: false }, 'passes'],
    [
      'a truthy value that is not true',
      entry,
      { reconciled: 'yes' as never },
      'the books are not reconciled with the venue',
    ],
  ],
  'data-fresh': [
    ['data exactly at the limit', entry, { dataAgeMs: HOUR }, 'passes'],
    [
      'data one millisecond older',
      entry,
      { dataAgeMs: HOUR + 1 },
      'the newest candle is 3600001 ms old, more than 3600000 ms',
    ],
    ['data from the future', entry, { dataAgeMs: -1 }, 'the newest candle closes 1 ms in the future'],
    [
      'fresh data that are not to be trusted',
      entry,
      { dataFault: 'a gap in the sequence' },
      'the data are not to be trusted now: a gap in the sequence',
    ],
    [
      'nothing said about the data',
      entry,
      { dataFault: undefined as never },
      'the data are not to be trusted now: undefined',
    ],
    ['an exit on data that are not to be trusted', exit, { dataFault: 'a crossed book' }, 'passes'],
    ['an exit on stale data', exit, { dataAgeMs: HOUR * 9 }, 'passes'],
  ],
  'instrument-allowed': [
    ['an allowed instrument', entry, { allowedInstruments: ['ETH/USDT.SIM', BTCUSDT] }, 'passes'],
    ['no allowed instrument', entry, { allowedInstruments: [] }, 'BTC/USDT.SIM is not an allowed instrument'],
    [
      'another venue of the same symbol',
      entry,
      { allowedInstruments: ['BTC/USDT.LIVE'] },
      'BTC/USDT.SIM is not an allowed instrument',
    ],
    ['an exit from what is no longer allowed', exit, { allowedInstruments: [] }, 'passes'],
  ],
  'lot-and-tick': [
    ['the smallest lot', entryOrder(1, '0.001', { stop: '95' }), {}, 'passes'],
    ['no lot', entryOrder(1, '0', { stop: '95' }), {}, 'the quantity must be positive'],
    [
      'a fraction of a lot',
      entryOrder(1, '1.0002', { stop: '95' }),
      {},
      'quantity 1.0002 is not a multiple of the lot 0.001',
    ],
    [
      'a fraction of a lot, for an exit too',
      closingOrder(2, 'exit', '1.0002'),
      {},
      'quantity 1.0002 is not a multiple of the lot 0.001',
    ],
    [
      'less than the minimum',
      entry,
      { instrument: { ...calmView.instrument, minQuantity: d('10.001') } },
      'quantity 10 is below the minimum 10.001',
    ],
    ['an exit of dust', exit, { instrument: { ...calmView.instrument, minQuantity: d('10.001') } }, 'passes'],
    ['a market order with a price', { ...entry, price: price('100') }, {}, 'a market order carries no price'],
    ['a limit without a price', { ...entry, type: 'limit' }, {}, 'a limit order needs a price'],
    [
      'a limit between two ticks',
      limitBuy(1, '10', '99.995', { stop: '95' }),
      {},
      'the price is not a positive multiple of the tick 0.01',
    ],
    [
      'a stop between two ticks',
      entryOrder(1, '10', { stop: '95.001' }),
      {},
      'the stop is not a positive multiple of the tick 0.01',
    ],
    [
      'a target between two ticks',
      entryOrder(1, '10', { stop: '95', target: '110.001' }),
      {},
      'the target is not a positive multiple of the tick 0.01',
    ],
  ],
  'min-notional': [
    ['the minimum exactly, measured at the stop', entryOrder(1, '0.0625', { stop: '80' }), {}, 'passes'],
    [
      'enough at the entry, too little at the stop',
      entryOrder(1, '0.062', { stop: '80' }),
      {},
      "notional 4.96 at its stop is below the venue's minimum 5",
    ],
    [
      'too little without a stop',
      entryOrder(1, '0.049'),
      {},
      "notional 4.9 at its price is below the venue's minimum 5",
    ],
    ['an exit of any size', closingOrder(2, 'exit', '0.001'), {}, 'passes'],
  ],
  'price-collar': [
    ['a market order', entry, {}, 'passes'],
    ['a limit exactly 1 % below', limitBuy(1, '10', '99', { stop: '95' }), {}, 'passes'],
    [
      'a limit one tick further',
      limitBuy(1, '10', '98.99', { stop: '95' }),
      {},
      'price 98.99 is more than 0.01 of 100 away from it',
    ],
    [
      'a limit one tick too high',
      limitBuy(1, '10', '101.01', { stop: '95' }),
      {},
      'price 101.01 is more than 0.01 of 100 away from it',
    ],
    ['a protective stop far away', closingOrder(2, 'stop', '10', '50'), {}, 'passes'],
    [
      'the limit behind a trigger, too far',
      { ...limitBuy(1, '10', '100', { stop: '95' }), type: 'stop_limit', limitPrice: price('102') },
      {},
      'price 102 is more than 0.01 of 100 away from it',
    ],
    [
      'a wider collar than 3 %, whatever the policy says',
      limitBuy(1, '10', '96.99', { stop: '95' }),
      { limits: { ...calmView.limits, priceCollar: d('0.2') } },
      'price 96.99 is more than 0.03 of 100 away from it',
    ],
    [
      'a market order to a live venue',
      entry,
      { venue: 'live' },
      'a market order may not reach a live venue without the price of its collar',
    ],
    ['the same as a limit at the collar', limitBuy(1, '10', '101', { stop: '95' }), { venue: 'live' }, 'passes'],
    ['a way out of a live venue', exit, { venue: 'live' }, 'passes'],
  ],
  'order-size': [
    ['half of the equity exactly', entryOrder(1, '50', { stop: '99' }), {}, 'passes'],
    [
      'one lot more',
      entryOrder(1, '50.001', { stop: '99' }),
      {},
      "the order's notional 5000.1 exceeds the allowed 5000",
    ],
    ['an exit of everything', closingOrder(2, 'exit', '99'), {}, 'passes'],
  ],
  'symbol-exposure': [
    ['half of the equity exactly', entry, { symbolExposure: d('4000') }, 'passes'],
    [
      'one unit more',
      entry,
      { symbolExposure: d('4000.00000001') },
      'exposure in this instrument of 5000.00000001 exceeds the allowed 5000',
    ],
    ['an exit', exit, { symbolExposure: d('9999') }, 'passes'],
  ],
  'gross-exposure': [
    ['all of the equity exactly', entry, { grossExposure: d('9000') }, 'passes'],
    [
      'one unit more',
      entry,
      { grossExposure: d('9000.00000001') },
      'total exposure of 10000.00000001 exceeds the allowed 10000',
    ],
    ['an exit', exit, { grossExposure: d('99999') }, 'passes'],
  ],
  'has-protective-stop': [
    ['a stop one tick below', entryOrder(1, '10', { stop: '99.99' }), {}, 'passes'],
    ['no stop', entryOrder(1, '10'), {}, 'an entry needs a protective stop'],
    ['a stop at the price', entryOrder(1, '10', { stop: '100' }), {}, 'the stop must lie below the entry'],
    ['a stop at the limit price', limitBuy(1, '10', '99', { stop: '99' }), {}, 'the stop must lie below the entry'],
    [
      'a target at the price',
      entryOrder(1, '10', { stop: '95', target: '100' }),
      {},
      'the target must lie above the entry',
    ],
    ['a target one tick above', entryOrder(1, '10', { stop: '95', target: '100.01' }), {}, 'passes'],
    ['an exit without a stop', exit, {}, 'passes'],
  ],
  'reward-covers-costs': [
    // Target T pays twice the fees when T - 100 >= 2 x (100 + T) x 0.001, from 100.4008... on.
    ['a target worth just two round trips', entryOrder(1, '10', { stop: '95', target: '100.41' }), {}, 'passes'],
    [
      'a target one tick nearer',
      entryOrder(1, '10', { stop: '95', target: '100.4' }),
      {},
      'the target is 0.4 away, and a round trip costs 0.2004 in fees alone',
    ],
    ['an entry without a target', entryOrder(1, '10', { stop: '95' }), {}, 'passes'],
    ['an exit', exit, holding, 'passes'],
  ],
  'risk-per-trade': [
    ['a loss of exactly the budget', entry, withEnvelope({ riskPerTrade: '0.005195' }), 'passes'],
    [
      'a loss one digit above it',
      entry,
      withEnvelope({ riskPerTrade: '0.0051949' }),
      'planned loss 51.95 exceeds the allowed 51.949',
    ],
    ['no stop: all of it is at risk', entryOrder(1, '10'), {}, 'planned loss 1001 exceeds the allowed 100'],
    [
      'a negative budget',
      entry,
      withEnvelope({ riskPerTrade: '-0.01' }),
      'planned loss 51.95 exceeds the allowed -100',
    ],
    ['an exit', exit, withEnvelope({ riskPerTrade: '0' }), 'passes'],
  ],
  'max-notional': [
    ['exactly the limit', entry, { grossExposure: d('4000') }, 'passes'],
    [
      'one unit above it',
      entry,
      { grossExposure: d('4000.00000001') },
      'exposure 5000.00000001 would exceed the allowed 5000',
    ],
    ['an exit', exit, { grossExposure: d('9999') }, 'passes'],
  ],
  'buying-power': [
    // A market order is assumed to cost up to 101: 1010 + 10 bps = 1011.01, and one unit for the rounding of the fee.
    ['cash for the worst price and the fee exactly', entry, { cash: d('1011.01000001') }, 'passes'],
    ['one unit less', entry, { cash: d('1011.01') }, 'it may cost 1011.01000001, more than the cash 1011.01'],
    [
      'a limit costs its price: 990 + 0.99',
      limitBuy(1, '10', '99', { stop: '95' }),
      { cash: d('990.99000001') },
      'passes',
    ],
    [
      'a limit, one unit less',
      limitBuy(1, '10', '99', { stop: '95' }),
      { cash: d('990.99') },
      'it may cost 990.99000001, more than the cash 990.99',
    ],
    ['an exit without cash', exit, { cash: d('0') }, 'passes'],
  ],
  'position-count': [
    ['the last free place', entry, { openPositions: 2, ...withEnvelope({ maxPositions: 3 }) }, 'passes'],
    ['no free place', entry, { openPositions: 3, ...withEnvelope({ maxPositions: 3 }) }, '3 of 3 positions are open'],
    ['an exit', exit, { openPositions: 9 }, 'passes'],
  ],
  'open-order-count': [
    ['the twentieth order', entry, { openOrders: 19 }, 'passes'],
    ['one more', entry, { openOrders: 20 }, '20 orders are open, the limit is 20'],
    ['an exit', exit, { openOrders: 99 }, 'passes'],
  ],
  'open-order-notional': [
    ['half of the equity exactly', entry, { openOrderNotional: d('4000') }, 'passes'],
    [
      'one unit more',
      entry,
      { openOrderNotional: d('4000.00000001') },
      'open entries of 5000.00000001 exceed the allowed 5000',
    ],
    ['an exit', exit, { openOrderNotional: d('99999') }, 'passes'],
  ],
  'message-rate': [
    ['the third order of the second', entry, { ordersLastSecond: 2 }, 'passes'],
    ['a fourth', entry, { ordersLastSecond: 3 }, '3 orders in the last second, the limit is 3'],
    ['the fifth on this side of this instrument', entry, { repeatsLastMinute: 4 }, 'passes'],
    [
      'a sixth',
      entry,
      { repeatsLastMinute: 5 },
      '5 orders on this side of this instrument in the last minute, the limit is 5',
    ],
    ['the tenth order of the minute', entry, { ordersLastMinute: 9 }, 'passes'],
    ['one more', entry, { ordersLastMinute: 10 }, '10 orders in the last minute, the limit is 10'],
    ['an exit', exit, { ordersLastMinute: 99 }, 'passes'],
  ],
  'self-cross': [
    [
      'a sale of ours above what it may pay',
      entry,
      { ownOrders: [{ side: 'sell', type: 'limit', price: price('101.01') }] },
      'passes',
    ],
    [
      'a sale of ours that it could meet',
      entry,
      { ownOrders: [{ side: 'sell', type: 'take_profit', price: price('101') }] },
      'it could trade with our own sell at 101',
    ],
    [
      'a limit below our sale',
      limitBuy(1, '10', '99.5', { stop: '95' }),
      { ownOrders: [{ side: 'sell', type: 'limit', price: price('99.51') }] },
      'passes',
    ],
    [
      'a limit at our sale',
      limitBuy(1, '10', '99.5', { stop: '95' }),
      { ownOrders: [{ side: 'sell', type: 'limit', price: price('99.5') }] },
      'it could trade with our own sell at 99.5',
    ],
    ['another purchase of ours', entry, { ownOrders: [{ side: 'buy', type: 'limit', price: price('99') }] }, 'passes'],
    ['our protective stop', entry, { ownOrders: [{ side: 'sell', type: 'stop', price: price('95') }] }, 'passes'],
    ['an exit', exit, { ownOrders: [{ side: 'buy', type: 'limit', price: price('100') }] }, 'passes'],
  ],
  duplicate: [
    ['a new id', entry, { knownOrderIds: [orderId(2)] }, 'passes'],
    [
      'a known id',
      entry,
      { knownOrderIds: [orderId(2), orderId(1)] },
      'client order id mt0000000000000001 was used before',
    ],
    [
      'a known id of an exit',
      exit,
      { knownOrderIds: [orderId(2)] },
      'client order id mt0000000000000002 was used before',
    ],
  ],
  'duplicate-intent': [
    ['another order just before', entry, { recentIntents: [{ key: 'other', ts: calmView.now }] }, 'passes'],
    ['the same two seconds ago', entry, { recentIntents: [sentAgo(2_000)] }, 'passes'],
    [
      'the same one millisecond less ago, under another id',
      { ...entry, clientOrderId: orderId(9) },
      { recentIntents: [sentAgo(1_999)] },
      'the same order was sent 1999 ms ago',
    ],
    [
      'the same from a clock that went back',
      entry,
      { recentIntents: [sentAgo(-500)] },
      'the same order was sent -500 ms ago',
    ],
    ['one lot more', entryOrder(1, '10.001', { stop: '95', target: '110' }), { recentIntents: [sentAgo(1)] }, 'passes'],
    ['an exit', exit, { recentIntents: [{ key: intentKey(exit, BTCUSDT), ts: calmView.now }] }, 'passes'],
  ],
  'daily-loss': [
    ['one unit before 2 %', entry, { equity: d('9800.01') }, 'passes'],
    [
      '2 % since the day began',
      entry,
      { equity: d('9800') },
      'the account has lost 200 since the day began, 0.02 of it or more',
    ],
    ['a gain', entry, { equity: d('10500') }, 'passes'],
    ['an exit after the loss', exit, { equity: d('9000') }, 'passes'],
  ],
  'agent-day-loss': [
    ['one unit before the limit of 2 %', entry, { equity: d('9800.01') }, 'passes'],
    [
      'the limit, since the day began',
      entry,
      { equity: d('9800'), agentStartEquity: d('9800') },
      'the day has lost 0.02 of its equity or more',
    ],
    [
      'the limit, since the agent began',
      entry,
      { equity: d('9800'), dayStartEquity: d('9800') },
      'the agent has lost 0.02 of its equity or more',
    ],
    ['a gain', entry, { equity: d('10500') }, 'passes'],
    ['an exit after the loss', exit, { equity: d('9000') }, 'passes'],
  ],
  'drawdown-budget': [
    ['no drawdown', entry, {}, 'passes'],
    ['just under 3 %', entry, { equity: d('9700.01') }, 'passes'],
    // At 9700 half the size is half of 97 planned loss = 48.5: 10 at 51.95 is too much, 9 at 46.755 is not.
    ['3 %: more than half the size', entry, { equity: d('9700') }, 'drawdown allows 0.5 of the usual size'],
    ['3 %: half the size', entryOrder(1, '9', { stop: '95' }), { equity: d('9700') }, 'passes'],
    [
      '3 %: half the notional exceeded',
      entryOrder(1, '25', { stop: '99.5' }),
      { equity: d('9700') },
      'drawdown allows 0.5 of the usual size',
    ],
    ['just under 4 %', entryOrder(1, '5', { stop: '95' }), { equity: d('9600.01') }, 'passes'],
    [
      '4 %',
      entryOrder(1, '5', { stop: '95' }),
      { equity: d('9600') },
      'drawdown is 0.04 or more: only orders that reduce',
    ],
    ['4.5 %', entryOrder(1, '5', { stop: '95' }), { equity: d('9550') }, 'drawdown is 0.045 or more: no entries'],
    ['an exit at any drawdown', exit, { equity: d('5000') }, 'passes'],
    ['no equity', entry, { equity: d('0') }, 'there is no equity to risk'],
    // 51.95 to the stop, (5 + 0.5 ATR) x 10 = 55 beyond it, and 393.05: exactly 5 % of the peak
    [
      'worst case of 5 % of the peak',
      entry,
      { openRisk: d('393.05') },
      'at worst equity would fall to 9500, a drawdown of 0.05 or more',
    ],
    ['worst case just under 5 %', entry, { openRisk: d('393.0499') }, 'passes'],
    [
      'the gap of what is open counts as well: 5 % of 4000',
      entry,
      { openRisk: d('193.05'), grossExposure: d('4000') },
      'at worst equity would fall to 9500, a drawdown of 0.05 or more',
    ],
    ['one digit less of it', entry, { openRisk: d('193.0499'), grossExposure: d('4000') }, 'passes'],
    [
      'open exposure whose risk is unknown counts whole',
      entry,
      { grossExposure: d('400') },
      'at worst equity would fall to 9493.05, a drawdown of 0.05 or more',
    ],
    ['a peak below equity counts as equity', entry, { peakEquity: d('9000') }, 'passes'],
  ],
  'envelope-expired': [
    ['one millisecond before the end', entry, { now: unixMs(calmView.envelopeExpiresAt - 1) }, 'passes'],
    ['the end', entry, { now: calmView.envelopeExpiresAt }, "the agent's envelope has expired"],
    ['an exit after the end', exit, { now: unixMs(calmView.envelopeExpiresAt + HOUR) }, 'passes'],
  ],
  'reduce-only-size': [
    ['all that is held', exit, holding, 'passes'],
    ['one lot more', closingOrder(2, 'exit', '10.001'), holding, 'it would sell 10.001 of 10 held'],
    [
      'an exit that is not reduce-only',
      { ...exit, reduceOnly: false },
      holding,
      'an order of purpose exit must be reduce-only',
    ],
    ['an entry that is', { ...entry, reduceOnly: true }, holding, 'an entry cannot be reduce-only'],
    ['a reduce-only buy', { ...exit, side: 'buy' }, holding, 'there is no short position to reduce'],
    ['an entry', entry, {}, 'passes'],
  ],
  'short-not-allowed': [
    ['a buy', entry, {}, 'passes'],
    ['a sale that reduces', exit, holding, 'passes'],
    ['a sale that opens', { ...entry, side: 'sell' }, {}, 'selling what is not held is not possible here'],
    [
      'a sale that opens, allowed by the envelope',
      { ...entry, side: 'sell' },
      withEnvelope({ allowShort: true }),
      'selling what is not held is not possible here',
    ],
  ],
};

describe('risk checks', () => {
  it('every standard check has cases, and passes and refuses something in them', () => {
    expect(Object.keys(CASES)).toEqual(standardChecks.map(({ name }) => name));
    for (const cases of Object.values(CASES)) {
      expect(cases.some(([, , , answer]) => answer === 'passes')).toBe(true);
      expect(cases.some(([, , , answer]) => answer !== 'passes')).toBe(true);
    }
  });

  for (const [name, cases] of Object.entries(CASES))
    it.each(cases)(`${name}: %s`, (_, order, change, answer) => {
      expect(ask(name, order, change)).toBe(answer);
    });
});
