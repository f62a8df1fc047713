import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quantity } from '#core/domain/money.ts';
import { createGate } from '#core/risk/gate.ts';
import { approvals } from '#core/risk/seal.ts';
import { standardChecks } from '#core/risk/standard-checks.ts';
import type { ApprovedOrder, ProposedOrder, RiskCheck, RiskView } from '#core/risk/types.ts';
import { calmView, closingOrder, entryOrder, orderId } from '../../support/trading-builders.ts';

const gate = createGate(standardChecks);
const modest = entryOrder(1, '10', { stop: '95', target: '110' });
const refuse = (name: string): RiskCheck => ({ name, refuse: () => `${name} says no` });
const pass: RiskCheck = { name: 'pass', refuse: () => undefined };

describe('gate', () => {
  it('approves a modest entry and lists every check that it passed', () => {
    const verdict = gate(modest, calmView);
    if (verdict.kind !== 'approved') throw new Error(verdict.reason);
    expect(verdict.order).toEqual(modest);
    expect(verdict.checks).toEqual([
      'mode-and-lock',
      'trading-state',
      'reconciled',
      'data-fresh',
      'instrument-allowed',
      'lot-and-tick',
      'min-notional',
      'price-collar',
      'order-size',
      'symbol-exposure',
      'gross-exposure',
      'has-protective-stop',
      'reward-covers-costs',
      'risk-per-trade',
      'max-notional',
      'buying-power',
      'position-count',
      'open-order-count',
      'open-order-notional',
      'message-rate',
      'self-cross',
      'duplicate',
      'duplicate-intent',
      'daily-loss',
      'agent-day-loss',
      'drawdown-budget',
      'envelope-expired',
      'reduce-only-size',
      'short-not-allowed',
    ]);
  });

  it('names the first check that refuses', () => {
    const verdict = createGate([pass, refuse('second'), refuse('third')])(modest, calmView);
    expect(verdict).toEqual({ kind: 'denied', check: 'second', reason: 'second says no' });
  });

  it('denies when a check throws', () => {
    const broken: RiskCheck = {
      name: 'broken',
      refuse: () => {
        throw new Error('out of order');
      },
    };
    expect(createGate([pass, broken])(modest, calmView)).toEqual({
      kind: 'denied',
      check: 'broken',
      reason: 'the check failed: out of order',
    });
  });

  it.each([
    ['dataAgeMs', Number.NaN],
    ['maxDataAgeMs', Number.POSITIVE_INFINITY],
    ['now', Number.NaN],
    ['envelopeExpiresAt', Number.POSITIVE_INFINITY],
    ['openPositions', Number.NEGATIVE_INFINITY],
    ['openOrders', Number.NaN],
    ['ordersLastMinute', Number.NaN],
  ])('denies entry and exit alike when %s is %d', (field, bad) => {
    const view = { ...calmView, heldQuantity: quantity('1'), [field]: bad } as RiskView;
    for (const order of [modest, closingOrder(1, 'exit', '1')])
      expect(gate(order, view)).toEqual({
        kind: 'denied',
        check: 'finite-numbers',
        reason: `view.${field} is not a finite number`,
      });
  });

  it('denies a number that is not finite deep inside the view', () => {
    const view = { ...calmView, envelope: { ...calmView.envelope, maxPositions: Number.POSITIVE_INFINITY } };
    expect(gate(modest, view)).toMatchObject({ kind: 'denied', check: 'finite-numbers' });
  });

  it.each(Object.keys(calmView))('denies when %s is missing', (field) => {
    const view = { ...calmView, [field]: undefined } as unknown as RiskView;
    // What is held matters to exits alone.
    const order = field === 'heldQuantity' ? closingOrder(1, 'exit', '1') : modest;
    expect(gate(order, view).kind).toBe('denied');
  });

  it.each(['NaN', '', '1e-3', 'lots'])('denies when a limit of the envelope reads %j', (text) => {
    for (const field of ['riskPerTrade', 'maxNotionalFraction', 'dayLoss'])
      expect(gate(modest, { ...calmView, envelope: { ...calmView.envelope, [field]: text } }).kind).toBe('denied');
  });

  it('refuses to be built without checks, or with two of one name', () => {
    expect(() => createGate([])).toThrow('at least one check');
    expect(() => createGate([pass, pass])).toThrow('one name');
  });

  it('approves what it judged, even when the caller changes the object meanwhile', () => {
    const order: { -readonly [Key in keyof ProposedOrder]: ProposedOrder[Key] } = { ...modest };
    const sly: RiskCheck = {
      name: 'sly',
      refuse: () => {
        order.quantity = quantity('1000');
        return undefined;
      },
    };
    const verdict = createGate([...standardChecks, sly])(order, calmView);
    expect(verdict.kind === 'approved' && verdict.order.quantity).toEqual(modest.quantity);
  });
});

const sealed = (): ApprovedOrder => {
  const verdict = gate(modest, calmView);
  if (verdict.kind !== 'approved') throw new Error(verdict.reason);
  return verdict.order;
};

describe('the seal', () => {
  it('is on what the gate approved, and on no copy of it', () => {
    expect(approvals.isApproved(sealed())).toBe(true);
    expect(approvals.isApproved({ ...sealed() })).toBe(false);
    expect(approvals.isApproved(structuredClone(sealed()))).toBe(false);
    expect(approvals.isApproved(modest)).toBe(false);
    expect(Object.isFrozen(sealed())).toBe(true);
  });

  it('covers the reduce-only orders of the bracket at the approved prices, and nothing else', () => {
    const size = quantity('10');
    const stop = approvals.derive(sealed(), { purpose: 'stop', clientOrderId: orderId(2), quantity: size });
    const group = sealed().clientOrderId;
    expect(stop).toEqual({ ...closingOrder(2, 'stop', '10'), price: modest.stop, group });
    const target = approvals.derive(sealed(), { purpose: 'target', clientOrderId: orderId(3), quantity: size });
    expect(target).toEqual({ ...closingOrder(3, 'target', '10'), price: modest.target, group });
    const flatten = approvals.derive(sealed(), { purpose: 'flatten', clientOrderId: orderId(4), quantity: size });
    expect(flatten).toEqual({ ...closingOrder(4, 'flatten', '10'), group });
    expect([stop, target, flatten].every((order) => order !== undefined && approvals.isApproved(order))).toBe(true);
  });

  it('derives nothing from an entry that is not approved, from an exit, or for no quantity', () => {
    const wanted = { purpose: 'stop', clientOrderId: orderId(2), quantity: quantity('1') } as const;
    expect(() => approvals.derive({ ...sealed() }, wanted)).toThrow(/approval/);
    const exit = gate(closingOrder(1, 'exit', '1'), { ...calmView, heldQuantity: quantity('1') });
    if (exit.kind !== 'approved') throw new Error(exit.reason);
    expect(() => approvals.derive(exit.order, wanted)).toThrow(/only an entry/);
    expect(() => approvals.derive(sealed(), { ...wanted, quantity: quantity('0') })).toThrow(/protect/);
  });

  it('is made in one file, and that file is used by the gate alone', () => {
    const files = globSync('src/**/*.ts').map((path) => ({ path, text: readFileSync(path, 'utf8') }));
    expect(files.length).toBeGreaterThan(50);
    const having = (pattern: RegExp) =>
      files
        .filter(({ text }) => pattern.test(text))
        .map(({ path }) => path)
        .sort();
    expect(having(/as (unknown as )?ApprovedOrder/)).toEqual(['src/core/risk/seal.ts']);
    expect(having(/import \{[^}]*\bseal\b[^}]*\}/)).toEqual(['src/core/risk/gate.ts']);
  });
});
