import { describe, expect, it } from 'vitest';
import { compare, decimal, isMultipleOf, parseDecimal, toFloat } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price, quantity } from '#core/domain/money.ts';
import { createGate } from '#core/risk/gate.ts';
import { sizeEntry } from '#core/risk/sizing.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import type { ProposedOrder, RiskView } from '#core/risk/types.ts';
import * as fc from '../support/seeded-check.ts';
import { at, BTCUSDT, calmView, HOUR, instrument, orderId } from '../support/trading-builders.ts';

const gate = createGate(standardChecks);
const cents = (units: number) => decimal(BigInt(units), 2);
/** Mostly the first value, sometimes another: near the limits, so that both answers are common. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

const view: fc.Arbitrary<RiskView> = fc
  .record({
    tradingState: mostly<RiskView['tradingState']>('active', 'reducing', 'halted'),
    reconciled: mostly(true, false),
    allowedInstruments: mostly<readonly string[]>([BTCUSDT], []),
    dataAgeMs: mostly(0, HOUR, HOUR + 1, -1),
    now: mostly(at(10), at(20), unixMs(at(20) - 1)),
    openPositions: mostly(0, 1),
    openOrders: mostly(2, 19, 20),
    ordersLastMinute: mostly(0, 9, 10),
    ordersLastSecond: mostly(0, 2, 3),
    repeatsLastMinute: mostly(0, 4, 5),
    access: mostly<RiskView['access']>({ mode: 'full', lock: 'open' }, { mode: 'full', lock: 'locked' }),
    dataFault: mostly<string | null>(null, 'a gap'),
    symbol: mostly(0, 300_000, 490_000),
    openEntries: mostly(0, 300_000, 490_000),
    ownSale: mostly(0, 10_100, 10_200),
    dayGain: mostly(0, 15_000, 25_000),
    equity: fc.integer({ min: 940_000, max: 1_000_000 }),
    peakExtra: mostly(0, 10_000, 50_000),
    cash: fc.integer({ min: 200_000, max: 1_000_000 }),
    exposure: mostly(0, 100_000, 400_000),
    openRisk: fc.option(fc.nat(20_000), { nil: undefined }),
    held: fc.nat(3000),
    reference: fc.integer({ min: 9000, max: 11_000 }),
    riskPerTrade: fc.constantFrom('0.0025', '0.005', '0.01'),
    maxNotionalFraction: fc.constantFrom('0.1', '0.25', '0.5'),
  })
  .map((raw) => ({
    ...calmView,
    ...raw,
    referencePrice: price(cents(raw.reference)),
    equity: cents(raw.equity),
    peakEquity: cents(Math.max(990_000, raw.equity) + raw.peakExtra),
    dayStartEquity: cents(raw.equity + raw.dayGain),
    symbolExposure: cents(raw.symbol),
    openOrderNotional: cents(raw.openEntries),
    ownOrders:
      raw.ownSale === 0 ? [] : [{ side: 'sell' as const, type: 'limit' as const, price: price(cents(raw.ownSale)) }],
    agentStartEquity: cents(raw.equity),
    cash: cents(raw.cash),
    grossExposure: cents(raw.exposure),
    ...(raw.openRisk === undefined ? { openRisk: undefined } : { openRisk: cents(raw.openRisk) }),
    heldQuantity: quantity(decimal(BigInt(raw.held), 3)),
    envelope: { ...calmView.envelope, riskPerTrade: raw.riskPerTrade, maxNotionalFraction: raw.maxNotionalFraction },
  }))
  .map(({ openRisk, ...rest }) => (openRisk === undefined ? rest : { ...rest, openRisk }));

/** An order as a hostile or clumsy agent might ask for it: most are plausible, any field may be wrong. */
const order = fc
  .record({
    shape: fc.constantFrom('entry', 'entry', 'limit', 'exit', 'stop'),
    lots: fc.integer({ min: 1, max: 3000 }),
    stopBelow: fc.integer({ min: -50, max: 900 }),
    targetAbove: fc.option(fc.integer({ min: -50, max: 2000 }), { nil: undefined }),
    limitOff: fc.integer({ min: -130, max: 130 }),
    offGrid: mostly(false, true),
    side: mostly<'as usual' | 'swapped'>('as usual', 'swapped'),
    reduceOnly: mostly<'as usual' | 'swapped'>('as usual', 'swapped'),
    noStop: mostly(false, true),
  })
  .map((raw) => (around: RiskView): ProposedOrder => {
    const reference = Math.round(toFloat(around.referencePrice) * 100);
    const entry = raw.shape === 'entry' || raw.shape === 'limit';
    const usualSide = entry ? 'buy' : 'sell';
    const usualReduce = !entry;
    const lots = raw.offGrid ? decimal(BigInt(raw.lots) * 10n + 3n, 4) : decimal(BigInt(raw.lots), 3);
    return {
      clientOrderId: orderId(1),
      side: raw.side === 'swapped' ? (entry ? 'sell' : 'buy') : usualSide,
      type: raw.shape === 'limit' ? 'limit' : raw.shape === 'stop' ? 'stop' : 'market',
      purpose: entry ? 'entry' : raw.shape === 'stop' ? 'stop' : 'exit',
      quantity: quantity(lots),
      reduceOnly: raw.reduceOnly === 'swapped' ? !usualReduce : usualReduce,
      ...(raw.shape === 'limit' ? { price: price(cents(reference + raw.limitOff)) } : {}),
      ...(raw.shape === 'stop' ? { price: price(cents(reference - 500)) } : {}),
      ...(entry && !raw.noStop ? { stop: price(cents(reference - raw.stopBelow)) } : {}),
      ...(entry && raw.targetAbove !== undefined ? { target: price(cents(reference + raw.targetAbove)) } : {}),
    };
  });
const asked = fc.tuple(view, order).map(([around, make]) => ({ around, order: make(around) }));

/** Every limit once more, in floats and by hand, independent of the checks. A list of what an approved order breaks. */
function broken(order: ProposedOrder, around: RiskView): readonly string[] {
  const f = toFloat;
  const size = f(order.quantity);
  const wrong: string[] = [];
  const must = (what: string, holds: boolean): void => {
    if (!holds) wrong.push(what);
  };
  must('whole lots', isMultipleOf(order.quantity, instrument.lotSize) && size > 0);
  if (order.side === 'sell') {
    must('a sale reduces', order.reduceOnly && order.purpose !== 'entry');
    must('no more than held', compare(order.quantity, around.heldQuantity) <= 0);
    return wrong;
  }
  must('a buy is an entry', order.purpose === 'entry' && !order.reduceOnly);
  must('active', around.tradingState === 'active' && around.reconciled);
  must('fresh', around.dataAgeMs >= 0 && around.dataAgeMs <= around.maxDataAgeMs);
  must('allowed', around.allowedInstruments.includes(BTCUSDT));
  must('counts', around.openPositions < 1 && around.openOrders < 20 && around.ordersLastMinute < 10);
  must('in time', around.now < around.envelopeExpiresAt);
  const reference = f(around.referencePrice);
  const entry = order.price === undefined ? reference : f(order.price);
  const stop = order.stop === undefined ? 0 : f(order.stop);
  must('a stop below', stop > 0 && stop < entry);
  must('a target above', order.target === undefined || f(order.target) > entry);
  must('near the market', Math.abs(entry - reference) <= reference * 0.01 + 1e-9);
  must('minimum notional', Math.min(entry, stop) * size >= 5 - 1e-9);
  const [equity, peak] = [f(around.equity), Math.max(f(around.equity), f(around.peakEquity))];
  const drawdown = 1 - equity / peak;
  const half = drawdown >= 0.03 - 1e-12 ? 0.5 : 1;
  const risk = (entry - stop) * size + (entry + stop) * size * 0.001;
  must('risk budget', risk <= equity * Number(around.envelope.riskPerTrade) * half + 1e-6);
  must(
    'notional',
    entry * size + f(around.grossExposure) <= equity * Number(around.envelope.maxNotionalFraction) + 1e-6,
  );
  must('half of the notional', entry * size <= equity * Number(around.envelope.maxNotionalFraction) * half + 1e-6);
  must('cash', entry * size * 1.001 <= f(around.cash) + 1e-6);
  must('drawdown band', drawdown < 0.04);
  const gross = f(around.grossExposure);
  const open =
    around.openRisk === undefined
      ? gross
      : Math.min(Math.max(gross, f(around.openRisk)), f(around.openRisk) + 0.05 * gross);
  const gap = size * (0.05 * entry + 0.5 * f(around.atr));
  must('worst case under 5 %', (peak - equity + risk + gap + open) / peak < 0.05 + 1e-9);
  must('open and full', around.access.lock === 'open' && around.access.mode === 'full' && around.dataFault === null);
  must('day loss', equity > f(around.dayStartEquity) * 0.98 - 1e-9);
  must('size of one order', entry * size <= equity * 0.5 + 1e-6);
  must('one instrument', entry * size + f(around.symbolExposure) <= equity * 0.5 + 1e-6);
  must('open entries', entry * size + f(around.openOrderNotional) <= equity * 0.5 + 1e-6);
  must('rates', around.ordersLastSecond < 3 && around.repeatsLastMinute < 5);
  must(
    'not with our own',
    around.ownOrders.every(
      (own) => (order.price === undefined ? reference * 1.01 : entry) < f(own.price ?? price('999999')) + 0.011,
    ),
  );
  return wrong;
}

describe('the gate, whatever it is asked', () => {
  it('approves nothing that breaks a limit, and is not vacuous: at least a fifth is approved and a fifth denied', () => {
    const counts = { approved: 0, denied: 0, entries: 0 };
    fc.assert(
      fc.property(asked, ({ around, order: wanted }) => {
        const verdict = gate(wanted, around);
        counts[verdict.kind] += 1;
        if (verdict.kind === 'denied') return;
        if (wanted.purpose === 'entry') counts.entries += 1;
        expect(broken(verdict.order, around)).toEqual([]);
        expect(verdict.order).toEqual(wanted);
      }),
      { numRuns: 4000 },
    );
    const all = counts.approved + counts.denied;
    console.log(`gate: ${counts.approved} of ${all} approved, ${counts.entries} of them entries`);
    expect(counts.approved / all).toBeGreaterThan(0.2);
    expect(counts.denied / all).toBeGreaterThan(0.2);
    expect(counts.entries).toBeGreaterThan(100);
  });

  it('a halted or reducing engine approves no entry and no buy', () => {
    fc.assert(
      fc.property(
        asked,
        fc.constantFrom('halted' as const, 'reducing' as const),
        ({ around, order: wanted }, tradingState) => {
          const verdict = gate(wanted, { ...around, tradingState });
          if (verdict.kind === 'approved') expect([wanted.side, wanted.purpose === 'entry']).toEqual(['sell', false]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('NaN or infinity in any number of the view is never approved', () => {
    const fields = [
      'now',
      'envelopeExpiresAt',
      'dataAgeMs',
      'maxDataAgeMs',
      'openPositions',
      'openOrders',
      'ordersLastMinute',
      'ordersLastSecond',
      'repeatsLastMinute',
    ];
    const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(asked, fc.constantFrom(...fields), bad, ({ around, order: wanted }, field, value) => {
        expect(gate(wanted, { ...around, [field]: value }).kind).toBe('denied');
      }),
      { numRuns: 1000 },
    );
  });

  it('an exit of at most what is held always passes, in any state, at any drawdown, on any data', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 1, max: 3000 }), (around, wanted) => {
        const lots = Math.min(wanted, Number(around.heldQuantity.units));
        fc.pre(lots > 0);
        const exit: ProposedOrder = {
          clientOrderId: orderId(1),
          side: 'sell',
          type: 'market',
          purpose: 'exit',
          quantity: quantity(decimal(BigInt(lots), 3)),
          reduceOnly: true,
        };
        expect(gate(exit, around).kind).toBe('approved');
      }),
      { numRuns: 1000 },
    );
  });

  it('sizing never proposes what breaks a limit, and the gate approves it whenever the engine may trade', () => {
    let sized = 0;
    const distances = fc.record({
      stop: fc.double({ min: 0.01, max: 20, noNaN: true }),
      target: fc.double({ min: 0.01, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(view, distances, (raw, { stop, target }) => {
        const around: RiskView = {
          ...calmView,
          ...raw,
          openPositions: 0,
          tradingState: 'active',
          access: { mode: 'full', lock: 'open' },
          dataFault: null,
          symbolExposure: parseDecimal('0'),
          openOrderNotional: parseDecimal('0'),
          ownOrders: [],
          ordersLastSecond: 0,
          repeatsLastMinute: 0,
          dayStartEquity: raw.equity,
          reconciled: true,
          allowedInstruments: [BTCUSDT],
          dataAgeMs: 0,
          now: at(10),
          openOrders: 0,
          ordersLastMinute: 0,
          grossExposure: parseDecimal('0'),
          openRisk: parseDecimal('0'),
        };
        const proposed = sizeEntry({
          clientOrderId: orderId(1),
          equity: around.equity,
          cash: around.cash,
          price: around.referencePrice,
          stopDistance: stop,
          targetDistance: target,
          envelope: around.envelope,
          instrument,
          feeBps: around.feeBps,
          halfSpreadBps: parseDecimal('5'),
          limits: around.limits,
          peakEquity: around.peakEquity,
          atr: around.atr,
        });
        if ('kind' in proposed) return;
        sized += 1;
        const verdict = gate(proposed, around);
        // The worst case may still refuse near a band; nothing else may.
        if (verdict.kind === 'denied') expect(verdict.check).toBe('drawdown-budget');
        else expect(broken(verdict.order, around)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(sized).toBeGreaterThan(200);
  });
});
