import { describe, expect, it } from 'vitest';
import { agreedOrder, createWaitingEntry, type EntryAnswer, questionOf, staleAt } from '#core/cycle/asked-entry.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { price, quantity } from '#core/domain/money.ts';
import { asksMaster, modeAndLock } from '#core/risk/checks/mode-and-lock.ts';
import { plannedRisk } from '#core/risk/exposure.ts';
import type { RiskView } from '#core/risk/types.ts';
import type { AgentSpec } from '#core/spawner/types.ts';
import { calmView, closingOrder, entryOrder } from '../../support/trading-builders.ts';

const SPEC = {} as AgentSpec;
/** Four at 100, with the stop at 95: it plans to lose about 21 of 10,000, below the threshold of 50. */
const order = entryOrder(1, '4', { stop: '95', target: '110' });
const LARGE = entryOrder(2, '12', { stop: '95', target: '110' });
const semi = (more: Partial<RiskView['access']> = {}, view: Partial<RiskView> = {}): RiskView => ({
  ...calmView,
  ...view,
  access: { mode: 'semi', lock: 'open', by: 'agent', brief: 'approved', ...more },
});
const atPrice = (text: string): RiskView => semi({ entry: 'approved' }, { referencePrice: price(text) });
const WHOLE = { riskPerTrade: '1', maxNotionalFraction: '1', maxPositions: 1, maxBars: 9 };

describe('which entries ask', () => {
  it.each([
    ['live', false, false, false],
    ['large', false, true, true],
    ['every', true, true, true],
  ] as const)('policy %s: small, large, adding', (asks, small, large, adding) => {
    const holds = { heldQuantity: quantity('1') };
    expect([
      asksMaster(order, semi({ asks })),
      asksMaster(LARGE, semi({ asks })),
      asksMaster(order, semi({ asks }, holds)),
    ]).toEqual([small, large, adding]);
    expect(modeAndLock.refuse(order, semi({ asks })) !== undefined).toBe(small);
    expect(modeAndLock.refuse(order, semi({ asks }, holds)) !== undefined).toBe(adding);
    expect(modeAndLock.refuse(LARGE, semi({ asks, entry: 'approved' }))).toBeUndefined();
  });

  it('asks in semi alone, of an agent alone, and never about what only reduces', () => {
    const asks = 'every';
    expect(asksMaster(order, semi({ asks, mode: 'full' }))).toBe(false);
    expect(asksMaster(order, semi({ asks, mode: 'manual' }))).toBe(false);
    expect(asksMaster(order, semi({ asks, by: 'master' }))).toBe(false);
    expect(asksMaster(closingOrder(3, 'exit', '4'), semi({ asks }, { heldQuantity: quantity('4') }))).toBe(false);
  });
});

describe('the question about one entry', () => {
  const question = questionOf(order, semi(), SPEC);

  it('holds a quarter of the way to the stop, up and down', () => {
    expect([question.lowest, question.highest].map(formatDecimal)).toEqual(['98.75', '101.25']);
    expect(staleAt(question, price('98.75'))).toBeUndefined();
    expect(staleAt(question, price('101.25'))).toBeUndefined();
    expect(staleAt(question, price('101.26'))).toBe(
      'the price is 101.26; it was asked for at 100, between 98.75 and 101.25',
    );
    expect(staleAt(question, price('98.74'))).toContain('the price is 98.74');
  });

  it('is sent with no more to lose and no more of it than was agreed on, whatever the price is by then', () => {
    expect(formatDecimal(agreedOrder(question, WHOLE, atPrice('100')).quantity)).toBe('4');
    for (const at of ['99', '100.5', '101', '101.25']) {
      const sent = agreedOrder(question, WHOLE, atPrice(at));
      const risk = Number(formatDecimal(plannedRisk(sent, atPrice(at))));
      expect(risk, at).toBeLessThanOrEqual(Number(formatDecimal(question.plannedLoss)));
      expect(Number(at) * Number(formatDecimal(sent.quantity)), at).toBeLessThanOrEqual(400);
    }
    expect(Number(formatDecimal(agreedOrder(question, WHOLE, atPrice('101.25')).quantity))).toBeLessThan(4);
  });

  it('is sent at what it was lowered to, in whole lots', () => {
    const half = agreedOrder(question, { ...WHOLE, maxNotionalFraction: '0.02' }, atPrice('100'));
    expect(formatDecimal(half.quantity)).toBe('2');
    const less = agreedOrder(question, { ...WHOLE, riskPerTrade: '0.001' }, atPrice('100'));
    expect(Number(formatDecimal(plannedRisk(less, atPrice('100'))))).toBeLessThanOrEqual(10);
    expect(formatDecimal(less.quantity)).toMatch(/^1\.\d{1,3}$/);
  });

  it('counts as a no where nobody can be asked, or asking fails', async () => {
    for (const ask of [undefined, () => Promise.reject(new Error('the disk is full'))]) {
      const waiting = createWaitingEntry(ask);
      waiting.ask(question, () => undefined);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      expect(waiting.asked()?.aborted).toBe(true);
      expect(waiting.take()?.answer.kind).toBe('declined');
    }
  });

  it('tells whoever was asked that nobody wants it any more, and hears no answer after that', async () => {
    let unwanted: string | undefined;
    let answer: (given: EntryAnswer) => void = () => undefined;
    const waiting = createWaitingEntry((_question, _stale, stop) => {
      stop.onAbort((why) => {
        unwanted = why;
      });
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    waiting.ask(question, () => undefined);
    waiting.drop('the agent left');
    answer({ kind: 'approved', id: 'AP-1', limits: WHOLE });
    await new Promise((resolve) => setImmediate(resolve));
    expect([unwanted, waiting.asked(), waiting.take()]).toEqual(['the agent left', undefined, undefined]);
  });
});
