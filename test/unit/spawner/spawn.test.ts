import { describe, expect, it } from 'vitest';
import { REGIMES } from '#core/analyst/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import type { NewsReading, NewsRisk } from '#core/news/types.ts';
import { specHash } from '#core/spawner/make-spec.ts';
import { spawn } from '#core/spawner/spawn.ts';
import type { AgentSpec, SpawnDecision } from '#core/spawner/types.ts';
import { agentSpecView } from '#shared/contract/cycle.ts';
import { assessmentOf, contextOf, lessonOf, NOW, recalled, sha256, spawnInputOf } from '#test/support/spawn-inputs.ts';

const specOf = (decision: SpawnDecision): AgentSpec => {
  if (decision.kind !== 'spawn') throw new Error(`expected a spec: ${decision.why}`);
  return decision.spec;
};

const envelopeAt = (confidence: number) => specOf(spawn(spawnInputOf({ confidence }))).envelope;
const slowLengthWith = (facts: { readonly adx14?: number }) =>
  specOf(spawn(spawnInputOf({}, { context: contextOf({ ...facts }) }))).parameters['slowLength'];

describe('spawning', () => {
  it.each([
    ['trending_up', 'long', 'trend-following'],
    ['breakout', 'long', 'trend-following'],
    ['ranging', 'none', 'mean-reversion'],
  ] as const)('answers %s with %s bias by %s', (regime, bias, family) => {
    expect(specOf(spawn(spawnInputOf({ regime, bias }))).family).toBe(family);
  });

  it.each([
    ['trending_down', 'short', /shorts are not part of it/],
    ['volatile', 'none', /stands aside/],
    ['illiquid', 'none', /stands aside/],
    ['breakout', 'none', /not clearly upwards/],
    ['trending_up', 'short', /bias to the short side/],
  ] as const)('does not trade %s with %s bias, and says why', (regime, bias, why) => {
    const decision = spawn(spawnInputOf({ regime, bias }));
    expect(decision).toMatchObject({ kind: 'no_trade', why: expect.stringMatching(why) });
  });

  it('does not trade on a confidence below the least, nor on one that is no number', () => {
    expect(spawn(spawnInputOf({ confidence: 0.49 }))).toMatchObject({
      kind: 'no_trade',
      why: 'The confidence in "trending up" is 0.49, below the 0.5 that is needed',
    });
    for (const confidence of [Number.NaN, Number.POSITIVE_INFINITY, 7, -1]) {
      expect(spawn(spawnInputOf({ confidence })).kind).toBe('no_trade');
    }
  });

  it('makes no agent against a bad event in the news, and says what the news says otherwise', () => {
    const news = (risk: NewsRisk, more: Partial<NewsReading> = {}): NewsReading => ({
      asOf: NOW,
      items: 3,
      sources: 2,
      sentiment: 0,
      change: 0,
      risk,
      hash: sha256('news'),
      ...more,
    });
    const told = (given: NewsReading) => spawn({ ...spawnInputOf(), news: given });
    const event = { tone: 'bad' as const, publishedAt: NOW, sources: 2 };
    expect(told(news('high', { event }))).toMatchObject({
      kind: 'no_trade',
      why: 'The news speaks against it: a bad event that 2 independent sources tell of (3 items of 2 sources)',
    });
    expect(told(news('medium')).why).toContain('entries are halved for the news (3 items of 2 sources)');
    expect(told(news('low')).why).toContain('the news has nothing against it');
    expect(told(news('low', { silenced: true })).why).toContain('too much of it looks tampered with');
    expect(spawn(spawnInputOf()).why).not.toContain('news');
    expect(() => told(news('low', { asOf: unixMs(NOW + 1) }))).toThrow(RangeError);
  });

  it('does not trade a regime it does not know', () => {
    for (const regime of ['constructor', 'sideways'] as never[])
      expect(spawn(spawnInputOf({ regime })).kind).toBe('no_trade');
  });

  it('risks half the policy at the least confidence and all of it from 0.8', () => {
    expect(envelopeAt(0.5)).toMatchObject({ riskPerTrade: '0.0025', maxNotionalFraction: '0.125' });
    expect(envelopeAt(0.65)).toMatchObject({ riskPerTrade: '0.00375', maxNotionalFraction: '0.1875' });
    expect(envelopeAt(0.8)).toEqual({
      riskPerTrade: '0.005',
      maxNotionalFraction: '0.25',
      stopAtr: '2',
      targetAtr: '3',
      maxPositions: 1,
      dayLoss: '0.01',
      allowShort: false,
    });
  });

  it('follows a strong trend with faster averages than a weak one, and falls back to the defaults without the fact', () => {
    const lengths = [{ adx14: 45 }, { adx14: 30 }, { adx14: 20 }, {}].map(slowLengthWith);
    expect(lengths).toEqual([36, 50, 60, 50]);
  });

  it('lives for as many candles as the policy says, from now', () => {
    const spec = specOf(spawn(spawnInputOf({})));
    expect(spec.lifespan).toEqual({ expiresAt: NOW + 48 * INTERVAL_MS['1h'], maxBars: 48 });
  });

  it('halves the risk when most similar lessons lost, and says so in the spec', () => {
    const lessons = [
      recalled(lessonOf('a', { outcomeR: '-1' }), 0.9),
      recalled(lessonOf('b', { outcomeR: '-0.4' }), 0.8),
      recalled(lessonOf('c', { outcomeR: '2.1' }), 0.7),
    ];
    const before = specOf(spawn(spawnInputOf({ confidence: 0.8 })));
    const after = specOf(spawn(spawnInputOf({ confidence: 0.8 }, { lessons })));
    expect(before.envelope.riskPerTrade).toBe('0.005');
    expect(after.envelope).toMatchObject({ riskPerTrade: '0.0025', maxNotionalFraction: '0.125' });
    expect(after.lessons.map((use) => use.effect)).toEqual(Array(3).fill('risk halved: 2 of 3 similar trades lost'));
    expect(after.instructions).toContain('L-b: -0.4 R, similarity 0.8; risk halved: 2 of 3 similar trades lost');
    expect(after.instructions).toContain('halved by memory');
    expect(after.hash).not.toBe(before.hash);
  });

  it('does not trade when memory is clearly against it', () => {
    const lessons = ['-1', '-1.02', '-0.7', '-0.96', '-1', '-0.9'].map((outcomeR, i) =>
      recalled(lessonOf(String(i), { outcomeR })),
    );
    expect(spawn(spawnInputOf({}, { lessons }))).toMatchObject({
      kind: 'no_trade',
      why: expect.stringMatching(
        /^Memory says no: 6 similar trades made -0\.679 R on average \(95 % interval -0\.9\d* to -0\.\d+ R, effective n 5\.4\)$/,
      ),
      memory: { factor: '0' },
    });
    // Five at a weight of 0.9 are not five yet: that many losses in a row are luck too often to forbid the next trade.
    expect(spawn(spawnInputOf({}, { lessons: lessons.slice(0, 5) }))).toMatchObject({
      kind: 'spawn',
      memory: { factor: '0.5' },
    });
  });

  it('counts a trade of another regime by half', () => {
    const six = (regime: 'trending_up' | 'ranging') =>
      Array.from({ length: 6 }, (_, i) => recalled(lessonOf(String(i), { regime })));
    expect(spawn(spawnInputOf({}, { lessons: six('trending_up') })).kind).toBe('no_trade');
    expect(spawn(spawnInputOf({}, { lessons: six('ranging') }))).toMatchObject({
      kind: 'spawn',
      memory: { factor: '0.5', posteriors: [{ posterior: { kind: 'not_enough_data', effectiveN: 2.7 } }] },
    });
  });

  it('leaves less of the risk the less probable an average above zero is', () => {
    const mixed = [1.2, 0.4, 0.3, -1, -1, -1, -1].map((outcomeR, i) =>
      recalled(lessonOf(String(i), { outcomeR: String(outcomeR) })),
    );
    const decision = spawn(spawnInputOf({ confidence: 0.8 }, { lessons: mixed }));
    const factor = Number(decision.memory.factor);
    expect(factor).toBeGreaterThan(0.1);
    expect(factor).toBeLessThan(1);
    expect(Number(specOf(decision).envelope.riskPerTrade)).toBeCloseTo(0.005 * factor, 10);
    expect(decision.why).toMatch(/risk cut to \d+ %: 7 similar trades made -0\.\d+ R on average/);
    expect(specOf(decision).instructions).toMatch(/cut to \d+ % of that by memory/);
  });

  it('is not put off by four lessons whose interval reaches above zero', () => {
    const lessons = ['-1', '-1', '-1', '3.5'].map((outcomeR, i) => recalled(lessonOf(String(i), { outcomeR })));
    expect(specOf(spawn(spawnInputOf({}, { lessons }))).lessons[0]?.effect).toBe(
      'risk halved: 3 of 4 similar trades lost',
    );
  });

  it('never risks more because of wins', () => {
    const lessons = Array.from({ length: 8 }, (_, i) => recalled(lessonOf(String(i), { outcomeR: '3' })));
    expect(specOf(spawn(spawnInputOf({ confidence: 1 }, { lessons }))).envelope.riskPerTrade).toBe('0.005');
  });

  it('shows lessons that have no say, and why they have none', () => {
    const lessons = [
      recalled(lessonOf('far'), 0.2),
      recalled(lessonOf('other', { family: 'mean-reversion' })),
      recalled(lessonOf('idle', { traded: false, family: null, outcomeR: '0' })),
    ];
    const spec = specOf(spawn(spawnInputOf({ confidence: 0.8 }, { lessons })));
    expect(spec.lessons.map((use) => use.effect)).toEqual([
      'no effect: that moment was too different',
      'no effect: it is about mean-reversion',
      'no effect: nothing was traded then',
    ]);
    expect(spec.envelope.riskPerTrade).toBe('0.005');
  });

  it('stops on a lesson, a context or an assessment that cannot belong to this moment', () => {
    const future = recalled(lessonOf('future', { resolvedAt: unixMs(NOW + 1) }));
    expect(() => spawn(spawnInputOf({}, { lessons: [future] }))).toThrow(/memory of the future/);
    expect(() => spawn(spawnInputOf({ regime: 'volatile' }, { lessons: [future] }))).toThrow(/memory of the future/);
    expect(() => spawn(spawnInputOf({}, { context: contextOf({}, { asOf: unixMs(NOW + 1) }) }))).toThrow(/later than/);
    const other = assessmentOf(contextOf({ adx14: 1 }));
    expect(() => spawn(spawnInputOf({}, { assessment: other }))).toThrow(/another context/);
  });

  it('hashes everything but the hash, so that a stored spec can be checked', () => {
    const spec = specOf(spawn(spawnInputOf({})));
    expect(specHash(sha256, spec)).toBe(spec.hash);
    expect(specHash(sha256, { ...spec, seed: spec.seed + 1 })).not.toBe(spec.hash);
    expect(specHash(sha256, JSON.parse(JSON.stringify(spec)))).toBe(spec.hash);
  });

  it('fits the contract that carries it, whatever the regime', () => {
    let specs = 0;
    for (const regime of REGIMES) {
      const decision = spawn(spawnInputOf({ regime }));
      expect(decision.why.length).toBeLessThanOrEqual(400);
      if (decision.kind !== 'spawn') continue;
      specs++;
      const { hash, family, parameters, envelope, lifespan, instructions, promptParts, lessons, confidence } =
        decision.spec;
      const view = {
        hash,
        family,
        parameters,
        envelope,
        lifespan,
        instructions,
        promptParts,
        lessons,
        regime,
        confidence,
        why: decision.why,
      };
      expect(agentSpecView.parse(view)).toEqual(view);
    }
    expect(specs).toBe(3);
  });
});
