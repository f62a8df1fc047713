import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { buildLesson, type LessonInput } from '#core/memory/build-lesson.ts';
import { recall } from '#core/memory/recall.ts';
import { spawn } from '#core/spawner/spawn.ts';
import { createMemoryStore } from '#test/support/memory-store.ts';
import { contextOf, NOW, sha256, spawnInputOf } from '#test/support/spawn-inputs.ts';

const FACTS = { adx14: 31, rsi14: 60, ema20Slope: 0.1, drift168: 1 };
const input = spawnInputOf({ confidence: 0.8 }, { context: contextOf(FACTS) });
const decision = spawn(input);
if (decision.kind !== 'spawn') throw new Error(decision.why);
const HOUR = 3_600_000;

const lessonInput = (result: Partial<LessonInput['result']> = {}, changes: Partial<LessonInput> = {}): LessonInput => ({
  ids: createIdFactory(sha256, { test: 1 }),
  assessment: input.assessment,
  context: input.context,
  environment: 'simulated',
  spec: decision.spec,
  result: {
    traded: true,
    netPnl: parseDecimal('-49.1250'),
    plannedRisk: parseDecimal('50'),
    fees: parseDecimal('1.20'),
    quoteAsset: 'USDT',
    ...result,
  },
  decidedAt: NOW,
  resolvedAt: unixMs(NOW + 5 * HOUR),
  why: 'the stop was hit.',
  ...changes,
});

const outcomeR = (netPnl: string, plannedRisk: string): string =>
  buildLesson(lessonInput({ netPnl: parseDecimal(netPnl), plannedRisk: parseDecimal(plannedRisk) })).outcomeR;

describe('a lesson', () => {
  it('says in one sentence what happened, in R and in money', () => {
    const lesson = buildLesson(lessonInput());
    expect(lesson).toMatchObject({
      family: 'trend-following',
      outcomeR: '-0.9825',
      outcomeMoney: '-49.125',
      fees: '1.2',
      traded: true,
    });
    expect(lesson.text).toBe(
      'BTC/USDT.SIM 1h, trending up: trend following lost 0.9825 R (-49.125 USDT after 1.2 of fees); the stop was hit.',
    );
    expect(lesson.specHash).toBe(decision.spec.hash);
    expect(lesson.features).toMatchObject({ adx14: expect.any(Number), rsi14: expect.any(Number) });
  });

  it('rounds R at four decimals with ties away from zero', () => {
    expect(outcomeR('1', '3')).toBe('0.3333');
    expect(outcomeR('0.00005', '1')).toBe('0.0001');
    expect(outcomeR('-0.00005', '1')).toBe('-0.0001');
    expect(outcomeR('100', '50')).toBe('2');
  });

  it('is worth 0 R when nothing was traded', () => {
    const nothing = { traded: false, netPnl: parseDecimal('0'), plannedRisk: null, fees: parseDecimal('0') };
    const idle = buildLesson(lessonInput(nothing, { why: 'lifespan over' }));
    expect(idle).toMatchObject({ outcomeR: '0', outcomeMoney: '0', traded: false });
    expect(idle.text).toBe('BTC/USDT.SIM 1h, trending up: trend following found no entry; lifespan over.');
    const none = buildLesson(lessonInput(nothing, { spec: null, why: 'the market is volatile' }));
    expect(none).toMatchObject({ family: null, specHash: null, parameters: {} });
    expect(none.text).toContain('no agent was spawned; the market is volatile.');
  });

  it('refuses a trade without a planned risk and an end before the beginning', () => {
    expect(() => buildLesson(lessonInput({ plannedRisk: null }))).toThrow(/planned risk/);
    expect(() => buildLesson(lessonInput({ plannedRisk: parseDecimal('0') }))).toThrow(/planned risk/);
    expect(() => buildLesson(lessonInput({}, { resolvedAt: unixMs(NOW - 1) }))).toThrow(/before the decision/);
  });

  it('keeps its text within what the contract carries', () => {
    expect(buildLesson(lessonInput({}, { why: 'x'.repeat(1000) })).text).toHaveLength(400);
  });

  it('once kept, changes the next spec visibly', () => {
    const store = createMemoryStore();
    for (const test of [1, 2])
      store.put(buildLesson(lessonInput({}, { ids: createIdFactory(sha256, { test }) })), [], test);
    const later = unixMs(NOW + 6 * HOUR);
    const context = contextOf({ ...FACTS, adx14: 32 }, { asOf: later });
    const { regime } = input.assessment;
    const lessons = recall({ store, asOf: later, context, regime, instrumentId: context.instrumentId, limit: 8 });
    const next = spawn(spawnInputOf({ confidence: 0.8 }, { context, lessons, now: later }));
    if (next.kind !== 'spawn') throw new Error(next.why);
    expect(decision.spec.envelope.riskPerTrade).toBe('0.005');
    expect(next.spec.envelope.riskPerTrade).toBe('0.0025');
    expect(next.spec.lessons).toHaveLength(2);
    expect(next.why).toContain('risk halved: 2 of 2 similar trades lost');
  });
});
