import { beforeAll, describe, expect, it } from 'vitest';
import { decide } from '#core/agent/decide.ts';
import { trendFollowing } from '#core/agent/families/trend-following.ts';
import { familyOf, listFamilies } from '#core/agent/family-registry.ts';
import type { AgentView, StrategyFamily, TradeIntent } from '#core/agent/types.ts';
import { unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { Fault } from '#core/kernel/fault.ts';
import { spawn } from '#core/spawner/spawn.ts';
import type { AgentSpec } from '#core/spawner/types.ts';
import { closeTimeAt, tapeOf, trendCloses } from '#test/support/candle-tapes.ts';
import { contextOf, spawnInputOf } from '#test/support/spawn-inputs.ts';

const tape = tapeOf(trendCloses(300, 0.003));
const asOf = closeTimeAt(tape, 299);
const HOUR = INTERVAL_MS['1h'];
const view = (changes: Partial<AgentView> = {}): AgentView => ({
  asOf,
  series: tape,
  holding: false,
  barsHeld: 0,
  ...changes,
});
const familySaying = (intent: TradeIntent): StrategyFamily => ({ ...trendFollowing, decide: () => intent });

describe('an agent deciding', () => {
  let spec: AgentSpec;
  beforeAll(() => {
    const decision = spawn(spawnInputOf({}, { context: contextOf({ adx14: 31 }, { asOf }), now: asOf }));
    if (decision.kind !== 'spawn') throw new Error(decision.why);
    spec = decision.spec;
  });

  it('enters at the spawn candle when its market is already trending up', () => {
    expect(decide(spec, view())).toMatchObject({ kind: 'enter', direction: 'long', decidedAt: asOf });
  });

  it('enters once: while an entry waits for the market it holds and says why', () => {
    expect(decide(spec, view({ entering: true }))).toMatchObject({
      kind: 'hold',
      reason: 'entry on its way: the order that was sent waits for the next open',
    });
  });

  it('closes what it holds when its lifespan is over, and enters nothing', () => {
    const at = spec.lifespan.expiresAt;
    expect(decide(spec, view({ asOf: at, holding: true, barsHeld: 3 }))).toMatchObject({
      kind: 'exit',
      reason: expect.stringContaining('lifespan over at 20'),
    });
    expect(decide(spec, view({ asOf: at })).kind).toBe('hold');
  });

  it('enters nothing in its last candle, when nobody would look after the position', () => {
    const late = unixMs(spec.lifespan.expiresAt - HOUR);
    const inTime = unixMs(late - HOUR);
    const series = tapeOf(trendCloses(400, 0.003));
    expect(decide(spec, view({ asOf: late, series })).reason).toContain('no entry so late');
    expect(decide(spec, view({ asOf: inTime, series })).kind).toBe('enter');
  });

  it('closes a position held for as many candles as it may', () => {
    expect(decide(spec, view({ holding: true, barsHeld: 48 })).reason).toBe('held 48 candles, the most this agent may');
    expect(decide(spec, view({ holding: true, barsHeld: 47 })).kind).toBe('hold');
  });

  it('holds and reports when its family throws', () => {
    const faults: unknown[] = [];
    const broken = {
      ...trendFollowing,
      decide: () => {
        throw new Error('division\nby zero');
      },
    };
    const intent = decide(spec, view(), { families: () => broken, report: (fault) => faults.push(fault) });
    expect(intent).toEqual({
      kind: 'hold',
      reason: 'held because the strategy failed: division by zero',
      decidedAt: asOf,
    });
    expect(faults).toHaveLength(1);
  });

  it('holds when its family is unknown, its parameters are out of bounds or the candles are of another interval', () => {
    const strange = { ...spec, family: 'constructor' } as unknown as AgentSpec;
    expect(decide(strange, view()).reason).toContain('no strategy family "constructor"');
    const wild = { ...spec, parameters: { ...spec.parameters, trailAtr: 99 } };
    expect(decide(wild, view())).toMatchObject({ kind: 'hold', reason: expect.stringContaining('trailAtr') });
    const slow = { ...tape, interval: '4h' as const };
    expect(decide(spec, view({ series: slow })).reason).toContain('made for 1h candles, given 4h');
  });

  it('holds when a candle has no valid price', () => {
    const poisoned = { ...tape, candles: tape.candles.map((c, i) => (i === 250 ? { ...c, high: Number.NaN } : c)) };
    expect(decide(spec, view({ series: poisoned }))).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining('has no valid prices'),
    });
  });

  it('never lets a family sell short, add to a position or exit nothing', () => {
    const short = familySaying({ kind: 'enter', direction: 'short', reason: 'x', decidedAt: asOf });
    const long = familySaying({ kind: 'enter', direction: 'long', reason: 'x', decidedAt: asOf });
    const out = familySaying({ kind: 'exit', reason: 'x', decidedAt: asOf });
    expect(decide(spec, view(), { families: () => short }).reason).toContain('shorts are not part of this release');
    expect(decide(spec, view({ holding: true, barsHeld: 1 }), { families: () => long }).reason).toContain(
      'already holding',
    );
    expect(decide(spec, view(), { families: () => out }).reason).toBe('nothing to exit');
  });

  it('adds to a position only for a family that buys in parts, and only as often as its parameters say', () => {
    const more = familySaying({ kind: 'enter', direction: 'long', tranches: 9, reason: 'x', decidedAt: asOf });
    const inParts = { ...more, tranches: () => 3 };
    const asked = (tranches: number, family: StrategyFamily) =>
      decide(spec, view({ holding: true, barsHeld: 5, tranches }), { families: () => family });
    expect(asked(1, inParts)).toMatchObject({ kind: 'enter', tranches: 3 });
    expect(asked(2, inParts)).toMatchObject({ kind: 'enter', tranches: 3 });
    expect(asked(3, inParts)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('all 3 parts') });
    expect(asked(1, more)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('already holding') });
    // The parts are those of the parameters, whatever a family answers.
    expect(decide(spec, view(), { families: () => more })).not.toHaveProperty('tranches');
  });

  it('dates every intent with the moment it was asked about', () => {
    const late = familySaying({
      kind: 'enter',
      direction: 'long',
      reason: 'x'.repeat(900),
      decidedAt: unixMs(asOf + HOUR),
    });
    const intent = decide(spec, view(), { families: () => late });
    expect(intent.decidedAt).toBe(asOf);
    expect(intent.reason).toHaveLength(400);
  });
});

describe('the family registry', () => {
  it('lists every family with a summary, when not to use it and parameters inside their bounds', () => {
    const families = listFamilies();
    expect(families.map((family) => family.name)).toEqual([...FAMILIES]);
    for (const family of families) {
      expect(family.summary.length).toBeGreaterThan(20);
      expect(family.notWhen.length).toBeGreaterThan(20);
      expect(family.parse(family.defaults)).toEqual(family.defaults);
    }
  });

  it.each(['constructor', '__proto__', 'toString', 'Trend-Following', ''])('refuses the name "%s"', (name) => {
    expect(() => familyOf(name)).toThrow(Fault);
  });
});
